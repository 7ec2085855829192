import FuroshikiTestSupport
import HostSystem
import Testing

/// A service whose requirements come from an index on the loopback interface, with a cache of its own.
struct SupplyService: Sendable {
    /// Holds the service, the packages of the index, the caches and the folder of temporary files.
    let folder: LocalPath
    /// The index.
    let index: LocalIndex
    /// The resolver, which the index does not have.
    let uv: String
    /// What the environment has besides what every run has.
    var variables: [String: String] = [:]

    /// The service's folder.
    var directory: LocalPath { folder / "service" }
    /// The cache of the runs that something befalls.
    var cache: LocalPath { folder / "cache" }

    private static let configuration = """
        service: shop
        provider: {name: aws, runtime: python3.11}
        plugins: [serverless-python-requirements]
        functions:
          order: {handler: order.handler}

        """

    /// Runs a body with a service that requires what a test writes into its `requirements.txt`.
    static func with(_ body: @escaping @Sendable (SupplyService) async throws -> Void) async throws {
        let uv = try await resolver()
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try await LocalIndex.with(folder / "packages") { index in
                let service = SupplyService(folder: folder, index: index, uv: uv)
                try LiveFileSystem().createDirectory(folder / "tmp")
                try service.write([
                    "serverless.yml": configuration, "order.py": "def handler(event, context):\n    return event\n",
                ])
                try await body(service)
            }
        }
    }

    /// Writes files into the service's folder; one that is `nil` goes.
    func write(_ files: [String: String?]) throws {
        for (name, text) in files {
            let path = directory / name
            try LiveFileSystem().createDirectory(path.parent)
            if let text { try LiveFileSystem().write(text, to: path) } else { try LiveFileSystem().remove(path) }
        }
    }

    /// Puts wheels into the index.
    func publish(_ wheels: WheelBuilder...) throws {
        for wheel in wheels { try wheel.write(to: index.folder) }
    }

    /// The program on the service, with one of the caches.
    func program(cache: LocalPath? = nil) -> Program {
        var program = Program(directory: directory)
        program.variables = [
            "XDG_CACHE_HOME": (cache ?? self.cache).string, "FUROSHIKI_UV": uv, "PIP_INDEX_URL": index.address,
            "PIP_CONFIG_FILE": "/dev/null", "TMPDIR": (folder / "tmp").string, "no_proxy": "127.0.0.1",
        ]
        program.variables.merge(variables) { $1 }
        return program
    }

    /// Packages with the cache of this service, to see it fail with nothing half-written.
    ///
    /// - Returns: what is told, without what differs from run to run.
    func failingRun() async throws -> String { normalized(try await failure()) }

    /// Packages with the cache of this service, to see it fail with nothing half-written.
    ///
    /// - Returns: what is told.
    func failure() async throws -> String {
        let files = LiveFileSystem()
        let outcome = try await program().run("package")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("Error:\n"))
        #expect(!files.exists(directory / ".serverless"))
        #expect(try files.entries(of: folder / "tmp").isEmpty)
        return outcome.errors
    }

    /// Packages with the cache of this service and with a fresh one, to see both succeed with the same bytes.
    func succeedingRuns() async throws {
        let later = try await artifacts(cache: cache)
        let clean = try await artifacts(cache: folder / "fresh")
        #expect(later == clean)
        #expect(!clean.isEmpty)
        #expect(try LiveFileSystem().entries(of: folder / "tmp").isEmpty)
    }

    /// The digests of the artifacts of a run, which must succeed.
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

    /// The files in a folder of the cache, by their paths.
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

    /// A text without the folders, the port and the progress of a run.
    func normalized(_ text: String) -> String {
        text.replacing(folder.string, with: "<FOLDER>").replacing("127.0.0.1:\(index.port)", with: "<INDEX>")
            .replacing(/\.staging-[0-9a-z]+/, with: "<STAGING>")
            .replacing(/tmp\/furoshiki-[0-9a-z]+/, with: "tmp/<OURS>")
            .replacing(/'uv-[^']*\.whl'/, with: "<UV>")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { line in
                !["Packaging ", "Waiting for ", "Resolved: ", "Downloaded: ", "Built: "].contains { line.hasPrefix($0) }
            }
            .joined(separator: "\n")
    }

    /// Holds a text against a snapshot; `FUROSHIKI_RECORD=1` writes it anew.
    static func compare(_ text: String, with snapshot: String) throws {
        let file = Program.root / "Tests/EndToEndTests/Fixtures/supply-faults" / (snapshot + ".txt")
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil {
            try LiveFileSystem().write(text, to: file)
        } else {
            #expect(text == (try LiveFileSystem().readText(file)))
        }
    }

    /// The resolver: what `FUROSHIKI_UV` names, or what the program itself fetches for the tests' own cache.
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
            #expect(outcome.status == 0, "the resolver cannot be fetched: \(outcome.errors)")
        }
        return installed() ?? "uv"
    }
}
