"""Runs the life-cycle scenarios with the built program against a mock of AWS, and compares what AWS then holds.

`scenarios` has services and commands, `recordings` what Serverless 3.38.0 did with each. `run_deploys.py` compares them.
"""
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / ".build" / "debug" / "furoshiki"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class DeploymentTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = f"http://127.0.0.1:{free_port()}"
        cls.server = subprocess.Popen(
            [sys.executable, HERE / "moto_server.py", "-p", cls.endpoint.rsplit(":", 1)[1]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while cls.server.poll() is None:
            try:
                urllib.request.urlopen(cls.endpoint + "/moto-api/", timeout=3600).read()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the mock of AWS does not start")

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()

    def test_scenarios(self):
        self.assertTrue(PROGRAM.exists(), f"{PROGRAM} is not built")
        names = sorted(path.name for path in (HERE / "scenarios").iterdir())
        self.assertGreater(len(names), 20)
        for name in names:
            with self.subTest(name), tempfile.TemporaryDirectory() as results:
                run = subprocess.run(
                    [
                        sys.executable, HERE / "run_deploys.py", PROGRAM, HERE / "scenarios", results,
                        "--judge", HERE / "recordings", "--endpoint", self.endpoint, "--only", f"={name}",
                    ],
                    capture_output=True,
                    text=True,
                )
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main()
