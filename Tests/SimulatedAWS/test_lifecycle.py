"""Takes a service through its life as a user would, and checks with boto3 what AWS holds after each step.

The service has a REST API, an HTTP API, a queue, a schedule, a bucket, functions of two Python versions and of Node.js.
Each call of the program is checked against the service models of botocore.
"""
import io
import json
import re
import time
import unittest
import zipfile

import packages
import validity
from harness import Simulation, Workplace, digest, inconsistencies
from proxy import Proxy

STACK = "harbor-dev"
CONFIGURATION = """
    service: harbor
    plugins: [serverless-python-requirements]
    provider:
      name: aws
      runtime: python3.12
      stackTags: {team: blue}
      environment: {QUEUE: !Ref Arrivals}
    package: {individually: true, patterns: ['!**', 'app/**']}
    functions:
      list:
        handler: app/boats.run
        events: [{http: GET /boats}]
      forecast:
        handler: app/forecast.run
        runtime: python3.11
        events: [{schedule: rate(1 hour)}]
      notify:
        handler: app/notify.run
        runtime: nodejs20.x
        memorySize: MEMORY
        events:
          - httpApi: POST /notices
          - sqs: {arn: !GetAtt Arrivals.Arn}
      develop:
        handler: app/photos.run
        events: [{s3: {bucket: harbor-photos, event: 's3:ObjectCreated:*'}}]
    resources:
      Resources:
        Arrivals: {Type: AWS::SQS::Queue, Properties: {QueueName: harbor-arrivals}}
    """


