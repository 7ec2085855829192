#!/usr/bin/env python3
"""Runs recorded scenarios of local commands and compares their effects with those of Serverless 3.38.

usage: run.py PROGRAM [--only NAME,…] [--jobs N]

A scenario is a directory with these files:
  steps          one command a line: `STATE[/DIRECTORY]: [NAME=VALUE …] COMMAND [STDIN …] [=> FACT && FACT …]`.
                 `STDIN < TEXT` or `STDIN @FILE` is the standard input. A fact is a string that the output contains,
                 +GLOB or -GLOB for a path that must or must not exist afterwards (below the service, or with ~/ below
                 HOME). `rc=N` is for readers.
  1/, 2/ …       the states of the service: state N consists of the files of 1 to N, laid over each other
  home/          (optional) the initial content of HOME
  env            (optional) variables, one NAME=VALUE a line. <ONLY a b=c> is a PATH with node, basic tools, the program
                 a, and the program c under the name b.
  expected.json  for each step the command and what is expected of it:
                 succeeds, result, printed, error (invoke local), data (print), event, body (generate-event), profiles
                 (config credentials), service (create), mentions (--help), version; texts is false if the facts in
                 `steps` are not required, and holds has other ones. What is missing is not compared.

The expectations come from a recording of Serverless 3.38.0. Where it is wrong, they say what is right, and `note` why.
Commands need no AWS account. They need node, Python 3.8 to 3.13, and for the plugin's commands a package index.
"""
import argparse
import base64
import concurrent.futures
import configparser
import gzip
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent
BASIC_TOOLS = ("node", "sh", "bash", "env", "tty", "uname", "cat", "git")
REMOVED_VARIABLES = re.compile(
    r"(AWS_|SLS_|SERVERLESS_|NODE_(?!EXTRA)|PYTHON|VIRTUAL_ENV|LAMBDA_|FUROSHIKI_|(https?|no|all)_?proxy$|proxy$|CI$|LC_|LANG)",
    re.IGNORECASE,
)
STDIN = re.compile(r"\s+STDIN (?:< (.*)|@(\S+))$")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*=")
# The members below these are up to each example.
FREE_MEMBERS = {"headers", "multiValueHeaders", "additionalApplianceDetails", "userAttributes"}
NO_RESULT = {"no": "result"}


# MARK: Steps


class Step:
    """A line of `steps`."""

    def __init__(self, line, scenario):
        line, _, facts = line.partition(" => ")
        place, self.command = (part.strip() for part in line.split(":", 1))
        self.state, _, self.directory = place.partition("/")
        facts = re.sub(r"^rc=\d+\s*(&&\s*)?", "", facts)
        self.facts = [fact.strip() for fact in facts.split(" && ") if fact.strip()]
        stdin = STDIN.search(self.command)
        self.stdin = ""
        if stdin:
            self.stdin = stdin[1] if stdin[1] is not None else (scenario / stdin[2]).read_text()
        words = shlex.split(self.command[: stdin.start()] if stdin else self.command)
        self.variables = {}
        while words and VARIABLE.match(words[0]):
            name, value = words.pop(0).split("=", 1)
            self.variables[name] = value
        self.words = words

    @property
    def name(self):
        """The words before the first option."""
        options = [index for index, word in enumerate(self.words) if word.startswith("-")]
        return " ".join(self.words[: options[0]] if options else self.words)

    @property
    def is_help(self):
        return bool({"--help", "-h"} & set(self.words)) or self.words[:1] in ([], ["help"])

    def option(self, *names):
        for index, word in enumerate(self.words):
            for name in names:
                if word == name and index + 1 < len(self.words):
                    return self.words[index + 1]
                if word.startswith(name + "="):
                    return word[len(name) + 1 :]
        return None


def steps_of(scenario):
    lines = (line.strip() for line in (scenario / "steps").read_text().splitlines())
    return [Step(line, scenario) for line in lines if line and not line.startswith("#")]


# MARK: Running


