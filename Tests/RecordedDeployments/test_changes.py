"""Runs the built program against a mock of AWS to see what `diff`, `--refuse`, `doctor` and settings of the stack do.

boto3 checks what AWS holds after each step.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import boto3

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import test_deployments  # noqa: E402

SERVICE = """\
service: kiosk
provider:
  name: aws
  runtime: python3.13
  region: us-east-1
{provider}
functions:
  sell:
    handler: app.sell
    memorySize: {memory}
resources:
  Resources:
    Other:
      Type: AWS::SNS::Topic
{resources}
"""
QUEUE = "    Orders:\n      Type: AWS::SQS::Queue\n"


class ChangesTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        test_deployments.DeploymentTests.setUpClass.__func__(cls)

    @classmethod
    def tearDownClass(cls):
        test_deployments.DeploymentTests.tearDownClass.__func__(cls)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = pathlib.Path(folder.name)
        self.program = os.environ.get("FUROSHIKI_PROGRAM", str(test_deployments.PROGRAM))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder.name, "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true", "SLS_AWS_MONITORING_FREQUENCY": "20",
        }
        self.write()

    def write(self, memory=128, provider="", resources="", code="def sell(event, context): return 1\n"):
        text = SERVICE.format(memory=memory, provider=provider, resources=resources)
        (self.directory / "serverless.yml").write_text(text)
        (self.directory / "app.py").write_text(code)

    def client(self, service):
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name="us-east-1", aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def run_program(self, *arguments, status=0, **environment):
        run = subprocess.run(
            [self.program, *arguments], cwd=self.directory, env=self.environment | environment, capture_output=True,
            text=True, timeout=300, stdin=subprocess.DEVNULL,
        )
        self.assertEqual(run.returncode, status, run.stdout + run.stderr)
        return run

    def state(self):
        """Everything that a command which changes nothing has to leave alone."""
        cloudformation, s3 = self.client("cloudformation"), self.client("s3")
        stack = cloudformation.describe_stacks(StackName="kiosk-dev")["Stacks"][0]
        bucket = next(o["OutputValue"] for o in stack["Outputs"] if o["OutputKey"] == "ServerlessDeploymentBucketName")
        objects = [(o["Key"], o["ETag"]) for o in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
        events = cloudformation.describe_stack_events(StackName="kiosk-dev")["StackEvents"]
        sets = cloudformation.list_change_sets(StackName="kiosk-dev")["Summaries"]
        return stack["StackStatus"], len(events), objects, [s["ChangeSetName"] for s in sets]

    def tearDown(self):
        self.run_program("remove")

    def test_diff_and_refuse(self):
        new = json.loads(self.run_program("diff", "--json", status=2).stdout)
        self.assertTrue(new["isNew"])
        self.assertIn("SellLambdaFunction", [r["logicalID"] for r in new["resources"]])

        self.run_program("deploy")
        before = self.state()
        self.assertEqual(before[3], [])
        self.assertIn("No differences", self.run_program("diff").stdout)

        self.write(memory=256, resources=QUEUE, code="def sell(event, context): return 2\n")
        found = json.loads(self.run_program("diff", "--json", status=2).stdout)
        self.assertEqual(found["method"], "change-set")
        changes = {r["logicalID"]: r for r in found["resources"]}
        self.assertEqual(changes["Orders"]["action"], "add")
        self.assertEqual(changes["SellLambdaFunction"]["action"], "modify")
        self.assertEqual(changes["SellLambdaFunction"]["line"], 8)
        self.assertEqual([a["changed"] for a in found["artifacts"]], [["app.py"]])
        markdown = self.run_program("diff", "--format", "markdown", status=2).stdout
        self.assertIn("| `Orders` | `AWS::SQS::Queue` |", markdown)
        self.assertEqual(self.state(), before)

        self.run_program("deploy")
        self.write(memory=256, code="def sell(event, context): return 2\n")
        before = self.state()
        refused = self.run_program("deploy", "--refuse", "replace,delete", status=1)
        self.assertIn("Orders (AWS::SQS::Queue) deleted, with its data", refused.stderr)
        self.assertEqual(self.state(), before)
        self.assertEqual(len(self.client("sqs").list_queues().get("QueueUrls", [])), 1)
        self.run_program("deploy", "--confirm", status=64)
        self.run_program("deploy", "--refuse", "replace")
        self.assertEqual(self.client("sqs").list_queues().get("QueueUrls", []), [])

    def test_diff_without_credentials(self):
        # A package in the directory of the service would be packaged itself.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        old = str(pathlib.Path(folder.name) / "old")
        self.run_program("package", "--package", old)
        self.write(memory=256, resources=QUEUE, code="def sell(event, context): return 2\n")
        offline = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
        found = json.loads(self.run_program("diff", "--template", old, "--json", status=2, **offline).stdout)
        self.assertEqual(found["method"], "templates")
        actions = {r["logicalID"]: r["action"] for r in found["resources"]}
        self.assertEqual(actions["Orders"], "add")
        self.assertEqual(actions["SellLambdaFunction"], "modify")
        self.assertEqual([a["changed"] for a in found["artifacts"]], [["app.py"]])
        template = f"{old}/cloudformation-template-update-stack.json"
        found = json.loads(self.run_program("diff", "--template", template, "--json", status=2, **offline).stdout)
        modified = next(r for r in found["resources"] if r["logicalID"] == "SellLambdaFunction")
        self.assertEqual([p["path"] for p in modified["properties"]], ["MemorySize"])
        self.write()
        self.run_program("diff", "--template", template, **offline)
        missing = self.run_program("diff", status=1, **offline)
        self.assertIn("there are no credentials for AWS", missing.stderr)
        self.run_program("deploy")

    def test_pruned_versions_and_doctor(self):
        # The mock cannot protect stacks; unit tests do that. It also gives the number of a deleted version again, so only the
        # last deployment removes some.
        for result in (1, 2, 3):
            self.write(
                provider="  pruneFunctionVersions: {number: 1}" if result == 3 else "",
                code=f"def sell(event, context): return {result}\n",
            )
            self.run_program("deploy")
        versions = self.client("lambda").list_versions_by_function(FunctionName="kiosk-dev-sell")["Versions"]
        self.assertEqual(len([v for v in versions if v["Version"] != "$LATEST"]), 1)
        report = json.loads(self.run_program("doctor", "--json").stdout)
        self.assertTrue(report["healthy"])
        stack = next(c for c in report["checks"] if c["check"] == "stack")
        self.assertRegex(stack["message"], "kiosk-dev: (CREATE|UPDATE)_COMPLETE since")

    def test_options_of_deploy_and_remove(self):
        self.run_program("deploy", "--aws-s3-accelerate")
        stack = self.client("cloudformation").describe_stacks(StackName="kiosk-dev")["Stacks"][0]
        self.assertIn("ServerlessDeploymentBucketAccelerated", [o["OutputKey"] for o in stack["Outputs"]])
        self.run_program("deploy", "--enforce-hash-update")
        function = self.client("lambda").get_function_configuration(FunctionName="kiosk-dev-sell")
        self.assertEqual(function["Description"], "temporary-description-to-enforce-hash-update")
        ecr = self.client("ecr")
        ecr.create_repository(repositoryName="serverless-kiosk-dev")
        self.run_program("remove")
        self.assertEqual(ecr.describe_repositories()["repositories"], [])
        self.run_program("deploy")


if __name__ == "__main__":
    unittest.main()
