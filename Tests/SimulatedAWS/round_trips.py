"""Measures deployments through a proxy that delays each answer, and counts the calls that had to wait for one another."""
import dataclasses
import re
import resource
import time

import calls
from harness import Workplace
from proxy import Proxy


@dataclasses.dataclass
class Measurement:
    """A deployment: calls, rounds of calls one after another, uploads, times in seconds."""

    name: str
    calls: int
    rounds: int
    artifacts: int
    has_changed_stack: bool
    seconds: float
    own_seconds: float
    output: str


def write_service(workplace, count, changed=None):
    """A service of Python functions that are packaged individually."""
    functions = "".join(
        f"  f{n}:\n    handler: f{n}.run\n    package: {{patterns: ['!**', 'f{n}.py']}}\n" for n in range(count)
    )
    (workplace.service / "serverless.yml").write_text(
        "service: fleet\nprovider: {name: aws, runtime: python3.12}\npackage: {individually: true}\nfunctions:\n" + functions
    )
    for n in range(count):
        word = "changed" if n == changed else "first"
        (workplace.service / f"f{n}.py").write_text(f"def run(event, context):\n    return '{word}'\n")


def measured(name, workplace, port, *, delay=0.0):
    """Deploys a service through a proxy."""
    with Proxy(port, delay=delay) as proxy:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        run = workplace.run(proxy.port, "deploy")
        seconds = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run.status == 0, run
        names = proxy.names()
        uploaded = [c for c in proxy.calls if c.operation in ("PutObject", "CreateMultipartUpload")]
        return Measurement(
            name=name, calls=len(names), rounds=calls.rounds(proxy.calls),
            artifacts=sum(bool(re.search(r"\.zip(\?|$)", call.target)) for call in uploaded),
            has_changed_stack=bool({"CreateChangeSet", "UpdateStack", "CreateStack"} & set(names)),
            seconds=seconds,
            own_seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            output=run.text,
        )


def measure(simulation, *, functions=20, delay=0.04):
    """A first deployment, one without changes, and one with a changed file."""
    with simulation.copy() as aws, Workplace() as work:
        write_service(work, functions)
        yield measured("first deployment", work, aws.port, delay=delay)
        yield measured("nothing changed", work, aws.port, delay=delay)
        write_service(work, functions, changed=3)
        yield measured("one file changed", work, aws.port, delay=delay)
