import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import furoshiki

struct DiagnosticRendererTests {
    private func text(
        _ diagnostic: Diagnostic,
        file: String = "",
        columns: Int? = nil,
        style: TextStyle = .plain,
        isVerbose: Bool = false
    ) throws -> String {
        let files = try InMemoryFileSystem()
        try files.createDirectory("/shop")
        try files.write(file, to: "/shop/serverless.yml")
        var renderer = DiagnosticRenderer(
            style: style,
            columns: columns,
            isVerbose: isVerbose,
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

    @Test
    func `headlines wrap at the width of the terminal`() throws {
        let diagnostic = Diagnostic(
            .warning,
            .unexpectedError,
            "one two three four five six seven",
            at: SourcePlace(file: "serverless.yml")
        )
        #expect(
            try text(diagnostic, columns: 36) == """
                serverless.yml: warning: one two
                   three four five six seven

                """
        )
    }

    @Test
    func `the place, the severity and the mark have colors, and what is secondary is dim`() throws {
        let diagnostic = Diagnostic(
            .error,
            .unexpectedError,
            "bad",
            at: SourcePlace(file: "serverless.yml", line: 1, column: 4),
            help: ["fix it"],
            toolOutput: "detail"
        )
        let shown = try text(diagnostic, file: "a: b\n", style: TextStyle(usesColor: true))
            .replacing("\u{1B}[", with: "^")
        #expect(
            shown == """
                ^1mserverless.yml:1:4:^0m ^1;31merror:^0m bad
                ^2m 1 | ^0ma: b
                ^2m   | ^0m   ^1;31m^^0m
                   ^1;32mhelp:^0m fix it
                ^2m   | detail^0m

                """
        )
    }

    @Test
    func `the output of a program is reduced to what matters, and whole with --verbose`() throws {
        let diagnostic = Diagnostic(
            .error,
            .unexpectedError,
            "cannot load 'serverless.js': Cannot find module 'x'\nRequire stack:\n- /a/serverless.js",
            toolOutput: """
                Error: Cannot find module 'x'
                Require stack:
                - /a/serverless.js
                - /b/node_modules/c.js
                    at Module._resolve (node:internal/modules/cjs/loader:1140:15)
                    at Object.<anonymous> (/a/serverless.js:1:9)
                """
        )
        #expect(
            try text(diagnostic) == """
                error: cannot load 'serverless.js': Cannot find module 'x'
                   | required by /a/serverless.js
                   | … 4 more lines, shown with --verbose

                """
        )
        let whole = try text(diagnostic, isVerbose: true)
        #expect(whole.contains("   | - /b/node_modules/c.js\n") && whole.contains("loader:1140:15"))
        #expect(!whole.contains("more lines"))
    }

    @Test
    func `further lines of a message are indented below the first one`() throws {
        let diagnostic = Diagnostic(.error, .unexpectedError, "cannot run 'x': bad\nat line 3")
        #expect(try text(diagnostic) == "error: cannot run 'x': bad\n   | at line 3\n")
    }
}
