"""What Serverless v3 gets wrong about the state of a deployed service, and Furoshiki does not."""
import unittest

from harness import Simulation, Workplace, digest

STACK = "ferry-dev"


class DeployedStateTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulation = cls.enterClassContext(Simulation())

    def setUp(self):
        self.aws = self.enterContext(self.simulation.copy())
        self.work = self.enterContext(Workplace())

    def write(self, word, provider="", function=""):
        self.work.write(
            serverless_yml=f"""
                service: ferry
                provider: {{name: aws, runtime: nodejs20.x{provider}}}
                functions:
                  cross: {{handler: cross.run{function}}}
                """,
            cross_js=f"exports.run = async () => '{word}'\n",
        )

    def run_program(self, *arguments, status=0, **environment):
        result = self.work.run(self.aws.port, *arguments, **environment)
        self.assertEqual(result.status, status, result)
        return result

    def code(self, stack=STACK):
        return self.aws.client("lambda").get_function(FunctionName=f"{stack}-cross")["Configuration"]["CodeSha256"]

    def package_digest(self):
        return digest(self.work.service / ".serverless" / "ferry.zip")

    # ------------------------------------------------------------------ changes

    def test_after_a_rollback_the_same_code_is_deployed_again(self):
        self.write("first")
        self.run_program("deploy")
        first, before = self.code(), self.keys()
        self.write("second")
        self.run_program("deploy")
        time = next(key for key in before if "compiled-cloudformation" in key).split("/")[3].split("-")[0]
        self.run_program("rollback", "-t", time)
        self.assertEqual(self.code(), first)
        result = self.run_program("deploy")
        self.assertNotIn("No changes", result.text)
        self.assertEqual(self.code(), self.package_digest())
        self.assertNotEqual(self.code(), first)

    def keys(self):
        bucket = self.aws.resources(STACK)["ServerlessDeploymentBucket"]["PhysicalResourceId"]
        return self.aws.keys(bucket)

    def test_another_bucket_is_a_change(self):
        self.write("first")
        self.run_program("deploy")
        self.aws.client("s3").create_bucket(Bucket="harbor")
        self.write("first", ", deploymentBucket: harbor")
        result = self.run_program("deploy")
        self.assertNotIn("No changes", result.text)
        code = self.aws.template(STACK)["Resources"]["CrossLambdaFunction"]["Properties"]["Code"]
        self.assertEqual(code["S3Bucket"], "harbor")
        self.assertIn(code["S3Key"], self.aws.keys("harbor"))
        self.assertIn("No changes", self.run_program("deploy").text)

    def test_an_unchanged_service_with_a_slash_in_its_prefix_is_not_deployed_again(self):
        self.write("first", ", deploymentPrefix: teams/ferry")
        self.run_program("deploy")
        self.assertIn("No changes", self.run_program("deploy").text)

    def test_memory_that_is_dropped_from_the_configuration_is_reset_with_the_function_alone(self):
        self.write("first", function=", memorySize: 256, timeout: 20")
        self.run_program("deploy")
        self.write("first")
        self.run_program("deploy", "function", "-f", "cross")
        found = self.aws.client("lambda").get_function_configuration(FunctionName=f"{STACK}-cross")
        self.assertEqual((found["MemorySize"], found["Timeout"]), (1024, 6))

    # ------------------------------------------------------------------ removal

    def test_a_stage_that_is_removed_leaves_what_a_stage_with_a_longer_name_keeps_in_the_same_bucket(self):
        self.aws.client("s3").create_bucket(Bucket="harbor")
        self.write("first", ", deploymentBucket: harbor")
        for stage in ("dev", "development"):
            self.run_program("deploy", "--stage", stage)
        kept = [key for key in self.aws.keys("harbor") if "/development/" in key]
        self.assertGreater(len(kept), 2)
        self.run_program("remove", "--stage", "dev")
        self.assertEqual(self.aws.keys("harbor"), kept)

    def test_a_service_whose_prefix_has_changed_can_be_removed(self):
        self.write("first")
        self.run_program("deploy")
        self.write("first", ", deploymentPrefix: other")
        self.run_program("remove")
        self.assertIsNone(self.aws.stack(STACK))
        self.assertEqual(self.aws.buckets(), [])

    # ------------------------------------------------------------------ errors and variables

    def test_slips_are_errors_with_remedies(self):
        self.write("first")
        self.run_program("deploy")
        cases = [
            (("rollback", "-t", "yesterday"), {}, 64, "yesterday"),
            (("deploy", "--package", "missing"), {}, 1, "missing"),
            (("remove",), {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, 1, "credentials"),
        ]
        for arguments, environment, status, word in cases:
            with self.subTest(arguments):
                result = self.run_program(*arguments, status=status, **environment)
                self.assertIn(word, result.errors)
                self.assertIn("help: ", result.errors)
                self.assertNotIn("    at ", result.text)
        self.assertIsNotNone(self.aws.stack(STACK))

    def test_a_missing_bucket_is_a_missing_value(self):
        self.write("first", ", environment: {HARBOR: \"${s3:no-such-bucket/key, 'fallback'}\"}")
        shown = self.run_program("print", "--path", "provider.environment.HARBOR", "--format", "text").output
        self.assertEqual(shown.strip(), "fallback")


if __name__ == "__main__":
    unittest.main()
