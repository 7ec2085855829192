import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

struct ExplainTests {
    private static let documents = LocalPath(#filePath).parent.parent.parent / "docs"

    @Test(arguments: DiagnosticCode.allCases)
    func `every code has one explanation with an example`(code: DiagnosticCode) throws {
        #expect(DiagnosticExplanation.all.filter { $0.code == code }.count == 1)
        let explanation = try #require(code.explanation)
        #expect(!explanation.text.isEmpty && !explanation.example.isEmpty)
    }

    @Test(arguments: DiagnosticCode.allCases)
    func `codes are words in lower case, joined by dashes`(code: DiagnosticCode) {
        #expect(code.rawValue.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
    }

    @Test
    func `explain prints the explanation and the example of a code`() async throws {
        let run = try await ProgramRun("explain unknown-option")
        #expect(run.output.hasPrefix("unknown-option\n\n"))
        #expect(run.output.hasSuffix("\nExample:\n\n    furoshiki package --verbos\n"))
        let json = try JSONValue(parsing: Array(try await ProgramRun("explain unknown-option --json").output.utf8))
        #expect(json.arrayValue?.first?["code"] == "unknown-option")
    }

    @Test
    func `explain without a code lists all codes`() async throws {
        let lines = try await ProgramRun("explain").output.split(separator: "\n")
        #expect(lines.count == DiagnosticCode.allCases.count)
        let all = try JSONValue(parsing: Array(try await ProgramRun("explain --json").output.utf8))
        #expect(all.arrayValue?.count == DiagnosticCode.allCases.count)
    }

    @Test
    func `explain suggests the nearest code`() async throws {
        #expect(try await ProgramRun("explain unknown-optoin").errors.contains("did you mean 'unknown-option'?"))
    }

    @Test(arguments: [("--all", "diagnostics.md"), ("--plugins", "plugins.md")])
    func `documents are the output of explain`(option: String, document: String) async throws {
        let files = LiveFileSystem()
        let text = try await ProgramRun("explain \(option)").output
        let path = Self.documents / document
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try files.write(text, to: path) }
        #expect(try files.readText(path) == text)
    }
}
