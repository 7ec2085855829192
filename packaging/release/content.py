"""The files that all packages have: the program, manual pages, completions, licenses."""
import gzip
import os
import pathlib
import subprocess

from . import binary
from .facts import ROOT

PROGRAM = "bin/furoshiki"
# The completions by shell, at the paths that bash-completion, zsh and fish read below a prefix.
COMPLETIONS = {
    "bash": "share/bash-completion/completions/furoshiki",
    "zsh": "share/zsh/site-functions/_furoshiki",
    "fish": "share/fish/vendor_completions.d/furoshiki.fish",
}
# The Debian packages whose libraries are part of the program.
LINKED_PACKAGES = ("libcurl4-openssl-dev", "libnghttp2-dev", "libssl-dev", "zlib1g-dev", "libyaml-dev", "libdeflate-dev",
                   "libtomlplusplus-dev", "libgcc-s1")


def third_party_licenses():
    """The copyright files of the linked libraries."""
    parts = ["Furoshiki contains these libraries, and the Swift runtime (Apache License 2.0 with Runtime Library "
             "Exception).\n"]
    for package in LINKED_PACKAGES:
        path = pathlib.Path("/usr/share/doc", package, "copyright")
        parts.append(f"\n{'=' * 78}\n{package}\n{'=' * 78}\n\n{path.read_text(encoding='utf-8', errors='replace')}")
    return "".join(parts).encode()


def manual_pages(program, folder, time):
    """The manual pages that the program writes to a directory, by file name.

    time: the time of the release; its day is in the pages.
    """
    binary.remove(folder)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(time)}
    subprocess.run([program, "man", "--output", folder], check=True, stderr=subprocess.DEVNULL, env=environment)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def gather(program, pages, linked):
    """The content of each file below a prefix such as /usr, by path.

    program: the path of the program.
    pages: the manual pages, by file name.
    linked: whether libraries are linked, whose licenses apply then.
    """
    files = {PROGRAM: program.read_bytes()}
    for shell, path in COMPLETIONS.items():
        files[path] = binary.complete(program, shell).encode()
    for name, text in pages.items():
        files[f"share/man/man{name[-1]}/{name}"] = text
    for name in ("LICENSE", "CHANGELOG.md"):
        files[f"share/doc/furoshiki/{name}"] = (ROOT / name).read_bytes()
    if linked:
        files["share/doc/furoshiki/THIRD-PARTY-LICENSES"] = third_party_licenses()
    return files


def compressed(data):
    return gzip.compress(data, 9, mtime=0)
