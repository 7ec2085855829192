"""Calls a handler once, as Lambda does: {"event", "context", "paths"} on stdin, the result on stdout."""
import decimal
import importlib
import json
import logging
import sys
import time
import traceback
import uuid


class Context:
    function_version = "$LATEST"
    identity = None
    client_context = None

    def __init__(self, values):
        self._end = time.monotonic() + values.pop("timeout", 6)
        self.function_name = values.pop("functionName", "")
        self.memory_limit_in_mb = str(values.pop("memory", 1024))
        self.invoked_function_arn = values.pop("arn", "")
        self.aws_request_id = str(uuid.uuid4())
        self.log_group_name = "/aws/lambda/" + self.function_name
        self.log_stream_name = time.strftime("%Y/%m/%d") + "/[$LATEST]" + uuid.uuid4().hex
        for name, value in values.items():
            setattr(self, name, value)

    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.monotonic()) * 1000))


def plain(value):
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def main():
    given = json.load(sys.stdin)
    sys.path[:0] = given["paths"]
    logging.basicConfig()
    try:
        module, _, name = sys.argv[1].rpartition(".")
        handler = getattr(importlib.import_module(module.replace("/", ".")), name)
        result = json.dumps(handler(given["event"], Context(given["context"])), default=plain, indent=4)
    except Exception as error:
        trace = traceback.extract_tb(error.__traceback__)[1:]
        fault = {
            "errorMessage": str(error),
            "errorType": type(error).__name__,
            "stackTrace": traceback.format_list(trace),
        }
        sys.stdout.flush()
        print(json.dumps(fault, indent=4))
        sys.exit(1)
    sys.stdout.flush()
    print(result)


main()
