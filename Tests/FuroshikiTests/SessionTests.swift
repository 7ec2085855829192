import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Synchronization
import Testing

@testable import furoshiki

struct SessionTests {
    private static let service = [
        "serverless.yml": """
        service: shop
        provider: {name: aws, runtime: nodejs22.x}
        functions: {main: {handler: app.main}}

        """
    ]
    private static let broken = ["serverless.yml": "service: shop\nprovider: {name: aws, stage: \"${opt:stag\"}\n"]

    /// The codes of the diagnostics that a run with `--json` reported.
    private func codes(_ run: ProgramRun) throws -> [String?] {
        let value = try JSONValue(parsing: Array(run.errors.utf8))
        return try #require(value["diagnostics"]?.arrayValue).map { $0["code"]?.stringValue }
    }

    @Test
    func `print shows the resolved configuration on standard output`() async throws {
        let run = try await ProgramRun("print --path provider.runtime", files: Self.service)
        #expect(run.status == .success)
        #expect(run.output == "nodejs22.x\n")
        #expect(run.errors.isEmpty)
    }

    @Test
    func `the version as JSON has the commit and the libraries if the build knows them`() async throws {
        let plain = try await ProgramRun("--version --json")
        #expect(try JSONValue(parsing: plain.output) == ["version": .string(Version.current)])
        let release = try await ProgramRun(
            "--version --json",
            buildFacts: #"{"commit":"0123abc","date":"2026-01-02T03:04:05Z","libraries":{"libyaml":"0.2.5"}}"#
        )
        #expect(
            try JSONValue(parsing: release.output) == [
                "version": .string(Version.current), "commit": "0123abc", "date": "2026-01-02T03:04:05Z",
                "libraries": ["libyaml": "0.2.5"],
            ]
        )
        #expect(try await ProgramRun("--version").output == "Furoshiki \(Version.current)\n")
    }

    @Test
    func `only commands that say so repeat their errors on standard output`() async throws {
        let print = try await ProgramRun("print --path package", files: Self.broken)
        #expect(print.status == .failure)
        #expect(print.output.isEmpty)
        let package = try await ProgramRun("package", files: Self.broken)
        #expect(package.status == .failure)
        #expect(package.output.hasPrefix("Error:\n"))
        #expect(package.errors.contains("error: "))
        let usage = try await ProgramRun("package --verbos")
        #expect(usage.status == .usage)
        #expect(usage.output == "Error:\nunknown option '--verbos'\n")
    }

    @Test
    func `errors are not repeated on a terminal, with --json, or if both streams are one file`() async throws {
        for streams in [
            MemoryStreams(terminals: [.output: 80]), MemoryStreams(terminals: [.error: 80]),
            MemoryStreams(outputIsError: true),
        ] {
            #expect(try await ProgramRun("package", files: Self.broken, streams: streams).output.isEmpty)
        }
        #expect(try await ProgramRun("package --json", files: Self.broken).output.isEmpty)
    }

    @Test
    func `with --json each diagnostic has its code`() async throws {
        #expect(try codes(await ProgramRun("package --verbos --json")) == ["unknown-option"])
        #expect(try codes(await ProgramRun("login --json")) == ["omitted-command"])
        let unknown = try await ProgramRun("invoke local -f mian --json", files: Self.service)
        #expect(try codes(unknown) == ["unknown-function"])
    }

    @Test(arguments: [
        ("login", 64), ("deploy", 1), ("requirements", 0), ("--version", 0), ("package --version", 0),
        ("explain", 0), ("explain no-such-code", 64), ("", 0),
    ])
    func `the exit status shows what kind of error there is`(arguments: String, status: Int32) async throws {
        #expect(try await ProgramRun(arguments).status.rawValue == status)
    }

    @Test
    func `with --verbose the code of a diagnostic is shown`() async throws {
        let run = try await ProgramRun("invoke local -f mian --verbose", files: Self.service)
        #expect(run.errors.contains("error[unknown-function]: the service has no function 'mian'"))
        #expect(try await ProgramRun("invoke local -f mian", files: Self.service).errors.contains("error: "))
    }

    @Test
    func `a result that cannot be written is an error`() async throws {
        let run = try await ProgramRun("print", files: Self.service, streams: MemoryStreams(failures: [.output: 28]))
        #expect(run.status == .failure)
        #expect(run.errors.contains("cannot write to standard output"))
    }

    @Test
    func `invoke local passes standard input on as the event`() async throws {
        let processes = ScriptedProcessRunner { _ in ProcessResult(status: .exited(0)) }
        let streams = MemoryStreams(input: #"{"id": 9007199254740993}"#)
        let run = try await ProgramRun(
            "invoke local -f main",
            files: Self.service,
            streams: streams,
            processes: processes
        )
        #expect(run.status == .success, "\(run.errors)")
        let request = try #require(processes.requests.first)
        #expect(request.program == "node")
        guard case .bytes(let input) = request.input else { return #expect(Bool(false), "the input is not bytes") }
        #expect(String(decoding: input, as: UTF8.self).hasPrefix(#"{"event":{"id": 9007199254740993},"#))
    }

    @Test
    func `invoke local does not wait for input from a terminal`() async throws {
        let processes = ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) }
        let streams = MemoryStreams(input: "not read", terminals: [.input: 80])
        let run = try await ProgramRun(
            "invoke local -f main --json",
            files: Self.service,
            streams: streams,
            processes: processes
        )
        #expect(try codes(run) == ["function-failed"])
        guard case .bytes(let input)? = processes.requests.first?.input else {
            return #expect(Bool(false), "the input is not bytes")
        }
        #expect(String(decoding: input, as: UTF8.self).hasPrefix(#"{"event":{},"#))
    }

    @Test
    func `a cancelled run ends with the status of an interruption`() async throws {
        let processes = ScriptedProcessRunner { _ in throw CancellationError() }
        let run = try await ProgramRun("invoke local -f main", files: Self.service, processes: processes)
        #expect(run.status == .interrupted)
        #expect(run.errors == "interrupted; no partial output was left behind\n")
    }

    @Test
    func `requirements clean removes what was installed, and shows it`() async throws {
        var files = Self.service
        files[".serverless/requirements/six.py"] = ""
        let run = try await ProgramRun("requirements clean", files: files)
        #expect(run.status == .success)
        #expect(run.errors == "Removed .serverless/requirements\n")
        #expect(try await ProgramRun("requirements clean", files: Self.service).errors == "Nothing to remove\n")
    }

    @Test
    func `help and completion know every command that is listed`() async throws {
        let help = try await ProgramRun("--help").output
        let script = try await ProgramRun("completion bash").output
        for command in ProgramCommands().table.listed {
            #expect(help.contains("\n  \(command.name) "), "\(command.name)")
            #expect(script.contains("\n        \"\(command.name)\") candidates="))
        }
    }

    @Test
    func `help omits options without effect, and ends with examples`() async throws {
        let overview = try await ProgramRun("--help").output
        #expect(overview.contains("--stage") && !overview.contains("--org"))
        #expect(overview.contains("\nExamples:\n  furoshiki package --stage prod\n"))
        let package = try await ProgramRun("package --help").output
        #expect(!package.contains("--app") && package.hasSuffix("  furoshiki package --report\n"))
        let explain = try await ProgramRun("explain --help").output
        #expect(explain.contains("--json") && !explain.contains("--stage"))
        #expect(try await ProgramRun("print --org mine --path service", files: Self.service).status == .success)
    }

    @Test
    func `under a name of Serverless, usage lines and instructions show it`() async throws {
        for path in ["/usr/local/bin/sls", "serverless", "./sls"] {
            #expect(ProgramName(path: path).text == "sls")
        }
        #expect(ProgramName(path: "bin/furoshiki-debug") == .furoshiki)
        let name = ProgramName(path: "sls")
        let help = try await ProgramRun("package --help", calledAs: name).output
        #expect(help.contains("\nUsage: sls package [OPTIONS]\n") && help.contains("\n  sls package --stage prod"))
        #expect(try await ProgramRun("zzz", calledAs: name).errors.contains("run 'sls --help'"))
    }

    @Test
    func `every command that can be run has an implementation`() {
        let commands = ProgramCommands()
        for command in commands.table.commands where command.availability == .available {
            #expect(commands.implementation(of: command) != nil, "\(command.name)")
        }
        #expect(Set(commands.table.commands.map(\.name)).count == commands.table.commands.count)
    }
}
