"""Builds the program, separates its debug information, and checks what it needs from the system."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

from .facts import GLIBC, ROOT

# What the program may load: the parts of glibc.
ALLOWED_LIBRARIES = re.compile(r"lib(c|m|dl|pthread|rt)\.so\.\d|ld-linux-[\w-]+\.so\.\d")
MAXIMUM_BYTES = 25 * 1000 * 1000
WITHOUT_UNWIND_TABLES = ("--remove-section=.eh_frame", "--remove-section=.rela.eh_frame")


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def output(*command):
    return run(*command, stdout=subprocess.PIPE, text=True).stdout


def facts_source(facts):
    """A C file with the facts that the program shows, which replaces the function without facts in `BuildFacts`."""
    value = {"commit": facts.commit, "date": facts.date,
             "libraries": {library.name: library.version for library in facts.libraries}}
    text = json.dumps(json.dumps(value, separators=(",", ":")))
    return f"const char *furoshiki_build_facts(void) {{ return {text}; }}\n"


def compiled(source, folder):
    """Compiles a C file. Returns the path of the object file."""
    target = folder / f"{source.stem}.o"
    run("cc", "-O2", "-fPIC", "-Wall", "-Werror", "-c", "-o", target, source)
    return str(target)


def package_descriptions(library, folder):
    """Makes files of pkg-config for a directory of static libraries, which the linker then searches first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, flag in (("yaml-0.1", "-lyaml"), ("libdeflate", "-ldeflate")):
        (folder / f"{name}.pc").write_text(
            f"Name: {name}\nDescription: static\nVersion: 1\nLibs: -L{library} {flag}\nCflags:\n", encoding="utf-8")
    return folder


def without_unwind_tables(library, folder):
    """Copies static libraries, those of C without the tables for exceptions, of which C has none. Returns the copy."""
    remove(folder)
    folder.mkdir(parents=True)
    for path in sorted(library.glob("*.a")):
        if path.name == "libstdc++.a":
            shutil.copyfile(path, folder / path.name)
        else:
            run("objcopy", *WITHOUT_UNWIND_TABLES, path, folder / path.name)
    return folder


