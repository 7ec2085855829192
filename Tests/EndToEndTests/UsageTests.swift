import HostSystem
import OrderedJSON
import Testing

@Suite(.tags(.large))
struct UsageTests {
    private let program = Program(directory: Program.root)

    @Test(arguments: [["--version"], ["-v"], ["package", "--version"]])
    func `--version prints only the version`(arguments: [String]) async throws {
        let outcome = try await program.run(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.output.wholeMatch(of: /Furoshiki \d+\.\d+\.\d+\n/) != nil)
        #expect(outcome.errors.isEmpty)
    }

    @Test(arguments: [
        "package", "print", "requirements install", "requirements clean", "requirements cleanCache", "invoke local",
        "deploy", "deploy function", "deploy list", "deploy list functions", "info", "invoke", "logs", "metrics",
        "remove", "rollback", "rollback function", "config credentials", "create", "generate-event", "doctor",
        "diff",
    ])
    func `--help lists every command, and every command has help`(command: String) async throws {
        let overview = try await program.run("--help")
        #expect(overview.status == 0)
        #expect(overview.output.replacing("\n", with: " ").contains(" \(command)"))
        let own = try await program.run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(own.status == 0)
        #expect(own.output.contains("Usage: furoshiki \(command)"))
        #expect(own.output.contains("--stage"))
    }

    struct Misuse: Sendable, CustomTestStringConvertible {
        let arguments: String
        let mentions: [String]
        var testDescription: String { arguments }
    }

    @Test(arguments: [
        Misuse(arguments: "pakcage", mentions: ["unknown command 'pakcage'", "did you mean 'package'?"]),
        Misuse(arguments: "deploy functoin -f f", mentions: ["'deploy functoin'", "did you mean 'deploy function'?"]),
        Misuse(arguments: "package --verbos", mentions: ["'--verbos'", "did you mean '--verbose'?"]),
        Misuse(arguments: "package --one 1 --two 2", mentions: ["'--one'", "'--two'"]),
        Misuse(arguments: "package --stage", mentions: ["'--stage' requires a value"]),
        Misuse(arguments: "package --stage --verbose", mentions: ["'--stage' requires a value"]),
        Misuse(arguments: "package --verbose=true", mentions: ["'--verbose' does not accept a value"]),
        Misuse(arguments: "print --region a --region b", mentions: ["'--region' is given more than once"]),
        Misuse(arguments: "deploy function", mentions: ["'--function'"]),
        Misuse(arguments: "package now", mentions: ["'package now'"]),
        Misuse(arguments: "login", mentions: ["dashboard"]),
        Misuse(arguments: "plugin", mentions: ["npm"]),
    ])
    func `an invalid command line ends with status 64`(misuse: Misuse) async throws {
        let outcome = try await program.run(misuse.arguments.split(separator: " ").map(String.init))
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty || outcome.output.hasPrefix("Error:\n"))
        for text in misuse.mentions { #expect(outcome.errors.contains(text)) }
    }

    @Test
    func `options can be before, between and after the words of a command`() async throws {
        let yaml = "service: shop\nprovider: {name: aws, stage: \"${opt:stage}\"}\n"
        try await Program.onFiles(["serverless.yml": yaml]) { program in
            for arguments in [
                "--stage prod print --path provider.stage", "print -s prod --path=provider.stage",
                "print --path provider.stage --stage=prod",
            ] {
                let outcome = try await program.run(arguments.split(separator: " ").map(String.init))
                #expect(outcome.output == "prod\n", "\(arguments)")
            }
        }
    }

    @Test
    func `with --json, errors are objects; without a terminal, they have no colors`() async throws {
        try await Program.onFiles(["serverless.yml": "service: shop\n"]) { program in
            let outcome = try await program.run("print", "--json")
            #expect(outcome.status == 1)
            let parsed = try JSONValue(parsing: Array(outcome.errors.utf8))
            let first = try #require(parsed["diagnostics"]?.arrayValue?.first)
            #expect(first["severity"] == "error")
            #expect(first["file"] == "serverless.yml")
            #expect(try await program.run("print").errors.contains("\u{1B}") == false)
        }
    }

    @Test
    func `bash completes commands and options`() async throws {
        let script = try await program.run("completion", "bash").output
        #expect(script.contains("complete -o default -F _furoshiki furoshiki sls serverless"))
        try await Program.onFiles(["completion.bash": script]) { program in
            let cases = [
                ("sls deploy fu", "function"), ("sls -s dev deploy fu", "function"),
                ("sls --stage = dev pa", "package"),
                ("sls package --min", "--minify-template"), ("sls package --stage de", ""),
                ("sls print --format = j", ""),
            ]
            let lines = cases.map {
                "COMP_WORDS=(\($0.0)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _furoshiki; echo $COMPREPLY"
            }
            let line = (["source completion.bash"] + lines).joined(separator: "; ")
            let outcome = try await program.run(["-c", line], program: "/bin/bash")
            #expect(outcome.output == cases.map { $0.1 + "\n" }.joined())
        }
    }
}
