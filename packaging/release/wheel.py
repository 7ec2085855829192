"""The Python wheel, whose script is the program itself."""
import base64
import hashlib

from . import archives
from .content import PROGRAM
from .facts import GLIBC, LICENSE, ROOT, SUMMARY


def tag(facts):
    if facts.system == "Darwin":
        return f"py3-none-macosx_15_0_{'arm64' if facts.machine == 'aarch64' else facts.machine}"
    return f"py3-none-manylinux_{GLIBC[0]}_{GLIBC[1]}_{facts.machine}"


def metadata(facts, licenses):
    """The core metadata, version 2.4, with the names of the files with licenses (https://packaging.python.org/en/latest/specifications/core-metadata/)."""
    fields = [
        ("Metadata-Version", "2.4"), ("Name", "furoshiki"), ("Version", facts.version), ("Summary", SUMMARY),
        ("License-Expression", LICENSE), *(("License-File", name) for name in licenses), ("Requires-Python", ">=3.8"),
        ("Keywords", "aws,lambda,serverless,packaging,deployment"),
        ("Classifier", "Environment :: Console"), ("Classifier", "Operating System :: POSIX :: Linux"),
        ("Classifier", "Topic :: Software Development :: Build Tools"),
        ("Description-Content-Type", "text/markdown"),
    ]
    readme = (ROOT / "packaging/python/README.md").read_text(encoding="utf-8")
    return "".join(f"{name}: {value}\n" for name, value in fields) + "\n" + readme


def make(facts, content, bill):
    """A wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).

    content: the files below a prefix, by path; the program is a script, the others are data.
    bill: the SBOM, which is at the place that PEP 770 defines.
    Returns the file name and the bytes.
    """
    name = f"furoshiki-{facts.version}"
    information = f"{name}.dist-info"
    files, licenses = {}, []
    for path, data in sorted(content.items()):
        if path == PROGRAM:
            files[f"{name}.data/scripts/furoshiki"] = data
        elif path.startswith("share/doc/"):
            if path.endswith(("LICENSE", "LICENSES")):
                licenses.append(path.rpartition("/")[2])
                files[f"{information}/licenses/{licenses[-1]}"] = data
        else:
            files[f"{name}.data/data/{path}"] = data
    files[f"{information}/METADATA"] = metadata(facts, licenses).encode()
    files[f"{information}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: furoshiki-release\nRoot-Is-Purelib: false\nTag: {tag(facts)}\n").encode()
    files[f"{information}/sboms/furoshiki.cdx.json"] = bill
    record = "".join(f"{path},sha256={digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n".encode()
    scripts = {f"{name}.data/scripts/furoshiki"}
    return f"{name}-{tag(facts)}.whl", archives.zip_archive(files, scripts, facts.time)


def digest(data):
    """A SHA-256 digest as RECORD has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
