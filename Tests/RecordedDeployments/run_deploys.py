#!/usr/bin/env python3
"""Run the life-cycle commands of a deployer against a local simulator of AWS, and judge what AWS then holds.

usage: run_deploys.py PROGRAM DEPLOYS_DIR OUT_DIR --judge RECORDINGS_DIR [--only SUBSTRING,=NAME,…] [--endpoint URL]
       run_deploys.py SERVERLESS_BIN DEPLOYS_DIR OUT_DIR --preload FILE [--only …] [--endpoint URL]      (records)

Needs a running moto_server.py (http://127.0.0.1:5000) and boto3; run it with the Python that has moto.
With --judge each step of PROGRAM is compared with the recording of the same step by Serverless 3.38.0: success or
failure, the stacks and their status, the buckets that exist, how many deployments each holds, and the full names of
functions and the addresses that the step printed. RECORDINGS_DIR/../expect.json says where the recorded one is wrong:
scenario → step → fact → what is right, or null for what is not judged. Scenarios with stubs.json, which the simulator alone cannot play,
are skipped. Closing line: 'N passed, N failed' over scenarios.  For each DEPLOYS_DIR/<scenario>/ :
  1/ 2/ …      the service's files; entering N lays 1…N over each other, anything else but .serverless goes
  steps        one command a line: `FOLDER: COMMAND [=> [rc=N] expected text]`; `seed: WORD` runs `seed.py WORD`;
               {TIMESTAMP_n} is the nth deployment's time in ms; `STDIN < text` at a command's end feeds its stdin
  seed.py      (optional) prepares AWS with boto3; run before the first step with no argument
  env          (optional) KEY=VALUE lines, `-KEY` takes one away; home/ is copied into HOME
  stubs.json   (optional) what the simulator cannot do; "step" limits one to a step
OUT_DIR/<scenario>/<step>.json receives {command, folder, rc, stdout, stderr, calls, after}, where `after` is what
AWS then holds: stacks with their status, buckets with their keys.
What differs from run to run is named: <SERVICE_DIR>, <TIMESTAMP_n> (with :MS, :ISO, :DATE for its other forms),
<ID_n>, <SHA256>, <HASH_n> (in logical ids of versions), <INSTANCE_n>, <SECONDS>, <SIZE>, <NOW-…>.
"""
import argparse, datetime, json, os, pathlib, re, shlex, shutil, subprocess, sys, tempfile, urllib.request

import boto3
from botocore.config import Config

HERE = pathlib.Path(__file__).resolve().parent
REGIONS = ("us-east-1", "eu-west-1")


def post(endpoint, path):
    urllib.request.urlopen(urllib.request.Request(endpoint + path, method="POST"), timeout=3600).read()


def client(endpoint, service, region):
    return boto3.client(service, region_name=region, endpoint_url=endpoint, aws_access_key_id="testing", aws_secret_access_key="testing", config=Config(s3={"addressing_style": "path"}))


def state(endpoint):
    stacks, buckets = {}, {}
    for region in REGIONS:
        for s in client(endpoint, "cloudformation", region).describe_stacks()["Stacks"]:
            stacks[f"{region}/{s['StackName']}"] = s["StackStatus"]
    s3 = client(endpoint, "s3", "us-east-1")
    for b in s3.list_buckets()["Buckets"]:
        buckets[b["Name"]] = sorted(o["Key"] for p in s3.get_paginator("list_objects_v2").paginate(Bucket=b["Name"]) for o in p.get("Contents", []))
    return {"stacks": stacks, "buckets": buckets}


# ------------------------------------------------------------------ naming what differs from run to run

STAMP = re.compile(r"(\d{13})-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                 r"|(?:ASIA|AKIA|LSIA)[A-Z0-9]{16}"
                 r"|(?<=bucket-)[a-z0-9]{12}(?![a-z0-9])"
                 r"|(?<=https://)[a-z0-9]{10}(?=\.execute-api\.)|(?<=wss://)[a-z0-9]{10}(?=\.execute-api\.)"
                 r"|(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{40}(?![A-Za-z0-9])")
ID_KEYS = {"restApiId", "deploymentId", "apiKey", "usagePlanId", "ApiId"}


