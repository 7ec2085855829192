import HostSystem
import OrderedJSON
import Testing

@Suite(.tags(.large))
struct StreamsTests {
    private static let service = [
        "serverless.yml": """
        service: shop
        provider: {name: aws, runtime: python3.12}
        functions: {main: {handler: app.main}}

        """,
        "app.py": "def main(event, context): pass\n",
    ]

    /// Runs a shell command in which `$0` is the program.
    private func shell(_ line: String, _ program: Program) async throws -> Program.Outcome {
        try await program.run(["-c", line, Program.path.string], program: "/bin/sh")
    }

    @Test(arguments: [
        "$0 --version >&-", "$0 print >&-", "$0 package >&-", "$0 print --json >&-",
        "test -e /dev/full && $0 print >/dev/full",
    ])
    func `a result that cannot be written is an error`(line: String) async throws {
        try await Program.onFiles(Self.service) { program in
            let outcome = try await shell(line, program)
            #expect(outcome.status == 1)
            #expect(line.contains("full") || outcome.errors.contains("cannot write to standard output"))
        }
    }

    @Test(arguments: ["2>&-", "<&- >&- 2>&-", "2>&- | cat"])
    func `output for a closed stream is not written to other files`(redirection: String) async throws {
        try await Program.onFiles(Self.service) { program in
            _ = try await shell("$0 package --verbose \(redirection)", program)
            let files = LiveFileSystem()
            let names = try files.entries(of: program.directory / ".serverless").map(\.name).sorted()
            #expect(names.last == "shop.zip" && names.count == 4)
            for name in names where name.hasSuffix(".json") {
                _ = try JSONValue(parsing: files.read(program.directory / ".serverless" / name))
            }
            let bytes = try files.read(program.directory / ".serverless/shop.zip")
            #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
            #expect(bytes.suffix(22).starts(with: [0x50, 0x4B, 5, 6]))
        }
    }

    @Test
    func `a reader that closes the pipe does not make the command fail`() async throws {
        try await Program.onFiles(Self.service) { program in
            let outcome = try await shell("($0 package 2>&1; echo $? >status) | true", program)
            #expect(outcome.status == 0)
            #expect(try LiveFileSystem().readText(program.directory / "status") == "0\n")
            #expect(LiveFileSystem().isFile(program.directory / ".serverless/serverless-state.json"))
        }
    }

    @Test(arguments: [
        ("2>&1 | cat >log", 1), (">log 2>&1", 1), (">log 2>>log", 1), (">log 2>other", 1),
        ("2>&1 >other | cat >log", 1), (">other 2>&1; cat other other >log", 2),
    ])
    func `a log of both streams has each error once`(redirection: String, count: Int) async throws {
        try await Program.onFiles(["serverless.yml": "service: ${env:MISSING_NAME}\n"]) { program in
            _ = try await shell("$0 package \(redirection)", program)
            let log = try LiveFileSystem().readText(program.directory / "log")
            #expect(
                log.split(separator: "cannot resolve 'service'", omittingEmptySubsequences: false).count == count + 1
            )
        }
    }

    @Test
    func `with --json, all diagnostics are in one object`() async throws {
        var service = Self.service
        service["serverless.yml"]? += "color: red\ncustom: {pythonRequirements: {slim: maybe}}\n"
        service["serverless.yml"]? += "plugins: [serverless-python-requirements, serverless-unheard-of]\n"
        try await Program.onFiles(service) { program in
            let outcome = try await program.run("package", "--json")
            #expect(outcome.status == 1)
            #expect(outcome.output.isEmpty)
            let diagnostics = try #require(
                try JSONValue(parsing: Array(outcome.errors.utf8))["diagnostics"]?.arrayValue
            )
            let severities = Set(diagnostics.compactMap { $0["severity"]?.stringValue })
            #expect(severities.contains("warning") && severities.contains("error"))
            #expect(
                diagnostics.allSatisfy {
                    $0["message"]?.stringValue?.isEmpty == false && $0["code"]?.stringValue != nil
                }
            )
        }
    }

    @Test
    func `with --json, results are JSON`() async throws {
        try await Program.onFiles(Self.service) { program in
            for arguments in [["package"], ["print"], ["--version"]] {
                let outcome = try await program.run(arguments + ["--json"])
                #expect(outcome.status == 0)
                #expect(outcome.errors.isEmpty)
                _ = try JSONValue(parsing: Array(outcome.output.utf8))
            }
        }
    }

    @Test
    func `an error in a subdirectory of a service suggests the directory of the service`() async throws {
        var files = Self.service
        files["deep/down/readme"] = ""
        try await Program.onFiles(files) { program in
            let inside = Program(directory: program.directory / "deep/down")
            let outcome = try await inside.run("print")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("help: run the command in '\(program.directory)'"))
            let missing = try await program.run("print", "--service-dir", "absent", "--json")
            #expect(missing.errors.contains("\"code\":\"missing-service-directory\""))
            #expect(missing.errors.contains("'\(program.directory)/absent'"))
        }
    }

    @Test
    func `print rejects unknown formats, transforms and paths`() async throws {
        try await Program.onFiles(Self.service) { program in
            for arguments in [["--format", "xml"], ["--transform", "values"]] {
                #expect(try await program.run(["print"] + arguments).status == 64)
            }
            let outcome = try await program.run("print", "--path", "functions.mian.handler")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("note: 'functions' has no member 'mian'"))
            #expect(outcome.errors.contains("help: did you mean 'functions.main'?"))
        }
    }
}
