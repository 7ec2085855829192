import FuroshikiTestSupport
import HostSystem
import Testing

/// A service whose requirements come from a package index on the loopback interface, with its own cache.
struct IndexedService: Sendable {
    /// The directory with the service, the packages of the index, the caches and the temporary files.
    let folder: LocalPath
    /// The package index, which serves the wheels that the test publishes.
    let index: LocalIndex
    /// The path of uv, which is not in the index.
    let uv: String
    /// Environment variables, in addition to those of every run.
    var variables: [String: String] = [:]

    /// The directory of the service.
    var directory: LocalPath { folder / "service" }
    /// The cache of the runs that fail.
    var cache: LocalPath { folder / "cache" }

    private static let configuration = """
        service: shop
        provider: {name: aws, runtime: python3.11}
        plugins: [serverless-python-requirements]
        functions:
          order: {handler: order.handler}

        """

    /// Runs a body with a temporary service; the test writes its `requirements.txt`.
    static func with(_ body: @escaping @Sendable (IndexedService) async throws -> Void) async throws {
        let uv = try await resolver()
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try await LocalIndex.with(folder / "packages") { index in
                let service = IndexedService(folder: folder, index: index, uv: uv)
                try LiveFileSystem().createDirectory(folder / "tmp")
                try service.write([
                    "serverless.yml": configuration, "order.py": "def handler(event, context):\n    return event\n",
                ])
                try await body(service)
            }
        }
    }

    /// Writes files into the directory of the service; `nil` removes a file.
    func write(_ files: [String: String?]) throws {
        for (name, text) in files {
            let path = directory / name
            try LiveFileSystem().createDirectory(path.parent)
            if let text { try LiveFileSystem().write(text, to: path) } else { try LiveFileSystem().remove(path) }
        }
    }

    /// Adds wheels to the index.
    func publish(_ wheels: WheelBuilder...) throws {
        for wheel in wheels { try wheel.write(to: index.folder) }
    }

    /// The program in the directory of the service, with a cache.
    func program(cache: LocalPath? = nil) -> Program {
        var program = Program(directory: directory)
        program.variables = [
            "XDG_CACHE_HOME": (cache ?? self.cache).string, "FUROSHIKI_UV": uv, "PIP_INDEX_URL": index.address,
            "PIP_CONFIG_FILE": "/dev/null", "PIP_TIMEOUT": "3600", "TMPDIR": (folder / "tmp").string,
            "no_proxy": "127.0.0.1",
        ]
        program.variables.merge(variables) { $1 }
        return program
    }

    /// Runs `package`, and removes the failures of the index when the messages contain a string, however long that takes.
    func runReleasing(after text: String) async throws -> Program.Outcome {
        let script = """
            : >"$1/log"
            ("$0" package 2>"$1/log"; echo $? >"$1/status") &
            while [ ! -e "$1/status" ] && ! grep -q "$2" "$1/log"; do sleep 0.1; done
            rm "$1/packages/failures.json"
            wait
            cat "$1/log" >&2
            exit "$(cat "$1/status")"
            """
        return try await program().run(["-c", script, Program.path.string, folder.string, text], program: "/bin/sh")
    }

    /// Runs `package`, which has to fail without partial output.
    ///
    /// - Returns: the messages, without the parts that differ between runs.
    func failingRun() async throws -> String { normalized(try await failure()) }

    /// Runs `package`, which has to fail without partial output.
    ///
    /// - Returns: the messages as they are.
    func failure() async throws -> String {
        let files = LiveFileSystem()
        let outcome = try await program().run("package")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("Error:\n"))
        #expect(!files.exists(directory / ".serverless"))
        #expect(try files.entries(of: folder / "tmp").isEmpty)
        return outcome.errors
    }

    /// Runs `package` with the cache of this service and with an empty one; both have to produce the same bytes.
    func succeedingRuns() async throws {
        let later = try await artifacts(cache: cache)
        let clean = try await artifacts(cache: folder / "fresh")
        #expect(later == clean)
        #expect(!clean.isEmpty)
        #expect(try LiveFileSystem().entries(of: folder / "tmp").isEmpty)
    }

    /// Runs `package`, which has to succeed.
    ///
    /// - Returns: the digests of the zip files, by name.
    func artifacts(cache: LocalPath) async throws -> [String: SHA256Digest] {
        let files = LiveFileSystem()
        try files.remove(directory / ".serverless")
        let outcome = try await program(cache: cache).run("package")
        #expect(outcome.status == 0, "\(outcome.errors)")
        var digests: [String: SHA256Digest] = [:]
        guard outcome.status == 0 else { return digests }
        for entry in try files.entries(of: directory / ".serverless") where entry.name.hasSuffix(".zip") {
            digests[entry.name] = SHA256.digest(of: try files.read(directory / ".serverless" / entry.name))
        }
        return digests
    }

    /// The paths of the files in a directory of the cache.
    func cached(_ name: String) throws -> [String] {
        var found: [String] = []
        let place = cache / "furoshiki" / name
        guard LiveFileSystem().exists(place) else { return [] }
        try LiveFileSystem()
            .walk(place) { path, kind in
                if kind == .file { found.append(path) }
                return true
            }
        return found
    }

    /// The messages of a run, with placeholders for directories and ports, and without progress lines.
    func normalized(_ text: String) -> String {
        text.replacing(folder.string, with: "<FOLDER>").replacing("127.0.0.1:\(index.port)", with: "<INDEX>")
            .replacing(/\.staging-[0-9a-z]+/, with: "<STAGING>")
            .replacing(/tmp\/furoshiki-tmp-[0-9a-z]+/, with: "tmp/<OURS>")
            .replacing(/'uv-[^']*\.whl'/, with: "<UV>")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { line in
                !["Packaging ", "Packaged ", "Waiting for ", "Resolved: ", "Downloaded: ", "Built: "]
                    .contains { line.hasPrefix($0) }
            }
            .joined(separator: "\n")
    }

    /// Compares messages with a snapshot; `FUROSHIKI_RECORD=1` updates the snapshot.
    static func compare(_ text: String, with snapshot: String) throws {
        let file = Program.root / "Tests/EndToEndTests/Fixtures/wheel-failures" / (snapshot + ".txt")
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil {
            try LiveFileSystem().write(text, to: file)
        } else {
            #expect(text == (try LiveFileSystem().readText(file)))
        }
    }

    /// The path of uv: `FUROSHIKI_UV`, or the one that the program downloads into the cache of the tests.
    private static func resolver() async throws -> String {
        if let named = Environment.current().nonEmpty("FUROSHIKI_UV") { return named }
        let tools = Program.root / ".cache/end-to-end/furoshiki/tools"
        func installed() -> String? {
            let files = LiveFileSystem()
            guard files.exists(tools), let entries = try? files.entries(of: tools) else { return nil }
            return entries.map { tools / $0.name / "uv" }.first { files.isFile($0) }?.string
        }
        if let known = installed() { return known }
        try await Program.onFiles([
            "serverless.yml": configuration, "order.py": "def handler(event, context): pass\n",
            "requirements.txt": "six\n",
        ]) { program in
            let outcome = try await program.run("package")
            #expect(outcome.status == 0, "cannot download uv: \(outcome.errors)")
        }
        return installed() ?? "uv"
    }
}
