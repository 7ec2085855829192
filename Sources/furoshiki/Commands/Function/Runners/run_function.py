"""Calls a handler once, as Lambda does: {"event", "context", "paths"} on stdin, the result on stdout.

Where "isResultAlone" is true, what the handler prints goes to stderr instead. The exit status is 2 if the handler fails,
and 1 when the time of the function is over.
"""
import decimal
import faulthandler
import importlib
import json
import logging
import os
import sys
import time
import traceback
import uuid


class Context:
    function_version = "$LATEST"
    identity = None
    client_context = None

    def __init__(self, values):
        self.timeout = values.pop("timeout", 6)
        self._end = time.monotonic() + self.timeout
        self.name = self.function_name = values.pop("functionName", "")
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


def text(value):
    return json.dumps(value, default=plain, indent=4, ensure_ascii=False)


def limit_time(seconds):
    """Ends the process after some time with status 1, and shows on stderr where the handler is.

    A thread outside Python does this, so that neither the handler nor a long call into C can prevent it. With a debugger,
    the handler can take as long as the user likes.
    """
    if not sys.gettrace() and "pydevd" not in sys.modules:
        faulthandler.dump_traceback_later(seconds, exit=True)


def main():
    given = json.loads(sys.stdin.buffer.read())
    for stream in (sys.stdout, sys.stderr):
        # Escape characters that UTF-8 cannot encode, in a form that is valid in JSON.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    output = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    if given["isResultAlone"]:
        os.dup2(2, 1)
    sys.path[:0] = given["paths"]
    logging.basicConfig()
    try:
        module, _, name = sys.argv[1].rpartition(".")
        handler = getattr(importlib.import_module(module.replace("/", ".")), name)
        context = Context(given["context"])
        limit_time(context.timeout)
        result = text(handler(given["event"], context))
        faulthandler.cancel_dump_traceback_later()
    except Exception as error:
        # Omit our own calls and those of the import system, which are not related to the error of the handler.
        trace = [one for one in traceback.extract_tb(error.__traceback__)[1:] if "importlib" not in one.filename]
        failure = {
            "errorMessage": str(error),
            "errorType": type(error).__name__,
            "stackTrace": traceback.format_list(trace),
        }
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.flush()
        print(text(failure), file=output, flush=True)
        sys.exit(2)
    sys.stdout.flush()
    print(result, file=output, flush=True)


main()
