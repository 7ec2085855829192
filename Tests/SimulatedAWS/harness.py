"""What the tests of this directory share: the simulation, the built program, and services to deploy."""
import base64
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.request

import boto3
from botocore.config import Config

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = pathlib.Path(
    os.environ.get("FUROSHIKI_PROGRAM") or HERE.parent.parent / ".build" / "debug" / "furoshiki"
)


def post(port, path, body=None):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body or {}).encode(), {"Content-Type": "application/json"},
        method="POST",
    )
    return json.loads(urllib.request.urlopen(request, timeout=60).read())


class Copy:
    """A copy of the simulation, which ends with the block that uses it."""

    def __init__(self, port, process):
        self.port, self.process = port, process

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.kill(self.process, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def copy(self):
        return Copy(**post(self.port, "/simulation/copy"))

    def set(self, **settings):
        post(self.port, "/simulation/settings", settings)

    def client(self, service, region="us-east-1"):
        return boto3.client(
            service, region_name=region, endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id="testing", aws_secret_access_key="testing",
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )

    # ------------------------------------------------------------------ what AWS holds

    def stack(self, name):
        try:
            return self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        except self.client("cloudformation").exceptions.ClientError:
            return None

    def resources(self, stack):
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
        return {r["LogicalResourceId"]: r for page in pages for r in page["StackResourceSummaries"]}

    def template(self, stack):
        body = self.client("cloudformation").get_template(StackName=stack)["TemplateBody"]
        return json.loads(body) if isinstance(body, str) else body

    def keys(self, bucket):
        pages = self.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return sorted(item["Key"] for page in pages for item in page.get("Contents", []))

    def buckets(self):
        return [bucket["Name"] for bucket in self.client("s3").list_buckets()["Buckets"]]


class Simulation(Copy):
    """The simulation from which copies are made."""

    def __init__(self):
        self.server = subprocess.Popen(
            [sys.executable, HERE / "simulated_aws.py"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self.server.stdout.readline()
        if not line:
            raise AssertionError("the simulation of AWS does not start")
        super().__init__(int(line), self.server.pid)

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()


# ------------------------------------------------------------------ the program

class Result:
    """What a run of the program did."""

    def __init__(self, arguments, status, output, errors):
        self.arguments, self.status, self.output, self.errors = arguments, status, output, errors

    @property
    def text(self):
        return self.output + self.errors

    def __repr__(self):
        return f"furoshiki {' '.join(self.arguments)}: {self.status}\n{self.text}"


class Workplace:
    """A directory with a service, a home and a cache, in which the program runs as a user runs it."""

    def __init__(self, **environment):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="furoshiki-aws-")).resolve()
        self.service, self.home, self.temporary = self.root / "service", self.root / "home", self.root / "tmp"
        for folder in (self.service, self.home, self.temporary):
            folder.mkdir()
        foreign = re.compile(r"(AWS_|SLS_|SERVERLESS_|FUROSHIKI_|PIP_|UV_|(https?|no|all)_?proxy$|proxy$|CI$)", re.I)
        self.environment = {key: value for key, value in os.environ.items() if not foreign.match(key)}
        self.environment.update(
            HOME=str(self.home), XDG_CACHE_HOME=str(self.root / "cache"), TMPDIR=str(self.temporary), TZ="UTC", CI="1",
            USER="ada", SLS_AWS_MONITORING_FREQUENCY="1", AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing",
            AWS_EC2_METADATA_DISABLED="true", **environment,
        )
        self.environment.pop("GITHUB_ACTOR", None)
        self.environment.pop("GITLAB_USER_LOGIN", None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, **files):
        """Writes files; `__` in a name separates directories, the last `_` is a dot."""
        for name, text in files.items():
            path = self.service / name.replace("__", "/")
            path = path.with_name(".".join(path.name.rsplit("_", 1)))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"))

    def start(self, port, *arguments, **environment):
        return subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.service, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
            # A shell ignores the interrupt for what it runs in the background, and its children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            env={**self.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", **environment},
        )

    def run(self, port, *arguments, feed=None, **environment):
        process = subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.service, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
            env={**self.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", **environment},
        )
        output, errors = process.communicate(feed or "", timeout=300)
        return Result(arguments, process.returncode, output, errors)


def resolver():
    """The path of uv, which the program downloads if `FUROSHIKI_UV` does not name it."""
    if named := os.environ.get("FUROSHIKI_UV"):
        return named
    cache = HERE.parent.parent / ".cache" / "end-to-end"
    if not (found := list((cache / "furoshiki" / "tools").glob("*/uv"))):
        with Workplace() as work:
            work.write(
                serverless_yml="""
                    service: shop
                    plugins: [serverless-python-requirements]
                    provider: {name: aws, runtime: python3.12}
                    functions:
                      order: {handler: order.run}
                    """,
                order_py="def run(event, context): pass\n",
                requirements_txt="six\n",
            )
            result = work.run(1, "package", XDG_CACHE_HOME=str(cache))
            assert result.status == 0, result
        found = list((cache / "furoshiki" / "tools").glob("*/uv"))
    return str(found[0])


def digest(path):
    return base64.b64encode(hashlib.sha256(pathlib.Path(path).read_bytes()).digest()).decode()


# ------------------------------------------------------------------ what must hold at any time

def inconsistencies(aws, stack):
    """What is missing, locked or partial in AWS after a deployment that succeeded."""
    found = []
    cloudformation = aws.client("cloudformation")
    description = aws.stack(stack)
    if description is None:
        return [f"there is no stack {stack}"]
    if description["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        found.append(f"the stack is in the state {description['StackStatus']}")
    for summary in cloudformation.list_change_sets(StackName=stack)["Summaries"]:
        if summary["StackId"] == description["StackId"] and summary.get("Status") != "EXECUTE_COMPLETE":
            found.append(f"the change set {summary['ChangeSetName']} is left")
    bucket = aws.resources(stack).get("ServerlessDeploymentBucket", {}).get("PhysicalResourceId")
    if bucket is None:
        return found + ["the stack has no bucket"]
    s3 = aws.client("s3")
    keys = aws.keys(bucket)
    templates = {"the stack": aws.template(stack)}
    for key in keys:
        if key.endswith("/compiled-cloudformation-template.json"):
            templates[key] = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
            if key.rpartition("/")[0] + "/serverless-state.json" not in keys:
                found.append(f"{key} has no state beside it")
    for name, template in templates.items():
        for logical, resource in template["Resources"].items():
            properties = resource.get("Properties", {})
            for source in (properties.get("Code"), properties.get("Content")):
                if isinstance(source, dict) and "S3Key" in source and source["S3Key"] not in keys:
                    found.append(f"{logical} of {name} refers to {source['S3Key']}, which is missing")
    if uploads := s3.list_multipart_uploads(Bucket=bucket).get("Uploads"):
        found.append(f"uploads are left: {[upload['Key'] for upload in uploads]}")
    return found


def package_problems(service):
    """What is missing or partial in the output directory of a service."""
    folder = service / ".serverless"
    found = []
    for name in ("cloudformation-template-update-stack.json", "serverless-state.json"):
        try:
            json.loads((folder / name).read_text())
        except (OSError, ValueError) as error:
            found.append(f"{name}: {error}")
    found += [f"{path.name} is left" for path in folder.rglob("*")
              if path.is_file() and path.suffix not in (".json", ".zip")]
    return found
