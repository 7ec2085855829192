"""What a release is made of: version, commit, date, platform and libraries."""
import dataclasses
import datetime
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUMMARY = "Package and deploy AWS Lambda services that are described by a serverless.yml"
LICENSE = "Apache-2.0"
# The oldest glibc that the program runs with.
GLIBC = (2, 34)


@dataclasses.dataclass(frozen=True)
class Library:
    """A library that is part of the program."""
    name: str
    version: str
    # The license as an SPDX expression.
    license: str
    # The source package of Debian that it is from; empty if it is not from Debian.
    source: str = ""


@dataclasses.dataclass(frozen=True)
class Facts:
    """What identifies a release."""
    version: str
    # The hash of the commit, with `-dirty` if files differ from it; None outside of a git checkout.
    commit: "str | None"
    # The time of the commit, in seconds since 1970. It is the time of everything in the packages.
    time: int
    # `Linux` or `Darwin`.
    system: str
    # `x86_64` or `aarch64`.
    machine: str
    libraries: tuple

    @property
    def date(self):
        return datetime.datetime.fromtimestamp(self.time, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def platform(self):
        """The platform in the names of files, such as `linux-x86_64`."""
        return f"{self.system.lower()}-{self.machine}"


def version():
    """The version of the program, which is written in one place only."""
    text = (ROOT / "Sources/furoshiki/Commands/Version.swift").read_text(encoding="utf-8")
    return re.search(r'static let current = "([^"]+)"', text)[1]


def git(*arguments):
    """The output of git, or None if this is not a checkout."""
    run = subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)
    return run.stdout.strip() if run.returncode == 0 else None


def commit():
    value = git("rev-parse", "HEAD")
    return f"{value}-dirty" if value and git("status", "--porcelain") else value


def time():
    """`SOURCE_DATE_EPOCH`, the time of the commit, or the date of the newest version in the changelog."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    if committed := git("log", "-1", "--format=%ct"):
        return int(committed)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    day = re.search(r"^## \d\S* - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)
    return int(datetime.datetime.fromisoformat(f"{day[1] if day else '2000-01-01'}T00:00:00+00:00").timestamp())


def libraries(folder):
    """The libraries in a directory that packaging/linux/libraries has made."""
    lines = (folder / "versions.tsv").read_text(encoding="utf-8").splitlines()
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
    runtime = Library("Swift runtime and Foundation", re.search(r"Swift version (\S+)", swift)[1],
                      "Apache-2.0 WITH Swift-exception")
    return (*(Library(*line.split("\t")) for line in lines), runtime)


def gather(linked):
    """The facts of a release on this machine.

    linked: the directory with the linked libraries; None if the program loads those of the system.
    """
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return Facts(version(), commit(), time(), platform.system(), machine, libraries(linked) if linked else ())