def build(facts, linked, scratch):
    """Builds the program.

    linked: the directory with the libraries that are linked; None to load those of the system when they are needed.
    scratch: the directory for what the compiler makes.
    Returns the path of the program, with debug information.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    source = scratch / "build-facts.c"
    source.write_text(facts_source(facts), encoding="utf-8")
    link = [compiled(source, scratch)]
    environment = dict(os.environ)

    # Paths of this machine would make the program different on each. Swift uses the first path that matches, clang the
    # last one, and one may contain the other.
    mappings = [f"{scratch}=.build", f"{ROOT}=."]
    swift = ["-warnings-as-errors", *(part for mapping in mappings for part in ("-file-prefix-map", mapping))]
    c = [f"-ffile-prefix-map={mapping}" for mapping in reversed(mappings)]
    arguments = ["--configuration", "release", "--product", "furoshiki", "--scratch-path", scratch]
    if linked:
        library = without_unwind_tables(linked / "lib", scratch / "lib")
        arguments += ["--static-swift-stdlib"]
        swift += ["-use-ld=lld", "-Xclang-linker", "-static-libgcc"]
        c += ["-DFUROSHIKI_LINKED"]
        environment["PKG_CONFIG_PATH"] = str(package_descriptions(library, scratch / "pkgconfig"))
        arguments += ["--disable-local-rpath"]
        link += [compiled(ROOT / "packaging/linux/older-glibc.c", scratch), f"-L{library}", "-lcurl", "-lnghttp2",
                 "-lssl", "-lcrypto", "-lz", "--build-id=0x" + "00" * 20, "--icf=safe", "--no-export-dynamic", "-no-pie"]
    for kind, values in (("-Xswiftc", swift), ("-Xcc", c), ("-Xcxx", c), ("-Xlinker", link)):
        arguments += [part for value in values for part in (kind, value)]
    run("swift", "build", *arguments, cwd=ROOT, env=environment)
    if not linked:
        return scratch / "release/furoshiki"
    return link_without_unwind_tables(scratch, [part for value in link for part in ("-Xlinker", value)])


def link_without_unwind_tables(scratch, link):
    """Links what the package manager has compiled once more, without the tables of Swift code for exceptions of C++.

    Swift code does not throw such exceptions, and none passes through it: `TOMLBridge` catches those of toml++. The
    package manager cannot omit the tables, which are a twelfth of the program.
    """
    listed = shlex.split((scratch / "release/furoshiki.product/Objects.LinkFileList").read_text(encoding="utf-8"))
    folder = scratch / "objects"
    remove(folder)
    folder.mkdir()

    def copy(numbered):
        index, path = numbered
        target = folder / f"{index}.o"
        if not path.endswith(".swift.o"):
            return path
        # A hash that depends on the names of directories, which only the compiler reads.
        run("objcopy", *WITHOUT_UNWIND_TABLES, "--remove-section=.swift_modhash", path, target)
        return str(target)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(copy, enumerate(listed)))
    if not any(path.startswith(str(folder)) for path in objects):
        raise ValueError("the package manager has not listed the objects of Swift code")
    response = folder / "list"
    response.write_text("\n".join(shlex.quote(path) for path in objects), encoding="utf-8")
    program = folder / "furoshiki"
    run("swiftc", "-emit-executable", "-static-stdlib", "-use-ld=lld", "-Xclang-linker", "-static-libgcc",
        f"-L{scratch / 'lib'}", f"@{response}", "-lyaml", "-ldeflate", "-lstdc++", "-lm", "-ldl", "-Xlinker",
        "--gc-sections", "-Xlinker", "--defsym", "-Xlinker", "main=furoshiki_main", *link, "-o", program)
    identify(program, folder / "stripped")
    return program


def identify(program, stripped):
    """Gives a program the digest of its code and data as build ID. That of the linker depends on debug information, too,
    which contains names of directories."""
    run("objcopy", "--strip-all", program, stripped)
    digest = hashlib.sha1(stripped.read_bytes()).digest()
    note = b"\4\0\0\0\x14\0\0\0\3\0\0\0GNU\0"
    data = program.read_bytes()
    if data.count(note + bytes(20)) != 1:
        raise ValueError("the program has no place for its build ID")
    program.write_bytes(data.replace(note + bytes(20), note + digest))


def split(program, folder, name):
    """Copies a program without its debug information, which becomes a file of the given name. Returns both paths."""
    remove(folder)
    folder.mkdir(parents=True)
    stripped, debug = folder / "furoshiki", folder / name
    run("objcopy", "--only-keep-debug", "--compress-debug-sections=zlib", program, debug)
    debug.chmod(0o644)
    # The build ID says which debug information belongs to the program. A link with a checksum would make the program
    # depend on it.
    run("objcopy", "--strip-all", "--remove-section=.swift1_autolink_entries", program, stripped)
    stripped.chmod(0o755)
    return stripped, debug


def requirements(program):
    """The libraries that a program loads, and the versions of their symbols: (names, {(prefix, (major, minor))})."""
    dynamic = output("readelf", "--dynamic", "--wide", program)
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic)
    paths = re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", dynamic)
    versions = set()
    for symbol in re.findall(r"\sUND\s+\S+@(\S+)", output("readelf", "--dyn-syms", "--wide", program)):
        prefix, _, number = symbol.rpartition("_")
        versions.add((prefix, tuple(int(part) for part in number.split(".")) if number[:1].isdigit() else ()))
    return needed, paths, versions


def problems(program, size_limit=MAXIMUM_BYTES, glibc=GLIBC):
    """What is wrong with a program that has to run on every Linux with a version of glibc, as sentences."""
    needed, paths, versions = requirements(program)
    for name in needed:
        if not ALLOWED_LIBRARIES.fullmatch(name):
            yield f"the program loads {name}, which is not part of glibc"
    for path in paths:
        yield f"the program looks for libraries in {path}"
    for prefix, number in sorted(versions):
        if prefix != "GLIBC" or not number:
            yield f"the program needs symbols of version {prefix}_{'.'.join(map(str, number))}"
        elif number[:2] > glibc:
            yield (f"the program needs symbols of glibc {'.'.join(map(str, number))}; the newest allowed version is "
                   f"{'.'.join(map(str, glibc))}")
    if not versions:
        yield "the program has no symbol versions to check"
    if (size := os.path.getsize(program)) > size_limit:
        yield f"the program has {size} bytes; the limit is {size_limit}"
    if ".debug_info" in output("readelf", "--section-headers", "--wide", program):
        yield "the program contains debug information"


def complete(program, shell):
    return output(program, "completion", shell)


def remove(path):
    if path.exists():
        shutil.rmtree(path)