class LifecycleTests(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.simulation = cls.enterClassContext(Simulation())

    def setUp(self):
        self.aws = self.enterContext(self.simulation.copy())
        self.proxy = self.enterContext(Proxy(self.aws.port))
        self.index = self.enterContext(
            packages.Index(
                packages.wheel("tides", "1.0", {"tides/newer.py": "HEIGHT = 3\n"}, "cp312-cp312-manylinux2014_x86_64"),
                packages.wheel("tides", "1.0", {"tides/older.py": "HEIGHT = 2\n"}, "cp311-cp311-manylinux2014_x86_64"),
            )
        )
        self.work = self.enterContext(Workplace())
        self.configure(memory=512)
        self.work.write(
            pylock_toml=self.index.lock("tides", "1.0"),
            app__boats_py="def run(event, context):\n    return 'sloop'\n",
            app__forecast_py="def run(event, context):\n    return 'calm'\n",
            app__photos_py="def run(event, context):\n    return 'sepia'\n",
            app__notify_js="exports.run = async () => 'ahoy'\n",
        )

    def configure(self, memory):
        self.work.write(serverless_yml=CONFIGURATION.replace("MEMORY", str(memory)))

    def run_program(self, *arguments, status=0):
        result = self.work.run(self.proxy.port, *arguments)
        self.assertEqual(result.status, status, result)
        return result

    # ------------------------------------------------------------------ what AWS holds

    def function(self, key):
        return self.aws.client("lambda").get_function(FunctionName=f"{STACK}-{key}")["Configuration"]

    def artifact_key(self, key):
        logical = f"{key[0].upper()}{key[1:]}LambdaFunction"
        return self.aws.template(STACK)["Resources"][logical]["Properties"]["Code"]["S3Key"]

    def names_in_artifact(self, key):
        bucket = self.aws.resources(STACK)["ServerlessDeploymentBucket"]["PhysicalResourceId"]
        content = self.aws.client("s3").get_object(Bucket=bucket, Key=self.artifact_key(key))["Body"].read()
        return set(zipfile.ZipFile(io.BytesIO(content)).namelist())

    def newest_event(self):
        return self.aws.client("cloudformation").describe_stack_events(StackName=STACK)["StackEvents"][0]["EventId"]

    def uploads(self, since):
        return [call for call in self.proxy.calls[since:] if call.operation in ("PutObject", "UploadPart")]

    # ------------------------------------------------------------------ the life of a service

    def test_a_service_from_its_first_deployment_to_its_removal(self):
        self.first_deployment()
        first = {key: self.function(key)["CodeSha256"] for key in ("list", "forecast", "notify", "develop")}
        self.change()
        self.nothing_to_do()
        self.deploy_function()
        self.roll_back(first)
        self.inform()
        self.read_logs()
        self.remove()
        problems = [problem for call in self.proxy.calls for problem in validity.problems(call)]
        self.assertEqual(problems, [])

    def first_deployment(self):
        shown = self.run_program("deploy").output
        self.assertEqual(inconsistencies(self.aws, STACK), [])
        runtimes = {key: self.function(key)["Runtime"] for key in ("list", "forecast", "notify", "develop")}
        self.assertEqual(
            runtimes,
            {"list": "python3.12", "forecast": "python3.11", "notify": "nodejs20.x", "develop": "python3.12"},
        )
        self.assertIn("tides/newer.py", self.names_in_artifact("list"))
        self.assertNotIn("tides/older.py", self.names_in_artifact("list"))
        self.assertIn("tides/older.py", self.names_in_artifact("forecast"))
        self.assertNotIn("tides/newer.py", self.names_in_artifact("forecast"))
        self.assertEqual({n for n in self.names_in_artifact("notify") if n.startswith("tides")}, set())
        resources = self.aws.resources(STACK)
        rest = resources["ApiGatewayRestApi"]["PhysicalResourceId"]
        self.assertEqual(
            {i["path"] for i in self.aws.client("apigateway").get_resources(restApiId=rest)["items"]}, {"/", "/boats"}
        )
        self.assertIn(f"{rest}.execute-api.us-east-1.amazonaws.com/dev/boats", shown)
        self.assertIn("HttpApi", resources)
        queue = self.aws.client("sqs").get_queue_url(QueueName="harbor-arrivals")["QueueUrl"]
        variables = self.function("list")["Environment"]["Variables"]
        self.assertEqual(variables["QUEUE"].rpartition("/")[2], queue.rpartition("/")[2])
        mappings = self.aws.client("lambda").list_event_source_mappings()["EventSourceMappings"]
        self.assertEqual([m["EventSourceArn"].rpartition(":")[2] for m in mappings], ["harbor-arrivals"])
        rules = self.aws.client("events").list_rules()["Rules"]
        self.assertEqual([r["ScheduleExpression"] for r in rules], ["rate(1 hour)"])
        self.assertIn("harbor-photos", self.aws.buckets())

    def change(self):
        since = len(self.proxy.calls)
        before = {key: self.artifact_key(key) for key in ("list", "forecast", "notify", "develop")}
        code = self.function("list")["CodeSha256"]
        self.configure(memory=768)
        self.work.write(app__boats_py="def run(event, context):\n    return 'ketch'\n")
        self.run_program("deploy")
        self.assertEqual(inconsistencies(self.aws, STACK), [])
        self.assertEqual(self.function("notify")["MemorySize"], 768)
        self.assertNotEqual(self.function("list")["CodeSha256"], code)
        self.assertEqual(self.function("list")["CodeSha256"], digest(self.work.service / ".serverless" / "list.zip"))
        changed = {key for key, value in before.items() if self.artifact_key(key) != value}
        # All functions have the directory of the application.
        sent = {call.path.rpartition("/")[2] for call in self.uploads(since)}
        self.assertEqual(sent, {f"{key}.zip" for key in changed} | {
            "serverless-state.json", "compiled-cloudformation-template.json"
        })

    def nothing_to_do(self):
        since = len(self.proxy.calls)
        modified = {key: self.function(key)["LastModified"] for key in ("list", "forecast", "notify", "develop")}
        result = self.run_program("deploy")
        self.assertIn("No changes to deploy", result.errors)
        self.assertEqual(self.uploads(since), [])
        self.assertEqual(modified, {key: self.function(key)["LastModified"] for key in modified})
        names = set(self.proxy.names()[since:])
        self.assertEqual(names & {"CreateChangeSet", "UpdateStack", "ExecuteChangeSet", "DeleteObjects"}, set())

    def deploy_function(self):
        since = len(self.proxy.calls)
        newest = self.newest_event()
        self.work.write(app__notify_js="exports.run = async () => 'all hands'\n")
        self.run_program("deploy", "function", "-f", "notify")
        self.assertEqual(self.function("notify")["CodeSha256"], digest(self.work.service / ".serverless" / "notify.zip"))
        self.assertEqual(self.newest_event(), newest)
        self.assertNotIn("CreateChangeSet", self.proxy.names()[since:])

    def roll_back(self, first):
        listed = self.run_program("deploy", "list").text
        times = re.findall(r"\b\d{13}\b", listed)
        self.assertEqual(len(times), 2, listed)
        self.run_program("rollback", "--timestamp", times[0])
        self.assertEqual(self.function("list")["CodeSha256"], first["list"])
        self.assertEqual(self.function("notify")["MemorySize"], 512)
        self.assertEqual(inconsistencies(self.aws, STACK), [])
        # What is live is no longer what was uploaded last.
        self.assertNotIn("No changes", self.run_program("deploy").errors)
        self.assertEqual(self.function("notify")["MemorySize"], 768)
        self.assertEqual(self.function("notify")["CodeSha256"], digest(self.work.service / ".serverless" / "notify.zip"))

    def inform(self):
        shown = self.run_program("info", "--verbose").output
        for key in ("list", "forecast", "notify", "develop"):
            self.assertIn(f"{key}: {STACK}-{key}", shown)
        for output in self.aws.stack(STACK)["Outputs"]:
            self.assertIn(output["OutputKey"], shown)
        values = json.loads(self.run_program("info", "--json").output)
        self.assertEqual(values["functions"]["forecast"], f"{STACK}-forecast")

    def read_logs(self):
        logs, group = self.aws.client("logs"), f"/aws/lambda/{STACK}-list"
        self.assertIn(group, [g["logGroupName"] for g in logs.describe_log_groups()["logGroups"]])
        logs.create_log_stream(logGroupName=group, logStreamName="2026/01/02/[$LATEST]aa")
        now = int(time.time() * 1000)
        logs.put_log_events(
            logGroupName=group, logStreamName="2026/01/02/[$LATEST]aa",
            logEvents=[
                {"timestamp": now - 3_600_000, "message": "an hour ago"},
                {"timestamp": now - 1000, "message": "a sail on the horizon"},
            ],
        )
        self.assertEqual(self.run_program("logs", "-f", "list").output.splitlines(), ["a sail on the horizon"])
        earlier = self.run_program("logs", "-f", "list", "--startTime", "2h").output
        self.assertEqual(earlier.splitlines(), ["an hour ago", "a sail on the horizon"])

    def remove(self):
        self.run_program("remove")
        self.assertIsNone(self.aws.stack(STACK))
        self.assertEqual(self.aws.buckets(), [])
        self.assertEqual(self.aws.client("lambda").list_functions()["Functions"], [])
        self.assertEqual(self.aws.client("sqs").list_queues().get("QueueUrls", []), [])
        self.assertEqual(self.aws.client("events").list_rules()["Rules"], [])
        self.run_program("remove", status=1)


if __name__ == "__main__":
    unittest.main()
