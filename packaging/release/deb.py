"""The package for Debian and Ubuntu."""
import hashlib
import os
import pathlib
import tempfile

from . import binary
from .content import compressed
from .facts import GLIBC, SUMMARY


def control(facts, content):
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[facts.machine]
    size = sum(len(data) + 1023 for data in content.values()) // 1024
    return architecture, f"""Package: furoshiki
Version: {facts.version}
Architecture: {architecture}
Maintainer: The Furoshiki authors <furoshiki@localhost>
Installed-Size: {size}
Depends: libc6 (>= {GLIBC[0]}.{GLIBC[1]})
Recommends: ca-certificates
Suggests: python3, nodejs
Section: devel
Priority: optional
Description: {SUMMARY}
 Furoshiki is a replacement for Serverless Framework v3 with the
 serverless-python-requirements plugin. It reads the same configuration, has
 the same commands, and writes the same CloudFormation templates.
"""


def moved(content):
    """The files at the paths that the policy of Debian has for them, relative to the root."""
    documents = "share/doc/furoshiki/"
    files = {}
    for path, data in content.items():
        if path == f"{documents}LICENSE":
            files["usr/share/doc/furoshiki/copyright"] = data
        elif path == f"{documents}CHANGELOG.md":
            files["usr/share/doc/furoshiki/changelog.gz"] = compressed(data)
        elif path.startswith("share/man/"):
            files[f"usr/{path}.gz"] = compressed(data)
        elif path.startswith("share/zsh/"):
            files[f"usr/share/zsh/vendor-completions/{path.rpartition('/')[2]}"] = data
        else:
            files[f"usr/{path}"] = data
    return files


def make(facts, content):
    """The name of the package, and its bytes."""
    files = moved(content)
    architecture, text = control(facts, files)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder, "root")
        sums = "".join(f"{hashlib.md5(data).hexdigest()}  {path}\n" for path, data in sorted(files.items()))
        everything = {**files, "DEBIAN/control": text.encode(), "DEBIAN/md5sums": sums.encode()}
        for path, data in everything.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            target.chmod(0o755 if path == "usr/bin/furoshiki" else 0o644)
        for path in [root, *root.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
            os.utime(path, (facts.time, facts.time))
        result = pathlib.Path(folder, "furoshiki.deb")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(facts.time)}
        binary.run("dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=1", "--build", root, result,
                   env=environment, stdout=-3)
        return f"furoshiki_{facts.version}_{architecture}.deb", result.read_bytes()
