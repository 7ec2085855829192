"""Functions that are container images: built with a real engine, pushed to a real registry, and named by digest.

The simulation has the repositories of ECR, but no registry. Behind it is the registry of Debian (`docker-registry`) on
the loopback interface, which wants the user and the password of the token that the simulation gives out. An engine, the
registry and the base image come from scripts/engine; without them the tests are skipped, unless
`FUROSHIKI_TEST_ENGINE` is `required`.
"""
import hashlib
import io
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import subprocess
import tarfile
import time
import unittest
import urllib.error
import urllib.request

import validity
from harness import Simulation, Workplace
from proxy import Proxy

BASE = f"public.ecr.aws/sam/build-python3.11:latest-{platform.machine().replace('aarch64', 'arm64')}"
HOST = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
ARCHITECTURE = "arm64" if platform.machine() == "aarch64" else "x86_64"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
#: The password in moto's tokens, and its bcrypt hash.
PASSWORD = "123456789012-auth-token"
USERS = "AWS:$2b$04$AD/RHnWflVbuGOajPJfdReSpKJiojmPNnFOrTtrm73eRcsLdddy9W\n"


def docker(*arguments):
    return subprocess.run(["docker", *arguments], capture_output=True, text=True)


def has_engine():
    if os.environ.get("FUROSHIKI_TEST_ENGINE") == "required":
        return True
    tools = shutil.which("docker") and shutil.which("docker-registry")
    return bool(tools) and docker("image", "inspect", BASE).returncode == 0


class Registry:
    """The registry with its files in a directory, which ends with the block that uses it."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder / "users").write_text(USERS)
        (folder / "registry.yml").write_text(f"""