class Sandbox:
    """A temporary service and home directory, in which the steps of a scenario run one after the other."""

    def __init__(self, scenario, directory):
        self.scenario = scenario
        self.directory = directory
        self.service = directory / "service"
        self.home = directory / "home"
        self.service.mkdir()
        (directory / "tmp").mkdir()
        if (scenario / "home").exists():
            shutil.copytree(scenario / "home", self.home)
        else:
            self.home.mkdir()
        self.state = None
        self.environment = {name: value for name, value in os.environ.items() if not REMOVED_VARIABLES.match(name)}
        self.environment.update(
            HOME=str(self.home),
            XDG_CACHE_HOME=str(self.home / ".cache"),
            TMPDIR=str(directory / "tmp"),
            TZ="UTC",
            CI="1",
            LANG="C.UTF-8",
            NO_COLOR="1",
            AWS_ENDPOINT_URL="http://127.0.0.1:9",
            AWS_ACCESS_KEY_ID="AKIAEXAMPLELOCAL0000",
            AWS_SECRET_ACCESS_KEY="exampleSecretOfTheShell",
            AWS_EC2_METADATA_DISABLED="true",
            DOCKER_HOST="unix:///nonexistent/docker.sock",
        )
        if (scenario / "env").exists():
            for line in (scenario / "env").read_text().splitlines():
                name, _, value = line.partition("=")
                self.environment[name] = self.value(value, "bin")

    def value(self, text, directory):
        """The value of a variable in `steps` or `env`."""
        text = text.replace("<HOME>", str(self.home)).replace("<SERVICE_DIR>", str(self.service))
        return re.sub(r"<ONLY ?(.*?)>", lambda match: self.path_with(match[1], self.directory / directory), text)

    @staticmethod
    def path_with(programs, directory):
        """Makes a directory with basic tools and the named programs, for PATH."""
        directory.mkdir(exist_ok=True)
        for word in [*BASIC_TOOLS, *programs.split()]:
            name, _, real = word.partition("=")
            found = shutil.which(real or name)
            if found and "/.pyenv/shims/" in found:
                which = subprocess.run(["pyenv", "which", real or name], capture_output=True, text=True)
                found = which.stdout.strip() or found
            if found:
                (directory / name).write_text(f'#!/bin/sh\nexec {shlex.quote(found)} "$@"\n')
                (directory / name).chmod(0o755)
        return str(directory)

    def enter(self, state):
        """Replaces the files of the service by those of a state, but keeps what commands made in .serverless."""
        if state == self.state:
            return
        self.state = state
        for path in self.service.iterdir():
            if path.name == ".serverless":
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        for number in range(1, int(state) + 1):
            layer = self.scenario / str(number)
            if layer.exists():
                shutil.copytree(layer, self.service, symlinks=True, dirs_exist_ok=True)

    def run(self, program, step, number):
        """Runs a step.

        Returns its exit status and its output.
        """
        self.enter(step.state)
        directory = self.service / step.directory
        if step.directory.startswith("new-"):
            directory.mkdir(parents=True, exist_ok=True)
        variables = {name: self.value(value, f"bin{number}") for name, value in step.variables.items()}
        process = subprocess.Popen(
            [*program, *step.words],
            cwd=directory if directory.exists() else self.service,
            env={**self.environment, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(step.stdin.encode(), timeout=3600)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return 124, "", "no end after 120 seconds"
        errors = re.sub(r"(?m)^.*(ExperimentalWarning|DeprecationWarning|--trace-(warnings|deprecation)).*\n", "", errors.decode())
        return process.returncode, output.decode(errors="replace"), errors

    def lacking(self, facts, output):
        """The facts that are not true."""

        def is_true(fact):
            if fact[0] in "+-" and len(fact) > 1 and not fact.startswith("--"):
                base, pattern = (self.home, fact[3:]) if fact[1:3] == "~/" else (self.service, fact[1:])
                return any(True for _ in base.glob(pattern)) == (fact[0] == "+")
            return contains(output, fact)

        return [fact for fact in facts if not is_true(fact)]


def contains(output, text):
    """Whether a string is in the output, wherever its lines break."""
    return text in output or "".join(text.split()) in "".join(output.split())


# MARK: What a step did


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2: no yes and no, no dates, no 1_000."""

    yaml_implicit_resolvers = {}


for tag, pattern in (
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("null", r"~|null|Null|NULL|"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+"),
    ("merge", "<<"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    ),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def result_of(output):
    """The JSON value that ends the output, and the other lines."""
    text = output.rstrip()
    value_start = re.compile(r"[\[{\"\-0-9tfnNI]")
    for match in re.finditer(r"(?m)^", text):
        if value_start.match(text[match.start() : match.start() + 1]):
            try:
                return json.loads(text[match.start() :]), text[: match.start()].splitlines()
            except ValueError:
                pass
    return NO_RESULT, text.splitlines()


def unpacked(value):
    """The result with a JSON body as data, as Serverless shows it."""
    if not isinstance(value, dict) or not isinstance(value.get("body"), str):
        return value
    headers = value.get("headers")
    if isinstance(headers, dict) and headers.get("Content-Type") == "application/json":
        try:
            return {**value, "body": json.loads(value["body"])}
        except ValueError:
            pass
    return value


def raised(output):
    """The type and the message of the error that a handler raised."""
    value, _ = result_of(output)
    objects = [value] if isinstance(value, dict) else []
    for match in re.finditer(r"(?m)^\{\n.*?^\}$", output, re.DOTALL):
        try:
            objects.append(json.loads(match[0]))
        except ValueError:
            pass
    for candidate in objects:
        if "errorMessage" in candidate:
            return [x for x in (candidate.get("errorType"), candidate["errorMessage"]) if isinstance(x, str) and x]
    return []


def shape(value):
    """The types of a value instead of its scalars, with one item for each list."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    if value is None:
        return "null"
    return "bool" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else "string"


def leaves(value, path=()):
    if isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path, value


def body_places(event, body):
    """Where a body is in an event, and how: plain, base64, gzip, or the members of a JSON body."""
    if body is None:
        return {}
    try:
        parts = dict(leaves(json.loads(body)))
    except ValueError:
        parts = {}
    found = {}
    for path, value in leaves(event):
        name = "/".join(map(str, path))
        if value == body:
            found[name] = "plain"
        elif path in parts and parts[path] == value:
            found[name] = value
        elif isinstance(value, str):
            try:
                raw, how = base64.b64decode(value, validate=True), "base64"
            except ValueError:
                continue
            try:
                raw, how = gzip.decompress(raw), "gzip"
            except (OSError, EOFError):
                pass
            if body and raw == body.encode():
                found[name] = how
    return found


def profiles_of(file):
    parser = configparser.RawConfigParser(default_section="\0", strict=False)
    parser.optionxform = str
    parser.read_string(file.read_text() if file.exists() else "")
    return {section: dict(parser.items(section)) for section in parser.sections()}


def facts_of(step, status, output, sandbox):
    """What a step did, with the names of expected.json."""
    facts = {"succeeds": status == 0, "version": bool(re.search(r"\b\d+\.\d+\.\d+\b", output))}
    if step.is_help:
        return facts
    if step.name == "invoke local":
        value, others = result_of(output)
        facts.update(result=unpacked(value), printed=[line.strip() for line in others if line.strip()], error=raised(output))
    elif step.name == "print" and status == 0:
        form = step.option("--format") or "yaml"
        if form == "json":
            facts["data"] = json.loads(output)
        else:
            facts["data"] = yaml.load(output, CoreLoader) if form == "yaml" else output.strip().splitlines()
    elif step.name == "generate-event" and status == 0:
        event = json.loads(output)
        facts.update(event=shape(event), body=body_places(event, step.option("--body", "-b")))
    elif step.name == "config credentials":
        facts["profiles"] = profiles_of(sandbox.home / ".aws/credentials")
    elif step.name == "create":
        path = step.option("--path", "-p") or "."
        file = sandbox.service / step.directory / path / "serverless.yml"
        found = re.search(r"(?m)^\s*service\s*:\s*['\"]?([\w.-]+)", file.read_text() if file.exists() else "")
        facts["service"] = [found[1]] if found else []
    return facts


# MARK: Comparing


def covers(shape, expected):
    """Whether a shape has all keys of another one, with the same types."""
    if isinstance(expected, dict):
        return isinstance(shape, dict) and all(
            key in shape and (isinstance(shape[key], type(value)) if key in FREE_MEMBERS else covers(shape[key], value))
            for key, value in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(shape, list) and (not expected or bool(shape) and covers(shape[0], expected[0]))
    return shape == expected


def is_met(name, expected, facts, whole_output):
    found = facts.get(name)
    if name in ("printed", "error"):
        return all(contains(whole_output, text) for text in expected)
    if name == "mentions":
        return all(re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", whole_output) for text in expected)
    if name == "profiles":
        return all(profile in found and members.items() <= found[profile].items() for profile, members in expected.items())
    if name == "event":
        return covers(found, expected)
    if name == "result":
        if expected == NO_RESULT:
            return found in (NO_RESULT, None)
        return found == expected and isinstance(found, bool) == isinstance(expected, bool)
    return found == expected


def problems(program, scenario):
    """Runs a scenario, and yields what differs from the expectations."""
    expected_steps = json.loads((scenario / "expected.json").read_text())
    steps = steps_of(scenario)
    if [step.command for step in steps] != [expected["command"] for expected in expected_steps]:
        yield "expected.json has other commands than steps"
        return
    with tempfile.TemporaryDirectory(prefix="recorded-commands-", ignore_cleanup_errors=True) as directory:
        sandbox = Sandbox(scenario, pathlib.Path(directory).resolve())
        for number, (step, expected) in enumerate(zip(steps, expected_steps), 1):
            head = f"step {number} `{step.command}`"
            status, output, errors = sandbox.run(program, step, number)
            whole = output + errors
            if not 0 <= status < 124:
                yield f"{head}: exit status {status}"
            try:
                facts = facts_of(step, status, output, sandbox)
            except (ValueError, yaml.YAMLError, configparser.Error) as error:
                yield f"{head}: the output cannot be read: {error}"
                continue
            required = (step.facts if expected.get("texts", True) else []) + expected.get("holds", [])
            missing = sandbox.lacking(required, whole)
            if missing:
                yield f"{head}: lacks {missing}: {whole.strip()[-300:]}"
            for name, value in expected.items():
                if name in ("command", "note", "texts", "holds") or is_met(name, value, facts, whole):
                    continue
                found = json.dumps(facts.get(name), ensure_ascii=False)[:400]
                wanted = json.dumps(value, ensure_ascii=False)[:400]
                yield f"{head}: {name} is {found}, expected {wanted}: {whole.strip()[-300:]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    program = shlex.split(arguments.program)
    if os.path.exists(program[0]):
        program[0] = os.path.abspath(program[0])
    names = arguments.only.split(",") if arguments.only else sorted(path.parent.name for path in ROOT.glob("*/steps"))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        outcomes = pool.map(lambda name: list(problems(program, ROOT / name)), names)
        for name, found in zip(names, outcomes):
            print("not ok" if found else "ok    ", name, flush=True)
            for problem in found:
                print("      ", problem, flush=True)
            failed += bool(found)
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
