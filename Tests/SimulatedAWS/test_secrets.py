"""Plants secrets, and looks for them in everything that the program prints, writes and passes on.

Only `.serverless` may have resolved values, as in Serverless v3.
"""
import base64
import os
import pathlib
import shutil
import stat
import sys
import unittest
import urllib.parse

import packages
from harness import Simulation, Workplace, resolver
from proxy import Proxy

SECRETS = {
    "secret access key": "plantedAccessKeyS3cr3t0123456789abcdef0000",
    "session token": "plantedSessionToken//xyz+0123456789==",
    "password of the index": "plantedIndexPassw0rd",
    "password in the address": "plantedAddressPassw0rd",
    "secure string": "plantedSecureStr1ng",
    "member of a secure string": "plantedSecureMember",
    "secret of the Secrets Manager": "plantedManagerSecret",
    "key of the bucket": "plantedCustomerKey01234567890123",
    "value of an API key": "plantedApiKeyValue0123456789",
}
#: Writes its arguments to a file, and runs the program that it replaces.
RECORDER = """#!{python}
import json, os, sys
with open({log!r}, "a") as log: log.write(json.dumps(sys.argv) + "\\n")
os.execv({program!r}, [{program!r}, *sys.argv[1:]])
"""
CONFIGURATION = """
    service: vault
    plugins: [serverless-python-requirements]
    provider:
      name: aws
      runtime: python3.12
      deploymentBucket: {sseCustomerAlgorithim: AES256, sseCustomerKey: '${ssm:/vault/bucket-key}'}
      environment:
        PASSWORD: ${ssm:/vault/password}
        MEMBER: ${self:custom.document.member}
        MANAGED: ${ssm:/aws/reference/secretsmanager/vault/managed}
    custom: {document: '${ssm:/vault/document}'}
    functions:
      open: {handler: open.run}
    """


