#!/usr/bin/env python3
"""A simulation of AWS in a process of its own that can be copied with everything it holds.

It is moto as `Tests/RecordedDeployments/moto_server.py` changes it. Besides, it can take its time:

    POST /simulation/copy                 a copy of the process, on a port of its own: {"port": …, "process": …}
    POST /simulation/settings {…}         changeSetPolls: how often a change set is still being created
                                          stackSeconds: how long an operation on a stack takes
                                          functionPolls: how often an updated function is still in progress

A copy is a fork, so hundreds of tests start from a deployed service without deploying it.
"""
import ctypes
import json
import os
import pathlib
import queue
import signal
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "RecordedDeployments"))

import moto_server
from moto.awslambda.models import LambdaFunction
from moto.backends import get_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

settings = {"changeSetPolls": 0, "stackSeconds": 0, "functionPolls": 0}


# ------------------------------------------------------------------ operations that take time

apply = moto_server.apply


def token_of(backend):
    request = getattr(backend, "_request", None)
    return request._get_param("ClientRequestToken") if request is not None else None


def apply_later(backend, stack, template, parameters, tags, role, verb, *rest, **options):
    token = token_of(backend)
    first = len(stack.events)

    def run():
        apply(backend, stack, template, parameters, tags, role, verb, *rest, **options)
        for event in stack.events[first:]:
            event.client_request_token = token

    if not settings["stackSeconds"]:
        run()
        return
    moto_server.stack_event(stack, f"{verb}_IN_PROGRESS", "User Initiated")
    stack.events[-1].client_request_token = token
    threading.Timer(settings["stackSeconds"], run).start()


moto_server.apply = apply_later

Backend = moto_server.Backend
create_change_set, describe_change_set = Backend.create_change_set, Backend.describe_change_set
execute_change_set = Backend.execute_change_set


def create_slowly(self, *arguments, **options):
    result = create_change_set(self, *arguments, **options)
    self.change_sets[result[0]].polls = settings["changeSetPolls"]
    return result


def describe_slowly(self, *arguments, **options):
    change_set = describe_change_set(self, *arguments, **options)
    left = getattr(change_set, "polls", 0)
    if left == 0:
        return change_set
    change_set.polls = left - 1
    import copy
    shown = copy.copy(change_set)
    shown.status, shown.status_reason, shown.execution_status = "CREATE_IN_PROGRESS", None, "UNAVAILABLE"
    return shown


def execute_and_discard_others(self, *arguments, **options):
    """As in AWS, the other change sets of the stack are deleted, because they were made for its previous state."""
    names = {"change_set_name", "stack_name"}
    key = moto_server.mine(self, *arguments[:2], **{k: v for k, v in options.items() if k in names})
    stack = self.change_sets[key].stack_id if key else None
    if key and (live := moto_server.live(self, stack)) and live.status.endswith("_IN_PROGRESS") \
            and live.status != "REVIEW_IN_PROGRESS":
        raise moto_server.refused(f"Stack:{stack} is in {live.status} state and can not be updated.")
    result = execute_change_set(self, *arguments, **options)
    for other in [k for k, c in self.change_sets.items() if c.stack_id == stack]:
        del self.change_sets[other]
    return result


Backend.create_change_set, Backend.describe_change_set = create_slowly, describe_slowly
Backend.execute_change_set = execute_and_discard_others


def updating(name):
    original = getattr(LambdaFunction, name)

    def method(self, *arguments, **options):
        result = original(self, *arguments, **options)
        self.polls = settings["functionPolls"]
        return result

    setattr(LambdaFunction, name, method)


updating("update_configuration")
updating("update_function_code")
configuration = LambdaFunction.get_configuration


def configuration_with_status(self, *arguments, **options):
    result = configuration(self, *arguments, **options)
    left = getattr(self, "polls", 0)
    self.polls = max(0, left - 1)
    return {**result, "LastUpdateStatus": "InProgress" if left else "Successful"}


LambdaFunction.get_configuration = configuration_with_status


# ------------------------------------------------------------------ the process

class Quiet(WSGIRequestHandler):
    def log_request(self, *arguments, **options):
        pass


def end_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Simulation:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.copies = queue.Queue()

    def __call__(self, environment, respond):
        path = environment.get("PATH_INFO", "")
        if not path.startswith("/simulation/"):
            return self.moto(environment, respond)
        body = environment["wsgi.input"].read(int(environment.get("CONTENT_LENGTH") or 0))
        if path == "/simulation/settings":
            settings.update(json.loads(body))
            answer = settings
        else:
            reply = queue.Queue()
            self.copies.put(reply)
            answer = reply.get()
        respond("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def serve(self, ready):
        server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Quiet)
        server.timeout = 0.01
        ready(server.server_port)
        while True:
            server.handle_request()
            while not self.copies.empty():
                reply = self.copies.get()
                reading, writing = os.pipe()
                process = os.fork()
                if process == 0:
                    end_with_parent()
                    os.close(reading)
                    server.socket.close()
                    self.copies = queue.Queue()

                    def tell(port):
                        os.write(writing, str(port).encode())
                        os.close(writing)

                    self.serve(tell)
                os.close(writing)
                reply.put({"port": int(os.read(reading, 16)), "process": process})
                os.close(reading)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    end_with_parent()
    # Loads the services before the first copy, which would load them again otherwise.
    for service in ("apigateway", "apigatewayv2", "awslambda", "cloudformation", "cloudwatch", "events", "iam", "logs",
                    "s3", "secretsmanager", "sqs", "ssm", "sts"):
        get_backend("lambda" if service == "awslambda" else service)
    Simulation().serve(lambda port: print(port, flush=True))
