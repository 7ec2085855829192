"""Breaks each call of a deployment in each way, and kills the program at each call.

A call that fails for a moment is sent again, and the command succeeds. Otherwise the error names the call and its reason.
After that, the next deployment succeeds, and AWS and the output directory hold nothing partial.

`FUROSHIKI_TEST_FAILURES` says how many cases run: a number, or `all`. By default it is a sample.
"""
import collections
import concurrent.futures
import os
import random
import shutil
import signal
import unittest

from harness import Simulation, Workplace, digest, inconsistencies, package_problems
from proxy import KILLS, TRANSIENT, Proxy

STACK = "lantern-dev"
#: Short enough that a call that hangs does not hold the test up, and long enough for calls on a busy machine.
TIMEOUT = {"AWS_CLIENT_TIMEOUT": "6000"}
PERSISTENT = ("500", "reset before", "throttled", "denied")
#: Calls without which a deployment or a removal is still possible; the service has no images, so no repository either.
OPTIONAL = {"GetTemplate", "GetFunction", "ListMultipartUploads", "DeleteRepository"}
REASONS = {
    "500": ("internal error", "InternalFailure", "InternalError", "500", "503"),
    # The response to a HEAD request has no body, and so only a status.
    "throttled": ("Rate exceeded", "SlowDown", "status 503"),
    "denied": ("not authorized", "AccessDenied"), "reset before": ("receiving data", "without a response", "returned nothing", "sending data"),
}


def write_service(workplace, greeting):
    workplace.write(
        serverless_yml=f"""
            service: lantern
            provider:
              name: aws
              runtime: nodejs20.x
              stackTags: {{team: blue}}
              tracing: {{apiGateway: true}}
              environment: {{GREETING: {greeting}}}
            package: {{individually: true}}
            functions:
              hello:
                handler: hello.run
                events: [{{http: GET /hello}}]
              other: {{handler: other.run}}
            """,
        hello_js=f"exports.run = async () => '{greeting}'\n",
        other_js="exports.run = async () => 2\n",
    )


class FailureTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.empty = cls.enterClassContext(Simulation())
        cls.base = cls.enterClassContext(Workplace())
        write_service(cls.base, "hello")
        cls.deployed = cls.enterClassContext(cls.empty.copy())
        run = cls.base.run(cls.deployed.port, "deploy")
        assert run.status == 0, run
        cls.operations = {}
        cls.counts = {}
        for phase in ("first", "update", "remove"):
            with cls.prepared(phase) as (aws, workplace), Proxy(aws.port) as proxy:
                run = workplace.run(proxy.port, cls.command(phase))
                assert run.status == 0, run
                cls.counts[phase] = len(proxy.calls)
                cls.operations[phase] = sorted({(call.service, call.operation) for call in proxy.calls})

    @staticmethod
    def command(phase):
        return "remove" if phase == "remove" else "deploy"

    @classmethod
    def prepared(cls, phase):
        return Prepared(cls, phase)

    # ------------------------------------------------------------------ the cases

    def test_every_call_can_fail_for_a_moment_and_the_program_can_be_killed_at_every_call(self):
        cases = [
            (phase, number, kind)
            for phase, count in self.counts.items() for number in range(1, count + 1) for kind in TRANSIENT + KILLS
        ]
        self.run_cases(cases, self.broken_once, sample=24)

    def test_a_call_that_fails_for_good_is_named_with_its_reason(self):
        cases = [
            (phase, operation, kind)
            for phase, operations in self.operations.items() for operation in operations for kind in PERSISTENT
        ]
        self.run_cases(cases, self.broken_for_good, sample=8)

    def run_cases(self, cases, run, sample):
        wanted = os.environ.get("FUROSHIKI_TEST_FAILURES", str(sample))
        chosen = cases if wanted == "all" else random.Random(7).sample(cases, min(int(wanted), len(cases)))
        self.assertGreater(len(chosen), 5)
        counts = collections.Counter()
        with concurrent.futures.ThreadPoolExecutor(max_workers=int(os.environ.get("FUROSHIKI_TEST_WORKERS", "2"))) as pool:
            for case, problems in zip(chosen, pool.map(lambda case: self.guarded(run, case), chosen)):
                counts[case[0], case[2], "failed" if problems else "passed"] += 1
                with self.subTest(case=case):
                    self.assertEqual(problems, [])
        if wanted == "all":
            for key, count in sorted(counts.items()):
                print(*key, count)

    @staticmethod
    def guarded(run, case):
        try:
            return run(*case)
        except Exception as error:
            return [repr(error)]

    def broken_once(self, phase, number, kind):
        with self.prepared(phase) as (aws, workplace), Proxy(aws.port) as proxy:
            proxy.broken = {number: kind}
            process = workplace.start(proxy.port, self.command(phase), **(TIMEOUT if kind == "hang" else {}))
            proxy.kill = lambda: os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate(timeout=120)
            call = next((c for c in proxy.calls if c.number == number), None)
            if call is None:
                # Fewer calls than in the first run, such as one poll less.
                return []
            problems = []
            if kind in KILLS:
                if process.returncode != -signal.SIGKILL:
                    problems.append(f"the program was not killed: {process.returncode}")
            elif process.returncode != 0:
                problems.append(f"{call} is not sent again: {output}{errors}")
            elif phase == "remove":
                problems += self.left(aws)
            else:
                problems += inconsistencies(aws, STACK)
            return [f"{call}: {p}" for p in problems + self.next_deployment(aws, workplace)]

    def broken_for_good(self, phase, operation, kind):
        service, name = operation
        with self.prepared(phase) as (aws, workplace), Proxy(aws.port) as proxy:
            proxy.rule = lambda call: kind if (call.service, call.operation) == operation else None
            run = workplace.run(proxy.port, self.command(phase), AWS_MAX_ATTEMPTS="2")
            problems = []
            if run.status == 0:
                if name not in OPTIONAL:
                    problems.append(f"the command succeeds without {name}")
            elif name not in run.errors or not any(reason in run.errors for reason in REASONS[kind]):
                problems.append(f"the error does not name the call and its reason: {run.errors}")
            return problems + self.next_deployment(aws, workplace)

    # ------------------------------------------------------------------ afterwards

    @staticmethod
    def left(aws):
        found = [f"the bucket {name} is left" for name in aws.buckets()]
        if aws.stack(STACK):
            found.append("the stack is left")
        return found

    @staticmethod
    def next_deployment(aws, workplace):
        run = workplace.run(aws.port, "deploy")
        if run.status != 0:
            return [f"the next deployment fails: {run}"]
        found = inconsistencies(aws, STACK) + package_problems(workplace.service)
        for key in ("hello", "other"):
            function = aws.client("lambda").get_function(FunctionName=f"{STACK}-{key}")["Configuration"]
            if function["CodeSha256"] != digest(workplace.service / ".serverless" / f"{key}.zip"):
                found.append(f"the function {key} has other code than the package")
        stage = aws.client("apigateway").get_stage(
            restApiId=aws.resources(STACK)["ApiGatewayRestApi"]["PhysicalResourceId"], stageName="dev"
        )
        if not stage.get("tracingEnabled") or stage.get("tags", {}).get("team") != "blue":
            found.append(f"the stage lacks its settings: {stage}")
        found += [f"{path.name} is left in the directory for temporary files" for path in workplace.temporary.iterdir()]
        return found


class Prepared:
    """A copy of AWS and of the service for one case."""

    def __init__(self, tests, phase):
        self.aws = (tests.empty if phase == "first" else tests.deployed).copy()
        self.workplace = Workplace()
        shutil.rmtree(self.workplace.service)
        shutil.copytree(tests.base.service, self.workplace.service)
        if phase == "first":
            shutil.rmtree(self.workplace.service / ".serverless")
        if phase == "update":
            write_service(self.workplace, "good evening")

    def __enter__(self):
        return self.aws, self.workplace

    def __exit__(self, *_):
        self.aws.__exit__()
        self.workplace.__exit__()


if __name__ == "__main__":
    unittest.main()
