import ContainerEngine

/// The shell scripts that containers run: they unpack an archive from their input, and write one to their output.
enum ContainerScripts {
    /// The names of environment variables that may contain the directory of the archive.
    private static let placeholders = ["PIP_FIND_LINKS", "PIP_CERT"]

    /// The start of all scripts: a temporary directory with the unpacked archive.
    private static let opening = """
        python=$1; shift
        d=$(mktemp -d) || exit 1
        trap 'rm -rf "$d"' EXIT
        cd "$d" || exit 1
        mkdir -p in out || exit 1
        tar -xf - -C in || exit 1
        exec </dev/null
        for v in \(placeholders.joined(separator: " ")); do
          eval "value=\\${$v-}"
          [ -z "$value" ] || export "$v=$(printf %s "$value" | sed "s|\(PipInContainer.root)|$d/in|g")"
        done

        """

    /// Builds a wheel of the project that has the name in `$2`, with the arguments after `$4`.
    ///
    /// `$3` is empty, or lists the libraries of Lambda, so that others are added to the wheel; `$4` is the script for it.
    static let build =
        opening + """
            name=$1; provided=$2; bundle=$3; shift 3
            "$python" -m pip wheel --no-deps --wheel-dir out "$@" "in/$name" >&2 || exit \(RunningContainer.failureStatus)
            if [ -n "$provided" ]; then
              "$python" -c "$bundle" out "$provided" >&2 || exit \(RunningContainer.failureStatus)
            fi
            tar -cf - -C out .
            """

    /// Resolves `requirements.txt`, with the arguments after `$3`, to wheels.
    static let resolve =
        opening + """
            provided=$1; bundle=$2; shift 2
            sed -i "s|\(PipInContainer.root)|$d/in|g" in/requirements.txt in/constraints.txt || exit 1
            "$python" -m pip wheel --wheel-dir out -r in/requirements.txt -c in/constraints.txt "$@" >&2 \\
              || exit \(RunningContainer.failureStatus)
            if [ -n "$provided" ]; then
              "$python" -c "$bundle" out "$provided" >&2 || exit \(RunningContainer.failureStatus)
            fi
            tar -cf - -C out .
            """

    /// Copies the files in `$1`, `$2` … to the archive; the files that do not exist are printed, one on each line.
    static let copyFiles = """
        d=$(mktemp -d) || exit 1
        trap 'rm -rf "$d"' EXIT
        mkdir "$d/out" || exit 1
        missing=0
        for f in "$@"; do
          if [ -f "$f" ]; then cp -L "$f" "$d/out/" || exit 1; else echo "$f" >&2; missing=1; fi
        done
        [ $missing = 0 ] || exit \(RunningContainer.failureStatus)
        tar -cf - -C "$d/out" .
        """

    /// The flags of linkers that make extensions look for libraries in `lib` beside them.
    ///
    /// `DT_RPATH` also applies to the libraries that those libraries need, which `DT_RUNPATH` does not.
    static let linkerFlags = "-Wl,--disable-new-dtags,-rpath,$ORIGIN/lib"

    /// The Python script that adds the libraries of the container to wheels, except those that Lambda has.
    ///
    /// The closure is that of `DT_NEEDED`; `ldd` says where the loader finds each library.
    static let bundle = """
        import base64, hashlib, os, re, subprocess, sys, tempfile, zipfile
        folder, provided = sys.argv[1], set(sys.argv[2].split())
        def run(*command):
            return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")
        def dynamic(path):
            text = run("readelf", "-d", path)
            return re.findall(r"\\(NEEDED\\).*\\[(.+)\\]", text), re.findall(r"\\((?:RPATH|RUNPATH)\\).*\\[(.+)\\]", text)
        def found(path):
            return dict(re.findall(r"^\\s*(\\S+) => (/\\S+)", run("ldd", path), re.M))
        for wheel in sorted(os.listdir(folder)):
            if not wheel.endswith(".whl"):
                continue
            path = os.path.join(folder, wheel)
            with tempfile.TemporaryDirectory() as scratch:
                with zipfile.ZipFile(path) as archive:
                    archive.extractall(scratch)
                    names = archive.namelist()
                own = {os.path.basename(name) for name in names}
                added = {}
                for name in names:
                    file = os.path.join(scratch, name)
                    if not os.path.isfile(file) or open(file, "rb").read(4) != b"\\x7fELF":
                        continue
                    places, waiting = found(file), [file]
                    paths = dynamic(file)[1]
                    beside = any("$ORIGIN/lib" in entry.split(":") for entry in paths)
                    target = os.path.join(os.path.dirname(name), "lib") if beside else "lib"
                    while waiting:
                        for library in dynamic(waiting.pop())[0]:
                            place = target + "/" + library
                            if library in provided or library in own or place in added or library not in places:
                                continue
                            added[place.lstrip("/")] = places[library]
                            waiting.append(places[library])
                if not added:
                    continue
                record = next(n for n in names if n.endswith(".dist-info/RECORD") and n.count("/") == 1)
                lines = open(os.path.join(scratch, record), encoding="utf-8").read().splitlines()
                for place, source in sorted(added.items()):
                    content = open(source, "rb").read()
                    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                    lines.append("%s,sha256=%s,%d" % (place, digest, len(content)))
                    print("added %s to %s" % (place, wheel))
                with zipfile.ZipFile(path) as old, zipfile.ZipFile(path + ".new", "w", zipfile.ZIP_DEFLATED) as new:
                    for item in old.infolist():
                        if item.filename != record:
                            new.writestr(item, old.read(item))
                    for place, source in sorted(added.items()):
                        entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))
                        entry.external_attr, entry.compress_type = 0o100755 << 16, zipfile.ZIP_DEFLATED
                        new.writestr(entry, open(source, "rb").read())
                    new.writestr(record, "\\n".join(lines) + "\\n")
                os.replace(path + ".new", path)
        """
}