version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {folder}/data}}}}
http: {{addr: 127.0.0.1:{self.port}}}
auth: {{htpasswd: {{realm: ecr, path: {folder}/users}}}}
""")
        self.process = subprocess.Popen(
            ["docker-registry", "serve", folder / "registry.yml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.address = f"127.0.0.1:{self.port}"
        for _ in range(600):
            try:
                self.request("/v2/")
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the registry does not start")

    def request(self, path):
        manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        manager.add_password(None, f"http://{self.address}/", "AWS", PASSWORD)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPBasicAuthHandler(manager)
        )
        request = urllib.request.Request(
            f"http://{self.address}{path}",
            headers={"Accept": f"{MANIFEST}, application/vnd.oci.image.manifest.v1+json"},
        )
        with opener.open(request, timeout=60) as answer:
            return answer.headers, answer.read()

    def digest(self, repository, reference):
        return self.request(f"/v2/{repository}/manifests/{reference}")[0]["Docker-Content-Digest"]

    def configuration(self, repository, reference):
        manifest = json.loads(self.request(f"/v2/{repository}/manifests/{reference}")[1])
        return json.loads(self.request(f"/v2/{repository}/blobs/{manifest['config']['digest']}")[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


@unittest.skipUnless(has_engine(), "needs a container engine and docker-registry; run scripts/engine")
class ImageTests(unittest.TestCase):
    CONFIGURATION = f"""
        service: Renderer
        provider:
          name: aws
          architecture: {ARCHITECTURE}
          ecr:
            scanOnPush: true
            images:
              worker:
                path: work
                file: worker.Dockerfile
                buildArgs: {{GREETING: 'a secret greeting'}}
                buildOptions: [--label, made.by=furoshiki]
              unused: {{path: missing}}
        functions:
          draw:
            image: worker
          paint:
            image: {{name: worker, command: [paint.run], workingDirectory: /srv}}
        """
    REPOSITORY = "serverless-renderer-dev"

    @classmethod
    def setUpClass(cls):
        cls.empty = cls.enterClassContext(Simulation())

    def setUp(self):
        self.aws = self.enterContext(self.empty.copy())
        self.proxy = self.enterContext(Proxy(self.aws.port))
        self.work = self.enterContext(Workplace())
        self.registry = self.enterContext(Registry(self.work.temporary))
        # What the engine is asked for is written down, with the environment that could hold a secret.
        (self.work.root / "docker").write_text(
            f"#!/bin/sh\nprintf '%s\\037' \"$@\" >> {self.work.root}/log; echo >> {self.work.root}/log\n"
            f"exec {shutil.which('docker')} \"$@\"\n"
        )
        (self.work.root / "docker").chmod(0o755)
        self.work.environment["FUROSHIKI_CONTAINER_CLI"] = str(self.work.root / "docker")
        forward = self.proxy.forward

        def with_registry(call):
            status, fields, content = forward(call)
            if call.service == "ecr":
                content = content.replace(HOST.encode(), self.registry.address.encode())
                fields = [(k, v) for k, v in fields if k.lower() != "content-length"]
            return status, fields, content

        self.proxy.forward = with_registry
        self.addCleanup(self.clean_up)
        self.work.write(
            serverless_yml=self.CONFIGURATION,
            work__worker_Dockerfile="""
                FROM scratch
                ARG GREETING
                LABEL greeting="$GREETING"
                COPY app.py /var/task/app.py
                CMD ["app.run"]
                """,
            work__app_py="def run(event, context): return 1\n",
        )

    def clean_up(self):
        self.assertEqual([problem for call in self.proxy.calls for problem in validity.problems(call)], [])
        names = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split()
        own = [name for name in names if "serverless-renderer" in name]
        if own:
            docker("image", "rm", "--force", *own)

    def run_program(self, *arguments, status=0, **environment):
        result = self.work.run(self.proxy.port, *arguments, **environment)
        self.assertEqual(result.status, status, result)
        return result

    def commands(self):
        path = self.work.root / "log"
        lines = [line.split("\037")[:-1] for line in path.read_text().splitlines()] if path.exists() else []
        path.unlink(missing_ok=True)
        return lines

    def load_image(self, name, architecture):
        """Gives the engine an image for an architecture, which its own builds cannot have."""
        def add(archive, name, content):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))

        layer = io.BytesIO()
        with tarfile.open(fileobj=layer, mode="w") as archive:
            add(archive, "file", b"")
        configuration = json.dumps({
            "architecture": architecture, "os": "linux", "config": {},
            "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]},
        }).encode()
        manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": ["layer.tar"]}]
        path = self.work.root / "image.tar"
        with tarfile.open(path, "w") as archive:
            add(archive, "config.json", configuration)
            add(archive, "layer.tar", layer.getvalue())
            add(archive, "manifest.json", json.dumps(manifest).encode())
        loaded = docker("load", "--input", str(path))
        self.assertEqual(loaded.returncode, 0, loaded.stderr)

    def operations(self, service="ecr"):
        return [call.operation for call in self.proxy.calls if call.service == service]

    # ------------------------------------------------------------------ deploy

    def test_an_image_is_built_once_pushed_and_deployed_by_digest_and_removed_with_the_service(self):
        result = self.run_program("deploy")
        digest = self.registry.digest(self.REPOSITORY, "worker")
        uri = f"{self.registry.address}/{self.REPOSITORY}@{digest}"
        resources = self.aws.template("Renderer-dev")["Resources"]
        draw, paint = (resources[f"{name}LambdaFunction"]["Properties"] for name in ("Draw", "Paint"))
        self.assertEqual(draw["Code"], {"ImageUri": uri})
        self.assertEqual(draw["PackageType"], "Image")
        self.assertEqual(paint["Code"], {"ImageUri": uri})
        self.assertEqual(paint["ImageConfig"], {"Command": ["paint.run"], "WorkingDirectory": "/srv"})
        versions = [value for value in resources.values() if value["Type"] == "AWS::Lambda::Version"]
        self.assertEqual({v["Properties"]["CodeSha256"] for v in versions}, {digest.removeprefix("sha256:")})
        configuration = self.registry.configuration(self.REPOSITORY, "worker")["config"]
        self.assertEqual(configuration["Labels"], {"made.by": "furoshiki", "greeting": "a secret greeting"})

        repository = self.aws.client("ecr").describe_repositories(repositoryNames=[self.REPOSITORY])["repositories"][0]
        self.assertEqual(repository["imageScanningConfiguration"], {"scanOnPush": True})
        self.assertEqual(
            self.operations(), ["DescribeRepositories", "CreateRepository", "GetAuthorizationToken"]
        )
        commands = self.commands()
        self.assertEqual(sum(words[0] == "build" for words in commands), 1)
        self.assertIn("--password-stdin", next(words for words in commands if words[0] == "login"))
        written = json.dumps(commands)
        self.assertNotIn(PASSWORD, written + result.text)
        self.assertNotIn("a secret greeting", written)

        # Nothing has changed: the same digest, and the login is still there.
        again = self.run_program("deploy")
        self.assertIn("No changes to deploy", again.errors)
        self.assertEqual(sum(words[0] == "login" for words in self.commands()), 0)

        self.run_program("remove")
        with self.assertRaises(self.aws.client("ecr").exceptions.RepositoryNotFoundException):
            self.aws.client("ecr").describe_repositories(repositoryNames=[self.REPOSITORY])

    def test_deploy_function_pushes_the_image_of_that_function_only(self):
        self.work.write(
            serverless_yml=self.CONFIGURATION.replace("unused: {path: missing}", "other: {path: other}").replace(
                "functions:\n", "functions:\n          else: {image: other}\n"
            ),
            other__Dockerfile="FROM scratch\nCOPY app.py /app.py\n",
            other__app_py="print(1)\n",
        )
        self.run_program("deploy")
        before = self.aws.client("lambda").get_function(FunctionName="Renderer-dev-else")["Code"]["ImageUri"]
        self.work.write(work__app_py="def run(event, context): return 2\n", other__app_py="print(2)\n")
        self.commands()
        result = self.run_program("deploy", "function", "-f", "draw")
        self.assertIn("draw: code deployed", result.errors)
        self.assertEqual([words[0] for words in self.commands()].count("build"), 1)
        functions = self.aws.client("lambda")
        code = functions.get_function(FunctionName="Renderer-dev-draw")["Code"]["ImageUri"]
        self.assertEqual(code.partition("@")[2], self.registry.digest(self.REPOSITORY, "worker"))
        template = json.loads((self.work.service / ".serverless/cloudformation-template-update-stack.json").read_text())
        self.assertEqual(template["Resources"]["ElseLambdaFunction"]["Properties"]["Code"]["ImageUri"], before)
        again = self.run_program("deploy", "function", "-f", "draw")
        self.assertIn("draw: code unchanged", again.errors)
        self.work.write(
            serverless_yml=self.CONFIGURATION.replace("image: worker", "handler: app.run\n            runtime: python3.12"),
            app_py="def run(event, context): pass\n",
        )
        refused = self.run_program("deploy", "function", "-f", "draw", status=1)
        self.assertIn("is deployed as a container image", refused.errors)
        self.assertIn("help: run 'furoshiki deploy'", refused.errors)

    def test_diff_and_the_policy_neither_build_nor_push(self):
        self.run_program("deploy")
        before = self.registry.digest(self.REPOSITORY, "worker")
        self.work.write(work__app_py="def run(event, context): return 3\n")
        self.commands()
        result = self.run_program("diff", FUROSHIKI_CONTAINER_CLI="/nonexistent/docker")
        self.assertIn("note: the image of the function 'draw' is not built", result.errors)
        self.assertEqual(self.registry.digest(self.REPOSITORY, "worker"), before)
        policy = self.run_program("doctor", "--policy", FUROSHIKI_CONTAINER_CLI="/nonexistent/docker").output
        for action in ("GetAuthorizationToken", "PutImage", "CreateRepository", "DeleteRepository"):
            self.assertIn(f"ecr:{action}", policy)
        self.assertNotIn("ecr:DescribeImages", policy)
        self.assertEqual(self.commands(), [])

    def test_old_images_expire_and_an_image_for_another_architecture_is_not_pushed(self):
        self.work.write(serverless_yml=self.CONFIGURATION.replace("scanOnPush: true", "maxImageCount: 3"))
        self.run_program("package")
        policy = self.aws.client("ecr").get_lifecycle_policy(repositoryName=self.REPOSITORY)["lifecyclePolicyText"]
        self.assertEqual(json.loads(policy)["rules"][0]["selection"]["countNumber"], 3)
        self.commands()
        foreign = "amd64" if ARCHITECTURE == "arm64" else "arm64"
        base = f"furoshiki-test/{foreign}:1"
        self.load_image(base, foreign)
        self.addCleanup(docker, "image", "rm", "--force", base)
        self.work.write(
            serverless_yml=self.CONFIGURATION.replace(
                "path: work", f"path: work\n                platform: linux/{foreign}"
            ),
            work__worker_Dockerfile=f"FROM {base}\nCOPY app.py /other.py\n",
        )
        failed = self.run_program("package", status=1)
        self.assertIn(f"the image 'worker' is for {foreign}, but the function 'draw' for", failed.errors)
        self.assertIn("serverless.yml:10:19", failed.errors)
        self.assertNotIn("push", [words[0] for words in self.commands()])

    @unittest.skipUnless(shutil.which("podman"), "needs podman; run scripts/engine")
    def test_podman_pushes_with_the_digest_of_the_registry(self):
        registries = self.work.root / "registries.conf"
        registries.write_text(f'[[registry]]\nlocation = "{self.registry.address}"\ninsecure = true\n')
        self.run_program("package", FUROSHIKI_CONTAINER_CLI="podman", CONTAINERS_REGISTRIES_CONF=str(registries))
        template = json.loads((self.work.service / ".serverless/cloudformation-template-update-stack.json").read_text())
        uri = template["Resources"]["DrawLambdaFunction"]["Properties"]["Code"]["ImageUri"]
        _, _, digest = uri.partition("@")
        # The registry has a manifest with this digest.
        self.assertEqual(self.registry.digest(self.REPOSITORY, digest), digest)
        subprocess.run(["podman", "image", "rm", "--force", f"localhost/{self.REPOSITORY}:worker"], capture_output=True)

    # ------------------------------------------------------------------ images in ECR

    def test_an_image_by_tag_is_resolved_to_its_digest_without_an_engine(self):
        ecr = self.aws.client("ecr")
        ecr.create_repository(repositoryName="team/shared")
        manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": {"digest": "sha256:" + "1" * 64}, "layers": []})
        put = ecr.put_image(repositoryName="team/shared", imageManifest=manifest, imageTag="v1")
        digest = put["image"]["imageId"]["imageDigest"]
        self.work.write(serverless_yml=f"""
            service: Renderer
            provider: {{name: aws, ecr: {{images: {{named: {{uri: '{HOST}/team/shared:v1'}}}}}}}}
            functions:
              one: {{image: '{HOST}/team/shared:v1'}}
              two: {{image: named}}
            """)
        self.run_program("package", FUROSHIKI_CONTAINER_CLI="/nonexistent/docker")
        template = json.loads((self.work.service / ".serverless/cloudformation-template-update-stack.json").read_text())
        for name in ("One", "Two"):
            code = template["Resources"][f"{name}LambdaFunction"]["Properties"]["Code"]
            # The proxy rewrites hosts in answers only; the URI is the one of the configuration.
            self.assertEqual(code, {"ImageUri": f"{HOST}/team/shared@{digest}"})
        self.assertEqual(self.operations(), ["DescribeImages"])
        self.work.write(serverless_yml=f"""
            service: Renderer
            provider: {{name: aws}}
            functions:
              one: {{image: '{HOST}/team/shared:v2'}}
            """)
        failed = self.run_program("package", status=1)
        self.assertIn("serverless.yml:4:16: error: there is no image 'v2' in the repository 'team/shared'", failed.errors)
        self.work.write(serverless_yml=f"""
            service: Renderer
            provider: {{name: aws, region: eu-west-1}}
            functions:
              one: {{image: '{HOST}/team/shared:v1'}}
            """)
        failed = self.run_program("package", status=1)
        self.assertIn("is in 'us-east-1', but the service in 'eu-west-1'", failed.errors)

    # ------------------------------------------------------------------ errors

    def test_a_failed_build_shows_the_output_of_the_engine_and_pushes_nothing(self):
        self.work.write(work__worker_Dockerfile=f"FROM {BASE}\nRUN echo the cause >&2; exit 3\n")
        failed = self.run_program("package", status=1)
        self.assertIn("serverless.yml:", failed.errors)
        self.assertIn("error: cannot build an image from", failed.errors)
        self.assertRegex(failed.errors, r"\n\s+.*the cause")
        self.assertNotIn("push", [words[0] for words in self.commands()])
        self.assertFalse((self.work.service / ".serverless/cloudformation-template-update-stack.json").exists())

    def test_what_is_missing_is_reported_with_its_place_before_anything_is_built(self):
        failed = self.run_program("package", status=1, FUROSHIKI_CONTAINER_CLI="/nonexistent/docker")
        self.assertIn("cannot find '/nonexistent/docker'", failed.errors)
        self.assertIn("the function 'draw' needs the image", failed.errors)
        self.assertIn("serverless.yml:", failed.errors)
        failed = self.run_program("package", status=1, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
        self.assertIn("credentials", failed.errors)
        self.assertIn("the function 'draw' needs the image", failed.errors)
        (self.work.service / "work/worker.Dockerfile").unlink()
        failed = self.run_program("package", status=1)
        self.assertIn("cannot find the Dockerfile", failed.errors)
        self.assertIn("worker.Dockerfile' of the image 'worker'", failed.errors)
        self.assertEqual([words[0] for words in self.commands()], [])

    def test_a_push_that_is_denied_names_the_permissions(self):
        self.proxy.rule = lambda call: None
        forward = self.proxy.forward

        def with_wrong_token(call):
            status, fields, content = forward(call)
            if call.operation == "GetAuthorizationToken":
                # A token of another account, with which the engine cannot log in.
                data = json.loads(content)
                data["authorizationData"][0]["authorizationToken"] = "QVdTOndyb25n"
                content = json.dumps(data).encode()
            return status, fields, content

        self.proxy.forward = with_wrong_token
        failed = self.run_program("package", status=1)
        self.assertIn("error: cannot log in to the registry", failed.errors)
        self.assertNotIn("wrong", failed.errors.replace("QVdTOndyb25n", "wrong token"))

    def test_a_build_that_is_interrupted_leaves_no_container(self):
        self.work.write(work__worker_Dockerfile=f"FROM {BASE}\nRUN echo begun; while true; do sleep 0.1; done\n")
        process = self.work.start(self.proxy.port, "package")
        for _ in range(600):
            if any(words[0] == "build" for words in self.commands_so_far()):
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130)
        for _ in range(600):
            running = docker("ps", "--no-trunc", "--format", "{{.Command}}").stdout
            if "echo begun" not in running:
                break
            time.sleep(0.1)
        self.assertNotIn("echo begun", running)

    def commands_so_far(self):
        path = pathlib.Path(self.work.root / "log")
        return [line.split("\037")[:-1] for line in path.read_text().splitlines()] if path.exists() else []


if __name__ == "__main__":
    unittest.main()