class Names:
    def __init__(self, replacements, own):
        self.own, self.fixed, self.stamps, self.ids, self.hashes, self.instances = own, replacements, [], [], [], []

    @staticmethod
    def number(seen, x):
        if x not in seen: seen.append(x)
        return seen.index(x) + 1

    def learn(self, v, key=None):
        if isinstance(v, dict):
            for k, x in v.items(): self.learn(k); self.learn(x, k)
        elif isinstance(v, list):
            for x in v: self.learn(x, key)
        elif isinstance(v, str):
            for m in STAMP.finditer(v):
                if m.group() not in self.own: self.number(self.stamps, m.groups())
            for x in [m.group() for m in IDS.finditer(v)] + ([v] if key in ID_KEYS and re.fullmatch(r"[a-z0-9]{10}", v) else []):
                if x not in self.own: self.number(self.ids, x)  # what the scenario itself names stays

    def text(self, s):
        for a, b in self.fixed: s = s.replace(a, b)
        for n, (ms, iso) in enumerate(self.stamps, 1):
            s = s.replace(f"{ms}-{iso}", f"<TIMESTAMP_{n}>").replace(ms, f"<TIMESTAMP_{n}:MS>").replace(iso, f"<TIMESTAMP_{n}:ISO>")
            s = s.replace(f"{iso[:10]} {iso[11:19]} UTC", f"<TIMESTAMP_{n}:DATE>")
        for n, x in enumerate(self.ids, 1): s = s.replace(x, f"<ID_{n}>")
        s = re.sub(r"(?<=LambdaVersion)[A-Za-z0-9]{40,}", lambda m: f"<HASH_{self.number(self.hashes, m.group())}>", s)
        s = re.sub(r"(?<=ApiGatewayDeployment)\d{13}|(?<=WebsocketsDeployment)\d{13}", lambda m: f"<INSTANCE_{self.number(self.instances, m.group())}>", s)
        s = re.sub(r"\(\d+s\)", "(<SECONDS>s)", s)
        s = re.sub(r"\(\d+(\.\d+)? [kMG]?B\)", "(<SIZE>)", s)
        s = re.sub(r"(?<=time: )\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "<NOW:ISO>", s)
        return re.sub(r"[A-Z][a-z]+ \d+, \d{4} \d+:\d\d [AP]M", "<LOCAL_DATE>", s)

    def name(self, v, at=None, key=None):
        if isinstance(v, dict):
            if set(v) == {"$date"}: return {"$date": self.relative(datetime.datetime.fromisoformat(v["$date"].replace("Z", "+00:00")).timestamp() * 1000, at, v["$date"])}
            return {self.text(k): self.name(x, at, k) for k, x in v.items()}
        if isinstance(v, list): return [self.name(x, at, key) for x in v]
        if isinstance(v, str): return "<SHA256>" if key == "filesha256" else self.text(v)
        if isinstance(v, int) and not isinstance(v, bool) and v > 10**12: return self.relative(v, at, v)
        return v

    @staticmethod
    def relative(ms, at, otherwise):
        if at is None or abs(at - ms) > 40 * 86400_000: return otherwise
        s = round((at - ms) / 1000)
        return "<NOW>" if s == 0 else f"<NOW-{s // 86400}d>" if s % 86400 == 0 else f"<NOW-{s // 3600}h>" if s % 3600 == 0 else f"<NOW-{s // 60}m>" if s % 60 == 0 else f"<NOW-{s}s>"


# ------------------------------------------------------------------ a scenario

def enter(scenario, folder, work):
    for p in work.iterdir():
        if p.name != ".serverless": shutil.rmtree(p) if p.is_dir() and not p.is_symlink() else p.unlink()
    for n in range(1, int(folder) + 1):
        if (scenario / str(n)).exists(): shutil.copytree(scenario / str(n), work, symlinks=True, dirs_exist_ok=True)


def record(sls, scenario, out, endpoint, preload):
    dst = out / scenario.name
    shutil.rmtree(dst, ignore_errors=True); dst.mkdir(parents=True)
    post(endpoint, "/moto-api/reset")
    complaints, steps = [], []
    own = "\n".join(p.read_text() for p in scenario.rglob("*") if p.is_file())
    with tempfile.TemporaryDirectory(prefix="deploys-") as tmp:
        tmp = pathlib.Path(tmp).resolve()
        work = tmp / "service"; work.mkdir()
        home = tmp / "home"
        shutil.copytree(scenario / "home", home) if (scenario / "home").exists() else home.mkdir()
        env = {k: v for k, v in os.environ.items() if not re.match(r"(AWS_|SLS_|SERVERLESS_|NODE_|(https?|no|all)_?proxy$|proxy$|CI$)", k, re.I)}
        env.update(HOME=str(home), XDG_CACHE_HOME=str(tmp / "cache"), TZ="UTC", CI="1", SLS_TELEMETRY_DISABLED="1", SLS_NOTIFICATIONS_MODE="off", SLS_GEO_LOCATION="us",
                   SLS_AWS_MONITORING_FREQUENCY="1", SLS_AWS_REQUEST_MAX_RETRIES="0",
                   AWS_ENDPOINT_URL=endpoint, AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing",
                   AWS_EC2_METADATA_DISABLED="true", AWS_CALLS=str(tmp / "calls"))
        seed_env = {**env, "AWS_DEFAULT_REGION": "us-east-1"}
        if preload: env["NODE_OPTIONS"] = f"--require {preload}"
        if (scenario / "env").exists():
            for line in (scenario / "env").read_text().split("\n"):
                if line.startswith("-"): env.pop(line[1:].strip(), None)
                elif "=" in line and not line.startswith("#"):
                    k, v = line.split("=", 1); env[k] = v.replace("<HOME>", str(home))

        def seed(*words):
            p = subprocess.run([sys.executable, scenario / "seed.py", *words], env=seed_env, cwd=tmp, capture_output=True, text=True)
            if p.returncode: complaints.append(f"seed {words}: {p.stderr[-2000:]}")

        if (scenario / "seed.py").exists(): seed()
        stubs = json.loads((scenario / "stubs.json").read_text()) if (scenario / "stubs.json").exists() else []
        stamps, last, n = [], None, 0
        for line in (scenario / "steps").read_text().splitlines():
            line = line.strip()
            if not line or line.startswith("#"): continue
            line, _, expected = line.partition(" => ")
            folder, command = (x.strip() for x in line.split(":", 1))
            if folder == "seed": seed(*shlex.split(command)); continue
            n += 1
            if folder != last: enter(scenario, folder, work); last = folder
            command, _, feed = command.partition(" STDIN < ")
            typed = re.sub(r"\{TIMESTAMP_(\d+)(:ISO)?\}", lambda m: (stamps[int(m.group(1)) - 1][1 if m.group(2) else 0]) if int(m.group(1)) <= len(stamps) else "0", command)
            (tmp / "calls").write_text("")
            now = [{k: v for k, v in s.items() if k != "step"} for s in stubs if s.get("step", n) == n]
            (tmp / "stubs.json").write_text(json.dumps(now))
            step_env = {**env, "AWS_STUBS": str(tmp / "stubs.json")} if now else env
            try:
                p = subprocess.run([*sls, *shlex.split(typed)], cwd=work, env=step_env, input=feed or "", capture_output=True, text=True, timeout=3600)
                rc, stdout, stderr = p.returncode, p.stdout, p.stderr
            except subprocess.TimeoutExpired:
                rc, stdout, stderr = 124, "", "timeout"
            calls = sorted((json.loads(c) for c in (tmp / "calls").read_text().splitlines()), key=lambda c: c["seq"])
            for c in calls:
                for m in STAMP.finditer(json.dumps(c["params"])):
                    if m.groups() not in stamps and m.group() not in own: stamps.append(m.groups())
            after = state(endpoint)
            for m in STAMP.finditer(json.dumps(after["buckets"])):
                if m.groups() not in stamps and m.group() not in own: stamps.append(m.groups())
            stamps.sort()
            steps.append(dict(command=command, folder=folder, **({"stdin": feed} if feed else {}), rc=rc, stdout=stdout, stderr=stderr, calls=calls, after=after))
            want = int(m.group(1)) if (m := re.match(r"rc=(\d+)\s*", expected)) else 0
            expected = re.sub(r"^rc=\d+\s*", "", expected)
            if rc != want: complaints.append(f"step {n} `{command}`: rc {rc} instead of {want}")
            if expected and expected not in stdout + stderr: complaints.append(f"step {n} `{command}`: no {expected!r} in the output")
        bin_dir = pathlib.Path(shutil.which(sls[0]) or sls[0]).absolute()
        modules = next((p for p in bin_dir.parents if p.name == "node_modules"), None)
        names = Names([(str(work), "<SERVICE_DIR>"), (str(home), "<HOME>"), (str(tmp), "<TMP>"), *([(str(modules), "<NODE_MODULES>")] if modules else [])],
                      own)
        names.stamps = list(stamps)
        for s in steps: names.learn(s["calls"]); names.learn([s["stdout"], s["stderr"], s["after"]])
        for i, s in enumerate(steps, 1):
            for c in s["calls"]:
                at = c.pop("at", None)
                c.pop("seq")
                for k in ("params", "message", "as"):
                    if k in c: c[k] = names.name(c[k], at, k)
            for k in ("stdout", "stderr"): s[k] = names.text(s[k])
            s["after"] = names.name(s["after"])
            (dst / f"{i}.json").write_text(json.dumps(s, indent=1, ensure_ascii=False) + "\n")
    return [s["rc"] for s in steps], complaints


def facts(step):
    """What a step must have in common with its recording, in any words."""
    buckets, others = {}, []
    for name, keys in step["after"]["buckets"].items():
        others += [f"{re.sub(r'<ID_[0-9]+>', '<ID>', name)}/{k}" for k in keys if "<TIMESTAMP_" not in k]
        folders = {m.group(1) for k in keys if (m := re.match(r"(.*<TIMESTAMP_\d+>)/compiled-cloudformation-template\.json$", k))}
        buckets[re.sub(r"<ID_\d+>", "<ID>", name)] = f"{len(folders)} deployments" if keys else "empty"
    return {"succeeds": step["rc"] == 0, "stacks": step["after"]["stacks"], "buckets": buckets, "other objects": sorted(others)}


def shown(step):
    """Full names of functions and addresses in what a successful step printed."""
    if step["rc"]: return set()
    text = re.sub(r"<ID_\d+>", "<ID>", step["stdout"])
    return set(re.findall(r"^  \S+: ([\w-]+-[\w-]+)(?= |$)", text, re.M)) | {u.rstrip("/") for u in re.findall(r"\b(?:https|wss)://[^\s{]*", text)}


def judge(scenario, out, recordings):
    complaints = []
    right = json.loads((recordings.parent / "expect.json").read_text()).get(scenario.name, {}) if (recordings.parent / "expect.json").exists() else {}
    for path in sorted((recordings / scenario.name).glob("*.json"), key=lambda p: int(p.stem)):
        wanted, mine = json.loads(path.read_text()), out / scenario.name / path.name
        if not mine.exists(): complaints.append(f"step {path.stem} `{wanted['command']}`: not run"); continue
        got = json.loads(mine.read_text())
        a, b = facts(wanted) | right.get(path.stem, {}), facts(got)
        for k in a:
            if a[k] is not None and a[k] != b[k]: complaints.append(f"step {path.stem} `{wanted['command']}`: {k}: expected {json.dumps(a[k])}, got {json.dumps(b[k])}" + (f": {(got['stderr'] or got['stdout']).strip()[-300:]}" if k == "succeeds" else ""))
        text = re.sub(r"<ID_\d+>", "<ID>", got["stdout"] + got["stderr"])
        if got["rc"] == 0 and (missing := sorted(f for f in shown(wanted) if f not in text)): complaints.append(f"step {path.stem} `{wanted['command']}`: does not show {missing}")
        if got["rc"] and got["rc"] >= 124 or got["rc"] < 0: complaints.append(f"step {path.stem} `{wanted['command']}`: exit status {got['rc']}")
    return complaints


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("sls"); ap.add_argument("deploys", type=pathlib.Path); ap.add_argument("out", type=pathlib.Path)
    ap.add_argument("--only", default=""); ap.add_argument("--endpoint", default="http://127.0.0.1:5000"); ap.add_argument("--preload", type=pathlib.Path); ap.add_argument("--judge", type=pathlib.Path)
    a = ap.parse_args()
    sls = shlex.split(a.sls)
    if os.path.exists(sls[0]): sls[0] = os.path.abspath(sls[0])
    good = bad = 0
    for scenario in sorted(p.parent for p in a.deploys.resolve().glob("*/steps")):
        if not any(n[1:] == scenario.name if n.startswith("=") else n in scenario.name for n in a.only.split(",")): continue
        if a.judge and ((scenario / "stubs.json").exists() or not (a.judge / scenario.name).exists()): continue
        rcs, complaints = record(sls, scenario, a.out, a.endpoint, a.preload and a.preload.resolve())
        if a.judge: complaints = judge(scenario, a.out, a.judge)
        print("not ok " if complaints else "ok     ", scenario.name, *rcs, flush=True)
        for c in complaints: print("         ", c, flush=True)
        good += not complaints; bad += bool(complaints)
    print(f"{good} passed, {bad} failed")
    sys.exit(1 if bad or not good else 0)


if __name__ == "__main__":
    main()
