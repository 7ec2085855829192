"""What builds from source: an archive of the source, and the Homebrew formula that uses it."""
import hashlib
import subprocess

from . import archives
from .facts import ROOT, SUMMARY, git


def archive(facts):
    """The files that git tracks, as they are in the checkout: the name of the archive and its bytes."""
    name = f"furoshiki-{facts.version}"
    listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True).stdout
    files, executables = {}, set()
    for path in filter(None, listing.split("\0")):
        file = ROOT / path
        if file.is_symlink() or not file.is_file():
            continue
        # What tests compare with is not needed for a build, and is most of the archive.
        if path.startswith("Tests/Recorded"):
            continue
        files[path] = file.read_bytes()
        if file.stat().st_mode & 0o100:
            executables.add(path)
    return f"{name}-source.tar.gz", archives.tar_gz(files, executables, facts.time, root=f"{name}/")


def is_checkout():
    return git("rev-parse", "--show-toplevel") == str(ROOT)


def formula(facts, address, data):
    """The Homebrew formula.

    address: the URL of the source archive.
    data: the bytes of the archive.
    """
    template = (ROOT / "packaging/homebrew/furoshiki.rb").read_text(encoding="utf-8")
    values = {"@SUMMARY@": SUMMARY, "@URL@": address, "@SHA256@": hashlib.sha256(data).hexdigest(),
              "@VERSION@": facts.version}
    for name, value in values.items():
        template = template.replace(name, value)
    return template.encode()
