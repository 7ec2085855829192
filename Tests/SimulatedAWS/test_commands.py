"""Commands for the day after the deployment: invoke, logs, metrics; and waiting, and calls that a policy forbids."""
import base64
import datetime
import json
import signal
import threading
import time
import unittest

import calls
import validity
from harness import Simulation, Workplace, inconsistencies
from proxy import Proxy

STACK = "diary-dev"


class CommandTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.empty = cls.enterClassContext(Simulation())
        cls.work = cls.enterClassContext(Workplace())
        cls.work.write(
            serverless_yml="""
                service: diary
                provider: {name: aws, runtime: nodejs20.x}
                functions:
                  hello: {handler: hello.run}
                  other: {handler: hello.run}
                """,
            hello_js="exports.run = async () => 1\n",
        )
        cls.deployed = cls.enterClassContext(cls.empty.copy())
        run = cls.work.run(cls.deployed.port, "deploy")
        assert run.status == 0, run

    def setUp(self):
        self.aws = self.enterContext(self.deployed.copy())
        self.proxy = self.enterContext(Proxy(self.aws.port))
        self.addCleanup(self.check_calls)

    def check_calls(self):
        self.assertEqual([problem for call in self.proxy.calls for problem in validity.problems(call)], [])

    def run_program(self, *arguments, status=0, feed=None):
        result = self.work.run(self.proxy.port, *arguments, feed=feed)
        self.assertEqual(result.status, status, result)
        return result

    def last(self, operation):
        return next(call for call in reversed(self.proxy.calls) if call.operation == operation)

    # ------------------------------------------------------------------ invoke

    def answer_invocations(self, payload, *, error=None, log=None):
        """Answers calls of `Invoke` in place of the simulation, which runs no functions."""
        forward = self.proxy.forward

        def answer(call):
            if call.operation != "Invoke":
                return forward(call)
            fields = [("X-Amz-Executed-Version", "$LATEST")]
            if error:
                fields.append(("X-Amz-Function-Error", error))
            if log and calls.header(call, "X-Amz-Log-Type") == "Tail":
                fields.append(("X-Amz-Log-Result", base64.b64encode(log.encode()).decode()))
            kind = calls.header(call, "X-Amz-Invocation-Type")
            status = {"RequestResponse": 200, "Event": 202, "DryRun": 204}[kind]
            return status, fields, payload if status == 200 else b""

        self.proxy.forward = answer

    def test_invoke_shows_the_result_and_passes_data_context_and_version_on(self):
        self.answer_invocations(b'{"answer": 42}')
        result = self.run_program(
            "invoke", "-f", "hello", "--data", '{"q": 1}', "--context", '{"user": "ada"}', "--qualifier", "1"
        )
        self.assertEqual(json.loads(result.output), {"answer": 42})
        call = self.last("Invoke")
        self.assertEqual(json.loads(call.body), {"q": 1})
        self.assertEqual(call.target, f"/2015-03-31/functions/{STACK}-hello/invocations?Qualifier=1")
        context = json.loads(base64.b64decode(calls.header(call, "X-Amz-Client-Context")))
        self.assertEqual(context, {"user": "ada"})

    def test_invoke_takes_the_event_from_a_file_and_from_standard_input(self):
        self.answer_invocations(b"null")
        self.work.write(event_yml="boat: sloop\n")
        self.run_program("invoke", "-f", "hello", "--path", "event.yml")
        self.assertEqual(json.loads(self.last("Invoke").body), {"boat": "sloop"})
        self.run_program("invoke", "-f", "hello", feed='{"boat": "ketch"}')
        self.assertEqual(json.loads(self.last("Invoke").body), {"boat": "ketch"})

    def test_invoke_shows_the_log_and_fails_when_the_function_failed(self):
        log = "START RequestId: 7e5f Version: $LATEST\n2026-01-02T03:04:05.678Z\t7e5f\tERROR\toverboard\n"
        self.answer_invocations(b'{"errorMessage": "overboard"}', error="Unhandled", log=log)
        result = self.run_program("invoke", "-f", "hello", "--log", status=1)
        self.assertIn("overboard", result.output)
        self.assertIn('"errorMessage": "overboard"', result.output)
        self.assertIn("'hello' failed", result.errors)

    def test_invoke_without_waiting_and_as_a_trial(self):
        self.answer_invocations(b"")
        for kind in ("Event", "DryRun"):
            self.assertEqual(self.run_program("invoke", "-f", "hello", "--type", kind).output, "")
            self.assertEqual(calls.header(self.last("Invoke"), "X-Amz-Invocation-Type"), kind)

    def test_a_function_that_may_have_run_is_not_run_again(self):
        self.answer_invocations(b"1")
        self.proxy.rule = lambda call: "reset after" if call.operation == "Invoke" else None
        result = self.run_program("invoke", "-f", "hello", status=1)
        self.assertEqual(self.proxy.names().count("Invoke"), 1)
        self.assertIn("lambda:InvokeFunction" if "lambda:InvokeFunction" in result.errors else "lambda:Invoke", result.errors)

    def test_a_function_that_is_not_deployed(self):
        self.aws.client("lambda").delete_function(FunctionName=f"{STACK}-hello")
        # The simulation invokes functions that do not exist.
        missing = json.dumps({"Type": "User", "Message": "Function not found: hello"}).encode()
        forward = self.proxy.forward
        self.proxy.forward = lambda call: forward(call) if call.operation != "Invoke" else (
            404, [("x-amzn-ErrorType", "ResourceNotFoundException")], missing
        )
        for command in (["invoke", "-f", "hello"], ["deploy", "function", "-f", "hello"], ["deploy", "list", "functions"]):
            self.assertIn("is not deployed", self.run_program(*command, status=1).errors)

    # ------------------------------------------------------------------ logs

    def write_log(self, key, *messages, stream="2026/01/02/[$LATEST]aa", age=1):
        logs, group = self.aws.client("logs"), f"/aws/lambda/{STACK}-{key}"
        try:
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
        except logs.exceptions.ResourceAlreadyExistsException:
            pass
        now = int(time.time() * 1000) - age * 1000
        events = [{"timestamp": now + n, "message": message} for n, message in enumerate(messages)]
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)

    def test_logs_of_several_functions_in_order_with_their_names(self):
        self.write_log("hello", "first", age=9)
        self.write_log("other", "second", age=8)
        self.write_log("hello", "third", stream="2026/01/02/[$LATEST]bb", age=7)
        result = self.run_program("logs", "-f", "hello", "-f", "other")
        self.assertEqual(result.output.splitlines(), ["hello first", "other second", "hello third"])
        filtered = self.run_program("logs", "-f", "hello", "--filter", "third")
        self.assertEqual(filtered.output.splitlines(), ["third"])

    def test_logs_of_a_function_that_never_ran(self):
        self.assertIn("has not written to its log yet", self.run_program("logs", "-f", "hello", status=1).errors)
        self.aws.client("logs").delete_log_group(logGroupName=f"/aws/lambda/{STACK}-hello")
        self.assertIn("there is no log group", self.run_program("logs", "-f", "hello", status=1).errors)

    def test_tailing_shows_new_lines_once_until_it_is_interrupted(self):
        self.write_log("hello", "one")
        process = self.work.start(self.proxy.port, "logs", "-f", "hello", "--tail", "--interval", "100")
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(iter(process.stdout.readline, "")), daemon=True)
        reader.start()
        self.wait_for(lambda: len(lines) == 1)
        self.write_log("hello", "two", "three", age=0)
        self.wait_for(lambda: len(lines) == 3)
        polls = self.proxy.names().count("FilterLogEvents")
        self.wait_for(lambda: self.proxy.names().count("FilterLogEvents") > polls + 3)
        process.send_signal(signal.SIGINT)
        reader.join(60)
        self.assertEqual([line.strip() for line in lines], ["one", "two", "three"])
        self.assertEqual(process.wait(60), 130)
        process.stdout.close()
        process.stderr.close()

    def wait_for(self, condition):
        for _ in range(3000):
            if condition():
                return
            time.sleep(0.02)
        self.fail("it does not happen")

    # ------------------------------------------------------------------ metrics

    def test_metrics_are_added_up(self):
        now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=2)
        for key, metric, value, unit in (
            ("hello", "Invocations", 3, "Count"), ("other", "Invocations", 4, "Count"),
            ("hello", "Errors", 1, "Count"), ("hello", "Duration", 10, "Milliseconds"),
            ("other", "Duration", 30, "Milliseconds"),
        ):
            self.aws.client("cloudwatch").put_metric_data(Namespace="AWS/Lambda", MetricData=[{
                "MetricName": metric, "Value": value, "Unit": unit, "Timestamp": now,
                "Dimensions": [{"Name": "FunctionName", "Value": f"{STACK}-{key}"}],
            }])
        found = json.loads(self.run_program("metrics", "--json").output)
        self.assertEqual(
            found, {"invocations": 7, "throttles": 0, "errors": 1, "averageDurationMilliseconds": 20}
        )
        shown = self.run_program("metrics", "-f", "hello").output
        self.assertIn("invocations: 3", shown)
        self.assertIn("duration (avg.): 10ms", shown)
        early = self.run_program("metrics", "--startTime", "30m").output
        self.assertIn("invocations: 0", early)

    # ------------------------------------------------------------------ waiting

    def test_a_change_set_and_a_stack_that_take_their_time(self):
        self.aws.set(changeSetPolls=3, stackSeconds=0.5)
        self.work.write(hello_js="exports.run = async () => 'changed'\n")
        self.run_program("deploy", "--verbose")
        names = self.proxy.names()
        self.assertGreaterEqual(names.count("DescribeChangeSet"), 4)
        self.assertEqual(names.count("ExecuteChangeSet"), 1)
        self.assertEqual(inconsistencies(self.aws, STACK), [])

    def test_a_function_that_takes_its_time(self):
        self.aws.set(functionPolls=4)
        self.work.write(hello_js="exports.run = async () => 'changed again'\n")
        self.run_program("deploy", "function", "-f", "hello")
        self.assertGreaterEqual(self.proxy.names().count("GetFunction"), 5)

    # ------------------------------------------------------------------ policies

    def test_a_call_that_a_policy_forbids_is_named_with_its_remedy(self):
        self.write_log("hello", "one")
        commands = {
            "DescribeStacks": ["info"], "ListStackResources": ["info"], "FilterLogEvents": ["logs", "-f", "hello"],
            "GetMetricStatistics": ["metrics"], "Invoke": ["invoke", "-f", "hello"],
            "GetFunction": ["deploy", "function", "-f", "hello"], "ListVersionsByFunction": ["deploy", "list", "functions"],
            "ListObjectsV2": ["deploy", "list"], "DeleteStack": ["remove"],
        }
        for operation, command in commands.items():
            with self.subTest(operation):
                self.proxy.rule = lambda call: "denied" if call.operation == operation else None
                result = self.run_program(*command, status=1)
                self.assertIn(operation, result.errors)
                self.assertRegex(result.errors, "not authorized|AccessDenied")
                self.assertIn("in the IAM policy of the user or role", result.errors)


if __name__ == "__main__":
    unittest.main()