class SecretTests(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.aws = self.enterContext(self.enterContext(Simulation()).copy())
        self.proxy = self.enterContext(Proxy(self.aws.port))
        password = SECRETS["password of the index"]
        tides = packages.wheel("tides", "1.0", {"tides.py": "HEIGHT = 1\n"})
        buoys = packages.wheel("buoys", "2.0", {"buoys.py": "COUNT = 1\n"})
        self.index = self.enterContext(packages.Index(tides, password=password))
        self.other = self.enterContext(packages.Index(buoys, password=SECRETS["password in the address"]))
        self.work = self.enterContext(Workplace())
        self.work.environment.update(
            AWS_ACCESS_KEY_ID="AKIAPLANTED000000000", AWS_SECRET_ACCESS_KEY=SECRETS["secret access key"],
            AWS_SESSION_TOKEN=SECRETS["session token"], SLS_DEBUG="*",
            UV_INDEX=f"harbor=http://{self.index.address}/simple", UV_INDEX_HARBOR_USERNAME="ada",
            UV_INDEX_HARBOR_PASSWORD=password,
        )
        self.work.write(
            serverless_yml=CONFIGURATION,
            open_py="def run(event, context):\n    return 1\n",
            requirements_txt=f"""
                --extra-index-url http://ada:{SECRETS["password in the address"]}@{self.other.address}/simple
                tides==1.0
                buoys>=2
                """,
        )
        ssm = self.aws.client("ssm")
        ssm.put_parameter(Name="/vault/password", Type="SecureString", Value=SECRETS["secure string"])
        ssm.put_parameter(
            Name="/vault/document", Type="SecureString",
            Value='{"member": "%s"}' % SECRETS["member of a secure string"],
        )
        ssm.put_parameter(Name="/vault/bucket-key", Type="SecureString", Value=SECRETS["key of the bucket"])
        self.aws.client("secretsmanager").create_secret(
            Name="vault/managed", SecretString=SECRETS["secret of the Secrets Manager"]
        )
        self.record_programs()
        self.results = []

    def record_programs(self):
        """Puts programs that record their arguments before those that the program runs."""
        folder = self.work.root / "bin"
        folder.mkdir()
        self.arguments = self.work.root / "arguments"
        self.arguments.touch()
        for name in ("uv", "git", "pip", "docker", "node"):
            if program := resolver() if name == "uv" else shutil.which(name):
                path = folder / name
                path.write_text(RECORDER.format(python=sys.executable, log=str(self.arguments), program=program))
                path.chmod(path.stat().st_mode | stat.S_IXUSR)
        self.work.environment.update(PATH=f"{folder}:{os.environ['PATH']}", FUROSHIKI_UV=str(folder / "uv"))

    def run_program(self, *arguments, status=0, port=None):
        result = self.work.run(port or self.proxy.port, *arguments)
        if status is not None:
            self.assertEqual(result.status, status, result)
        self.results.append(result)
        return result

    def test_secrets_are_only_in_the_output_directory(self):
        for level in ([], ["--verbose"], ["--debug", "*", "--verbose"], ["--json"]):
            shutil.rmtree(self.work.root / "cache", ignore_errors=True)
            self.run_program("package", *level)
        for command in (
            ["check"], ["deploy"], ["deploy", "--force"], ["deploy", "function", "-f", "open", "--force"],
            ["deploy", "list"], ["deploy", "list", "functions"], ["info"], ["rollback"], ["invoke", "-f", "open"],
            ["logs", "-f", "open"], ["metrics"],
        ):
            self.run_program(*command, "--verbose", "--debug", "*", status=None)
        self.fail_in_every_way()
        self.run_program("remove", "--verbose", "--debug", "*")
        self.assertGreater(self.index.refused + self.other.refused, 0)
        self.assert_nothing_is_shown()

    def fail_in_every_way(self):
        """Errors may repeat what was sent and received."""
        debug = ["--verbose", "--debug", "*"]
        self.run_program("deploy", *debug, port=1, status=1)
        for kind in ("denied", "500", "torn"):
            for operation in ("GetParameters", "PutObject", "UpdateFunctionConfiguration", "CreateChangeSet"):
                self.proxy.rule = lambda call: kind if call.operation == operation else None
                command = ["deploy", "function", "-f", "open"] if operation.startswith("Update") else ["deploy"]
                self.work.environment["AWS_MAX_ATTEMPTS"] = "1"
                self.run_program(*command, "--force", *debug, status=None)
        self.proxy.rule = None
        del self.work.environment["AWS_MAX_ATTEMPTS"]
        # An index that refuses the credentials, and one that cannot be contacted.
        shutil.rmtree(self.work.root / "cache", ignore_errors=True)
        wheels, self.index.wheels = self.index.wheels, {}
        self.run_program("package", *debug, status=None)
        self.index.wheels = wheels
        shutil.rmtree(self.work.root / "cache", ignore_errors=True)
        good = self.work.environment["UV_INDEX_HARBOR_PASSWORD"]
        self.work.environment["UV_INDEX_HARBOR_USERNAME"] = "mallory"
        self.run_program("package", *debug, status=1)
        self.work.environment.update(UV_INDEX_HARBOR_USERNAME="ada", UV_INDEX_HARBOR_PASSWORD=good)
        # A mistake beside a secret.
        text = (self.work.service / "serverless.yml").read_text()
        (self.work.service / "serverless.yml").write_text(text.replace("runtime: python3.12", "runtime: ${ssm:/vault/password}"))
        self.run_program("package", *debug, status=1)
        (self.work.service / "serverless.yml").write_text(text)

    def assert_nothing_is_shown(self):
        found = []
        for name, secret in SECRETS.items():
            forms = {secret, urllib.parse.quote(secret, safe=""), base64.b64encode(secret.encode()).decode()}
            for result in self.results:
                if any(form in result.text for form in forms):
                    line = next(x for x in result.text.splitlines() if any(form in x for form in forms))
                    found.append(f"the {name} is in the output of {' '.join(result.arguments)}: {line[:200]}")
            if any(form in self.arguments.read_text() for form in forms):
                found.append(f"the {name} is in the arguments of a program")
            own = {self.work.service / ".serverless", self.work.service / "requirements.txt", self.arguments}
            for path in self.files():
                if path in own or (self.work.service / ".serverless") in path.parents:
                    continue
                if any(form.encode() in path.read_bytes() for form in forms):
                    found.append(f"the {name} is in {path.relative_to(self.work.root)}")
        self.assertEqual(found, [])
        self.assertNotEqual(self.arguments.read_text(), "", "no program was run")

    def files(self):
        return [path for path in self.work.root.rglob("*") if path.is_file() and not path.is_symlink()]

    def test_arguments_of_the_program_and_its_children_have_no_secrets(self):
        """Samples the arguments of all processes that the program starts, also of those that are not on `PATH`."""
        process = self.work.start(self.proxy.port, "package")
        seen = set()
        for _ in range(20_000):
            if process.poll() is not None:
                break
            for entry in pathlib.Path("/proc").glob("[0-9]*"):
                try:
                    if os.getsid(int(entry.name)) == process.pid:
                        seen.add((entry / "cmdline").read_bytes())
                except OSError:
                    continue
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, output + errors)
        self.assertNotEqual(seen, set())
        for secret in SECRETS.values():
            self.assertEqual([line for line in seen if secret.encode() in line], [])


@unittest.skipUnless(sys.platform == "linux", "reads /proc")
class LinuxSecretTests(SecretTests):
    pass


del SecretTests

if __name__ == "__main__":
    unittest.main()
