import FuroshikiTestSupport
import HostSystem
import Testing

/// A scenario in `Tests/RecordedCommands`: local commands, and what Serverless did.
struct RecordedCommands: Sendable, CustomTestStringConvertible {
    private static let root = LocalPath(#filePath).parent.parent / "RecordedCommands"
    /// The program that runs a scenario.
    static let runner = root / "run.py"

    /// The name of the directory.
    let name: String

    var testDescription: String { name }

    /// All scenarios, sorted by name.
    static let all: [RecordedCommands] = ((try? LiveFileSystem().entries(of: root)) ?? [])
        .filter { $0.kind == .directory && LiveFileSystem().exists(root / $0.name / "steps") }
        .map { RecordedCommands(name: $0.name) }

    /// Whether the scenario installs packages from the Python Package Index.
    var usesIndex: Bool { name == "requirements-commands" }

    /// The interpreters that the scenario starts.
    var interpreters: Set<String> {
        var found: Set<String> = ["node"]
        let files = LiveFileSystem()
        try? files.walk(Self.root / name) { path, kind in
            if kind == .file, let text = try? files.readText(Self.root / name / path) {
                for match in text.matches(of: /python3\.(\d+)/) where (8...13).contains(Int(match.1) ?? 0) {
                    found.insert(String(match.0))
                }
            }
            return true
        }
        return found
    }
}

/// The interpreters on this machine.
private struct Interpreters: Sendable {
    /// The environment in which they are found.
    let environment: Environment
    private let managed: [String]

    init() {
        var environment = Environment.current()
        let files = LiveFileSystem()
        // The shims of pyenv run only the versions that are selected.
        if let python = environment.findProgram("python3"), python.parent.lastComponent == "shims" {
            let versions = (try? files.entries(of: python.parent.parent / "versions").map(\.name)) ?? []
            managed =
                environment.nonEmpty("PYENV_VERSION")?.split(separator: ":").map(String.init) ?? versions.reversed()
            environment.variables["PYENV_VERSION"] = managed.joined(separator: ":")
        } else {
            managed = []
        }
        self.environment = environment
    }

    func has(_ name: String) -> Bool {
        guard let path = environment.findProgram(name) else { return false }
        guard path.parent.lastComponent == "shims" else { return true }
        return managed.contains { "python\($0).".hasPrefix("\(name).") }
    }
}

/// Runs local commands as a user would, and compares their effects with those of Serverless.
@Suite(.tags(.large))
struct RecordedCommandsTests {
    private static let interpreters = Interpreters()
    private static let runnable = RecordedCommands.all.filter { $0.interpreters.allSatisfy(interpreters.has) }
    private static let python = Environment.current().nonEmpty("FUROSHIKI_TEST_PYTHON")

    @Test func `there are scenarios of all local commands`() { #expect(RecordedCommands.all.count >= 30) }

    @Test(
        .enabled(if: runnable.count == RecordedCommands.all.count, "needs node and Python 3.8 to 3.13 on the PATH")
    )
    func `all scenarios can run on this machine`() { #expect(!Self.runnable.isEmpty) }

    @Test(
        .enabled(if: python != nil, "needs FUROSHIKI_TEST_PYTHON, which scripts/test sets"),
        arguments: runnable.filter { !$0.usesIndex }
    )
    func `local commands have the effects that Serverless has`(recorded: RecordedCommands) async throws {
        try await run(recorded)
    }

    @Test(
        .tags(.network),
        .enabled(if: python != nil, "needs FUROSHIKI_TEST_PYTHON, which scripts/test sets"),
        .enabled(
            if: Environment.current().nonEmpty("FUROSHIKI_TEST_OFFLINE") == nil,
            "needs the Python Package Index"
        ),
        arguments: runnable.filter(\.usesIndex)
    )
    func `commands of the Python plugin have the effects that Serverless has`(recorded: RecordedCommands) async throws {
        try await run(recorded)
    }

    private func run(_ recorded: RecordedCommands) async throws {
        let request = ProcessRequest(
            try #require(Self.python),
            [RecordedCommands.runner.string, Program.path.string, "--only", recorded.name],
            environment: Self.interpreters.environment
        )
        let result = try await LiveProcessRunner().run(request)
        #expect(result.isSuccess, "\(result.outputText)\(result.errorText)")
    }
}
