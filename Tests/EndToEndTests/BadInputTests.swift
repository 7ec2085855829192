import HostSystem
import Testing

/// Packages the services in `Fixtures/bad-input`, each of which has one error.
///
/// Each directory has the expected messages in `expected.txt`. `FUROSHIKI_RECORD=1` updates these files.
@Suite(.tags(.large))
struct BadInputTests {
    static let corpus = Program.root / "Tests/EndToEndTests/Fixtures/bad-input"

    static let cases = ((try? LiveFileSystem().entries(of: corpus)) ?? []).map(\.name)

    @Test
    func `there are services with errors`() { #expect(Self.cases.count >= 15) }

    private static let good = """
        service: good
        provider: {name: aws, runtime: nodejs22.x}
        functions: {main: {handler: good.main}}

        """

    @Test(arguments: cases)
    func `an error is reported with its location, and no partial output is left`(name: String) async throws {
        let files = LiveFileSystem()
        let expected = Self.corpus / name / "expected.txt"
        try await Program.onCopy(of: Self.corpus / name) { program in
            let outcome = try await program.run("package")
            #expect(outcome.status == 1)
            // Scripts expect the messages of `package` on standard output, as Serverless writes them there.
            #expect(outcome.output.hasPrefix("Error:\n"))
            #expect(!files.exists(program.directory / ".serverless"))
            // On a busy machine, there may also be lines about waiting for an index.
            let messages = outcome.errors.replacing(program.directory.string, with: "<SERVICE>")
                .split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("Waiting for ") }.joined(separator: "\n")
            if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil {
                try files.write(messages, to: expected)
            } else {
                #expect(messages == (try files.readText(expected)))
            }
            // The failed run must leave nothing that makes a run with a valid configuration fail.
            for name in ["serverless.json", "expected.txt"] { try files.remove(program.directory / name) }
            try files.write(Self.good, to: program.directory / "serverless.yml")
            try files.write("exports.main = async () => {};\n", to: program.directory / "good.js")
            let next = try await program.run("package")
            #expect(next.status == 0, "\(next.errors)")
            #expect(files.isFile(program.directory / ".serverless/good.zip"))
        }
    }

    @Test
    func `templates of an earlier run are removed if the new template has an error`() async throws {
        let files = LiveFileSystem()
        let service = ["serverless.yml": Self.good, "good.js": "exports.main = async () => {};\n"]
        try await Program.onFiles(service) { program in
            #expect(try await program.run("package").status == 0)
            let twice = "functions: {main: {handler: good.main, events: [{httpApi: GET /a}, {httpApi: GET /a}]}}\n"
            let head = Self.good.split(separator: "\n").prefix(2).joined(separator: "\n")
            try files.write(head + "\n" + twice, to: program.directory / "serverless.yml")
            #expect(try await program.run("package").status == 1)
            let left = try files.entries(of: program.directory / ".serverless").map(\.name)
            #expect(left == ["good.zip"])
        }
    }

    @Test
    func `a file at the path of the output directory is an error`() async throws {
        let service = ["serverless.yml": Self.good, "good.js": "exports.main = async () => {};\n", ".serverless": ""]
        try await Program.onFiles(service) { program in
            let outcome = try await program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: cannot write the package to '\(program.directory)/.serverless'"))
        }
    }
}
