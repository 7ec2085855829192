"""The npm packages: `furoshiki`, one package with the program for each platform, and `furoshiki-sls`."""
import json

from . import archives
from .content import PROGRAM
from .facts import LICENSE, ROOT, SUMMARY

SOURCES = ROOT / "packaging/npm"
# The platforms that there are packages for: the values of `os` and `cpu` in package.json.
PLATFORMS = (("linux", "x64"), ("linux", "arm64"), ("darwin", "arm64"))


def platform(facts):
    """The platform of a release, as Node.js names it."""
    return facts.system.lower(), {"x86_64": "x64", "aarch64": "arm64"}[facts.machine]


def package_name(system, processor):
    return f"@furoshiki/{system}-{processor}"


def package(files, manifest, executables, time):
    """The bytes of a package, as `npm pack` makes it: everything is in a directory `package`."""
    text = json.dumps(manifest, indent=2) + "\n"
    return archives.tar_gz({**files, "package.json": text.encode()}, executables, time, root="package/")


def base(facts, name, description):
    return {"name": name, "version": facts.version, "description": description, "license": LICENSE}


def source(name):
    return (SOURCES / name).read_bytes()


def program_package(facts, content):
    """The files and the manifest of the package with the program for one platform."""
    system, processor = platform(facts)
    manifest = base(facts, package_name(system, processor), f"Furoshiki for {system} on {processor}")
    manifest.update(os=[system], cpu=[processor], preferUnplugged=True, files=["bin", "share"])
    if system == "linux":
        manifest["libc"] = ["glibc"]
    files = {path: data for path, data in content.items() if not path.startswith("share/man")}
    files["README.md"] = f"The program of the package `furoshiki` for {system} on {processor}.\n".encode()
    return files, manifest


def main_package(facts, content):
    """The files and the manifest of the package that users install."""
    manifest = base(facts, "furoshiki", SUMMARY)
    manifest.update(
        bin={"furoshiki": "bin/furoshiki"},
        man=sorted(f"./{path}" for path in content if path.startswith("share/man")),
        scripts={"postinstall": "node install.js"},
        engines={"node": ">=14"},
        optionalDependencies={package_name(*each): facts.version for each in PLATFORMS},
    )
    files = {path: data for path, data in content.items() if path.startswith("share/man")}
    files.update({
        "bin/furoshiki": source("furoshiki.js"), "platform.js": source("platform.js"), "install.js": source("install.js"),
        "README.md": source("README.md"), "LICENSE": content["share/doc/furoshiki/LICENSE"],
    })
    return files, manifest


def make(facts, content):
    """All packages: the bytes by file name.

    The first is the main package together with the program for this platform, which can be installed from a file. The
    others are for a registry, from which npm fetches only the program for the platform that it runs on.
    """
    time = facts.time
    system, processor = platform(facts)
    program_files, program_manifest = program_package(facts, content)
    main_files, main_manifest = main_package(facts, content)

    name = package_name(system, processor)
    folder = f"node_modules/{name}/"
    complete_files = {**main_files, **{folder + path: data for path, data in program_files.items()},
                      folder + "package.json": (json.dumps(program_manifest, indent=2) + "\n").encode()}
    complete_manifest = {**main_manifest, "optionalDependencies": {name: facts.version}, "bundleDependencies": [name],
                         "os": [system], "cpu": [processor]}

    alias_manifest = base(facts, "furoshiki-sls", "Furoshiki under the names `sls` and `serverless`")
    alias_manifest.update(bin={"serverless": "sls.js", "sls": "sls.js"}, engines={"node": ">=14"},
                          peerDependencies={"furoshiki": facts.version})
    alias_files = {"sls.js": source("sls.js"), "README.md": source("README-sls.md"),
                   "LICENSE": content["share/doc/furoshiki/LICENSE"]}
    version = facts.version
    return {
        f"furoshiki-{version}-npm-{system}-{processor}.tgz":
            package(complete_files, complete_manifest, {"bin/furoshiki", folder + PROGRAM}, time),
        f"npm/furoshiki-{version}.tgz": package(main_files, main_manifest, {"bin/furoshiki"}, time),
        f"npm/furoshiki-{system}-{processor}-{version}.tgz":
            package(program_files, program_manifest, {PROGRAM}, time),
        f"npm/furoshiki-sls-{version}.tgz": package(alias_files, alias_manifest, {"sls.js"}, time),
    }
