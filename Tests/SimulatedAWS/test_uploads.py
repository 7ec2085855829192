"""Uploads in parts that fail, and those whose last response is lost."""
import os
import unittest
import zipfile

import validity
from harness import Simulation, Workplace, inconsistencies
from proxy import Proxy

STACK = "freight-dev"


class UploadTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulation = cls.enterClassContext(Simulation())
        cls.work = cls.enterClassContext(Workplace())
        cls.work.write(
            serverless_yml="""
                service: freight
                provider: {name: aws, runtime: python3.12}
                functions:
                  load: {handler: load.run, package: {artifact: load.zip}}
                """,
        )
        with zipfile.ZipFile(cls.work.service / "load.zip", "w") as archive:
            archive.writestr("load.py", "def run(event, context):\n    return 1\n")
            archive.writestr("cargo.bin", os.urandom(20 << 20))

    def deploy(self, aws, rule, status, **environment):
        with Proxy(aws.port) as proxy:
            proxy.rule = rule
            result = self.work.run(proxy.port, "deploy", **environment)
            self.assertEqual(result.status, status, result)
            self.assertEqual([problem for call in proxy.calls for problem in validity.problems(call)], [])
            return result, proxy.names()

    def left(self, aws):
        bucket = aws.resources(STACK)["ServerlessDeploymentBucket"]["PhysicalResourceId"]
        return aws.client("s3").list_multipart_uploads(Bucket=bucket).get("Uploads", [])

    def test_parts_of_an_upload_that_fails_are_removed(self):
        for operation in ("UploadPart", "CompleteMultipartUpload"):
            with self.subTest(operation), self.simulation.copy() as aws:
                result, names = self.deploy(
                    aws, lambda call: "500" if call.operation == operation else None, 1, AWS_MAX_ATTEMPTS="2"
                )
                self.assertIn(operation, result.errors)
                self.assertIn("AbortMultipartUpload", names)
                self.assertEqual(self.left(aws), [])
                self.deploy(aws, None, 0)
                self.assertEqual(inconsistencies(aws, STACK), [])

    def test_each_call_of_an_upload_in_parts_can_fail_for_a_moment(self):
        for operation in ("UploadPart", "CompleteMultipartUpload"):
            for kind in ("reset before", "reset after", "torn", "throttled"):
                broken = []

                def rule(call):
                    if call.operation == operation and not broken:
                        broken.append(call)
                        return kind

                with self.subTest(operation=operation, kind=kind), self.simulation.copy() as aws:
                    _, names = self.deploy(aws, rule, 0)
                    self.assertEqual(len(broken), 1)
                    self.assertNotIn("AbortMultipartUpload", names)
                    self.assertEqual(inconsistencies(aws, STACK), [])


if __name__ == "__main__":
    unittest.main()
