import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import furoshiki

struct DiagnosticRendererTests {
    private func text(_ diagnostic: Diagnostic, file: String = "", columns: Int? = nil) throws -> String {
        let files = try InMemoryFileSystem()
        try files.createDirectory("/shop")
        try files.write(file, to: "/shop/serverless.yml")
        var renderer = DiagnosticRenderer(
            usesColor: false,
            columns: columns,
            showsCodes: false,
            directory: "/shop",
            reader: files
        )
        return renderer.text(of: diagnostic)
    }

    private func excerpt(_ line: String, column: Int) throws -> [String] {
        let place = SourcePlace(file: "serverless.yml", line: 1, column: column)
        return try text(Diagnostic(.error, .unexpectedError, "x", at: place), file: line + "\n").split(separator: "\n")
            .map(String.init)
    }

    @Test(arguments: [
        ("a: 漢字 word", 7, "   |         ^~~~"),
        ("a: u\u{308} word", 7, "   |      ^~~~"),
        ("\ta: b", 5, "   | \t   ^"),
        ("key: 'a b, c'", 6, "   |      ^~~~~~~~"),
        ("\"a \\\" b\": 1", 1, "   | ^~~~~~~~"),
        ("a: ${opt:stage, 'dev'}-x", 4, "   |    ^~~~~~~~~~~~~~~~~~~"),
        ("a: [one, two]", 5, "   |     ^~~"),
        ("a: 'never closed", 4, "   |    ^~~~~~"),
    ])
    func `a mark is below its whole word`(line: String, column: Int, mark: String) throws {
        #expect(try excerpt(line, column: column).last == mark)
    }

    @Test
    func `control characters of a file are replaced`() throws {
        let lines = try excerpt("a: \u{1B}[2Jb\r", column: 1)
        #expect(lines[1] == " 1 | a: \u{FFFD}[2Jb")
    }

    @Test
    func `a place without a line has no excerpt`() throws {
        let diagnostic = Diagnostic(.warning, .unexpectedError, "odd", at: SourcePlace(file: "serverless.yml"))
        #expect(try text(diagnostic, file: "a: b\n") == "serverless.yml: warning: odd\n")
    }

    @Test
    func `notes wrap at the width of the terminal`() throws {
        let diagnostic = Diagnostic(
            .error,
            .unexpectedError,
            "x",
            notes: ["one two three four five six"],
            help: ["short"]
        )
        #expect(
            try text(diagnostic, columns: 33) == """
                error: x
                   note: one two three four five
                         six
                   help: short

                """
        )
        #expect(try text(diagnostic).contains("one two three four five six"))
    }
}
