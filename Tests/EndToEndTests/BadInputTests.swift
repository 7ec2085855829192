import HostSystem
import Testing

/// Services that are wrong in one way each: the folders of `Fixtures/bad-input`.
///
/// The errors that tell of a fault stand in its `expected.txt`; `FUROSHIKI_RECORD=1` writes these files anew.
@Suite(.tags(.large))
struct BadInputTests {
    static let corpus = Program.root / "Tests/EndToEndTests/Fixtures/bad-input"

    static let cases = ((try? LiveFileSystem().entries(of: corpus)) ?? []).map(\.name)

    @Test
    func `the corpus is there`() { #expect(Self.cases.count >= 15) }

    private static let good = """
        service: good
        provider: {name: aws, runtime: nodejs22.x}
        functions: {main: {handler: good.main}}

        """

    @Test(arguments: cases)
    func `a fault is told at its place, with nothing half-written`(name: String) async throws {
        let files = LiveFileSystem()
        let expected = Self.corpus / name / "expected.txt"
        try await Program.onCopy(of: Self.corpus / name) { program in
            let outcome = try await program.run("package")
            #expect(outcome.status == 1)
            // Scripts look for the messages of `package` on the standard output, where Serverless writes them.
            #expect(outcome.output.hasPrefix("Error:\n"))
            #expect(!files.exists(program.directory / ".serverless"))
            let told = outcome.errors.replacing(program.directory.string, with: "<SERVICE>")
            if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil {
                try files.write(told, to: expected)
            } else {
                #expect(told == (try files.readText(expected)))
            }
            // When the configuration is right, nothing that the failed run left stands in the way.
            for name in ["serverless.json", "expected.txt"] { try files.remove(program.directory / name) }
            try files.write(Self.good, to: program.directory / "serverless.yml")
            try files.write("exports.main = async () => {};\n", to: program.directory / "good.js")
            let next = try await program.run("package")
            #expect(next.status == 0, "\(next.errors)")
            #expect(files.isFile(program.directory / ".serverless/good.zip"))
        }
    }

    @Test
    func `templates that do not fit new artifacts do not stay`() async throws {
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
    func `what is in the way of the package is named`() async throws {
        let service = ["serverless.yml": Self.good, "good.js": "exports.main = async () => {};\n", ".serverless": ""]
        try await Program.onFiles(service) { program in
            let outcome = try await program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: '\(program.directory)/.serverless' is in the way"))
        }
    }
}
