"""Two deployments of one stack at the same time: the second one says who changes the stack since when, or waits."""
import re
import time
import unittest

from harness import Simulation, Workplace, digest, inconsistencies
from proxy import Proxy

STACK = "twins-dev"


def write_service(workplace, word):
    workplace.write(
        serverless_yml="""
            service: twins
            provider: {name: aws, runtime: nodejs20.x}
            functions:
              hello: {handler: hello.run}
            """,
        hello_js=f"exports.run = async () => '{word}'\n",
    )


class ConcurrentDeploymentTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.empty = cls.enterClassContext(Simulation())
        with Workplace() as work:
            write_service(work, "zero")
            cls.deployed = cls.enterClassContext(cls.empty.copy())
            assert work.run(cls.deployed.port, "deploy").status == 0

    def setUp(self):
        self.first, self.second = self.enterContext(Workplace()), self.enterContext(Workplace())
        write_service(self.first, "one")
        write_service(self.second, "two")
        self.second.environment["USER"] = "grace"

    def begin(self, aws, seconds=3):
        """Starts a deployment that takes some seconds; returns it when CloudFormation changes the stack."""
        aws.set(stackSeconds=seconds)
        process = self.first.start(aws.port, "deploy")
        while not (stack := aws.stack(STACK)) or stack["StackStatus"] not in ("UPDATE_IN_PROGRESS", "CREATE_IN_PROGRESS"):
            self.assertIsNone(process.poll(), "the deployment ended early")
            time.sleep(0.02)
        return process

    def end(self, process):
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, output + errors)

    def code(self, aws):
        return aws.client("lambda").get_function(FunctionName=f"{STACK}-hello")["Configuration"]["CodeSha256"]

    def test_the_second_one_says_who_changes_the_stack_since_when_and_ends(self):
        with self.deployed.copy() as aws, Proxy(aws.port) as proxy:
            running = self.begin(aws)
            result = self.second.run(proxy.port, "deploy")
            self.assertEqual(result.status, 1, result)
            since = r"the stack 'twins-dev' is in the state UPDATE_IN_PROGRESS since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
            self.assertRegex(result.errors, since)
            self.assertIn("'ada' with Furoshiki", result.errors)
            self.assertIn("--wait", result.errors)
            changes = {"CreateChangeSet", "PutObject", "ExecuteChangeSet"}
            self.assertEqual(changes & set(proxy.names()), set())
            self.end(running)
            self.assertEqual(inconsistencies(aws, STACK), [])
            self.assertEqual(self.code(aws), digest(self.first.service / ".serverless" / "twins.zip"))

    def test_the_second_one_waits_if_it_should_and_deploys_then(self):
        with self.deployed.copy() as aws:
            running = self.begin(aws)
            result = self.second.run(aws.port, "deploy", "--wait")
            self.assertEqual(result.status, 0, result)
            self.end(running)
            self.assertEqual(inconsistencies(aws, STACK), [])
            self.assertEqual(self.code(aws), digest(self.second.service / ".serverless" / "twins.zip"))

    def test_another_update_can_begin_while_the_second_one_uploads(self):
        for waits in (False, True):
            with self.subTest(waits=waits), self.deployed.copy() as aws, Proxy(aws.port) as proxy:
                begun = []

                def rule(call):
                    if call.operation == "CreateChangeSet" and not begun:
                        begun.append(self.begin(aws))

                proxy.rule = rule
                result = self.second.run(proxy.port, "deploy", *(["--wait"] if waits else []))
                self.assertEqual(result.status, 0 if waits else 1, result)
                if not waits:
                    self.assertIn("UPDATE_IN_PROGRESS since", result.errors)
                self.end(begun[0])
                self.assertEqual(inconsistencies(aws, STACK), [])
                winner = self.second if waits else self.first
                self.assertEqual(self.code(aws), digest(winner.service / ".serverless" / "twins.zip"))

    def test_another_update_can_end_between_the_change_set_and_its_execution(self):
        for waits in (False, True):
            with self.subTest(waits=waits), self.deployed.copy() as aws, Proxy(aws.port) as proxy:
                others = []

                def rule(call):
                    if call.operation == "ExecuteChangeSet" and not others:
                        others.append(self.first.run(aws.port, "deploy"))

                proxy.rule = rule
                result = self.second.run(proxy.port, "deploy", *(["--wait"] if waits else []))
                self.assertEqual(others[0].status, 0, others)
                self.assertEqual(result.status, 0 if waits else 1, result)
                if not waits:
                    self.assertIn("another operation has changed the stack", result.errors)
                self.assertEqual(inconsistencies(aws, STACK), [])
                winner = self.second if waits else self.first
                self.assertEqual(self.code(aws), digest(winner.service / ".serverless" / "twins.zip"))

    def test_two_first_deployments(self):
        for waits in (False, True):
            with self.subTest(waits=waits), self.empty.copy() as aws, Proxy(aws.port) as proxy:
                begun = []

                def rule(call):
                    if call.operation == "CreateChangeSet" and not begun:
                        begun.append(self.begin(aws, seconds=1))

                proxy.rule = rule
                result = self.second.run(proxy.port, "deploy", *(["--wait"] if waits else []))
                self.assertEqual(result.status, 0 if waits else 1, result)
                if not waits:
                    self.assertRegex(result.errors, "CREATE_IN_PROGRESS since|has changed the stack")
                self.end(begun[0])
                self.assertEqual(inconsistencies(aws, STACK), [])

    def test_a_stack_that_is_changed_is_not_removed_and_its_bucket_not_emptied(self):
        with self.deployed.copy() as aws:
            running = self.begin(aws)
            result = self.second.run(aws.port, "remove")
            self.assertEqual(result.status, 1, result)
            self.assertRegex(result.errors, "UPDATE_IN_PROGRESS since .*")
            self.end(running)
            self.assertEqual(inconsistencies(aws, STACK), [])

    def test_a_protected_stack_is_not_removed_and_its_bucket_not_emptied(self):
        with self.empty.copy() as aws:
            template = '{"Resources": {"ServerlessDeploymentBucket": {"Type": "AWS::S3::Bucket"}}}'
            aws.client("cloudformation").create_stack(
                StackName=STACK, TemplateBody=template, EnableTerminationProtection=True
            )
            self.assertEqual(self.second.run(aws.port, "deploy").status, 0)
            result = self.second.run(aws.port, "remove")
            self.assertEqual(result.status, 1, result)
            self.assertIn("protected from deletion", result.errors)
            self.assertEqual(inconsistencies(aws, STACK), [])


if __name__ == "__main__":
    unittest.main()
