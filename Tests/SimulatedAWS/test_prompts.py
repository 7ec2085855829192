"""The code of a device for multi-factor authentication, which a user types on the terminal."""
import os
import pty
import unittest
import urllib.parse

from harness import PROGRAM, Simulation, Workplace
from proxy import Proxy


class PromptTests(unittest.TestCase):
    def setUp(self):
        self.aws = self.enterContext(self.enterContext(Simulation()).copy())
        self.proxy = self.enterContext(Proxy(self.aws.port))
        self.work = self.enterContext(Workplace())
        self.work.write(
            serverless_yml="service: keys\nprovider: {name: aws, runtime: nodejs20.x}\nfunctions: {a: {handler: a.run}}\n"
        )
        (self.work.home / ".aws").mkdir()
        (self.work.home / ".aws" / "config").write_text(
            "[profile base]\naws_access_key_id = testing\naws_secret_access_key = testing\n"
            "[profile guarded]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\n"
            "mfa_serial = arn:aws:iam::123456789012:mfa/ada\n"
        )

    def test_the_code_is_asked_for_and_sent(self):
        environment = {
            **self.work.environment, "AWS_ENDPOINT_URL": self.proxy.endpoint, "TERM": "xterm", "AWS_REGION": "us-east-1",
        }
        process, own = pty.fork()
        if process == 0:
            os.chdir(self.work.service)
            os.execve(PROGRAM, [PROGRAM, "info", "--aws-profile", "guarded"], environment)
        shown = b""
        while b"mfa/ada':" not in shown:
            shown += os.read(own, 1024)
        os.write(own, b"123456\n")
        try:
            while chunk := os.read(own, 1024):
                shown += chunk
        except OSError:
            pass  # The program has ended.
        os.waitpid(process, 0)
        os.close(own)
        forms = [dict(urllib.parse.parse_qsl(c.body.decode())) for c in self.proxy.calls if c.operation == "AssumeRole"]
        self.assertEqual([form["TokenCode"] for form in forms], ["123456"], shown)
        self.assertEqual(forms[0]["SerialNumber"], "arn:aws:iam::123456789012:mfa/ada")
        self.assertIn(b"does not exist", shown)

    def test_without_a_terminal_the_error_names_the_device(self):
        result = self.work.run(self.proxy.port, "info", "--aws-profile", "guarded")
        self.assertEqual(result.status, 1)
        self.assertIn("mfa/ada", result.errors)
        self.assertEqual(self.proxy.calls, [])


if __name__ == "__main__":
    unittest.main()
