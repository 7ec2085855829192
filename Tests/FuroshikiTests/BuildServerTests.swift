import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

/// What GitHub Actions and GitLab CI get besides the log.
struct BuildServerTests {
    private static let place = SourcePlace(file: "serverless.yml", line: 12, column: 5)

    private static func diagnostic(
        _ severity: Diagnostic.Severity = .error,
        _ message: String = "unknown runtime 'pyhton3.12'",
        at place: SourcePlace? = place,
        help: [String] = ["did you mean 'python3.12'?"]
    ) -> Diagnostic {
        Diagnostic(severity, .unknownRuntime, message, at: place, help: help)
    }

    /// A terminal in `/repository/shop`, and its files and streams.
    private static func terminal(
        _ variables: [String: String]
    ) throws -> (terminal: Terminal, files: InMemoryFileSystem, streams: MemoryStreams) {
        let files = try InMemoryFileSystem()
        try files.createDirectory("/repository/shop")
        let streams = MemoryStreams()
        let terminal = Terminal(
            on: streams,
            environment: Environment(variables),
            directory: "/repository/shop",
            files: files,
            clock: MonotonicClock(StoppedClock())
        )
        return (terminal, files, streams)
    }

    @Test(arguments: [
        (
            diagnostic(),
            "::error file=serverless.yml,line=12,col=5,title=furoshiki%3A unknown-runtime::unknown runtime "
        ),
        (diagnostic(.warning, at: SourcePlace(file: "a,b:c.yml")), "::warning file=a%2Cb%3Ac.yml,title="),
        (
            diagnostic(at: nil),
            "::error title=furoshiki%3A unknown-runtime::unknown runtime 'pyhton3.12'%0Ahelp: did you"
        ),
        (
            diagnostic(.error, "100 %\r\n::error::\u{1B}[1m", at: nil, help: []),
            "::100 %25\\u{d}%0A::error::\\u{1b}[1m\n"
        ),
    ])
    func `an annotation names the line, and no text can end it`(diagnostic: Diagnostic, part: String) {
        let text = GitHubAnnotation(diagnostic, at: diagnostic.place).text
        #expect(text.contains(part), "\(text)")
        #expect(text.hasSuffix("\n"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `notes are not annotations`() {
        #expect(GitHubAnnotation(Self.diagnostic(.note), at: Self.place).text.isEmpty)
    }

    @Test(arguments: [
        (["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/repository"], "::error file=shop/serverless.yml,line=12,"),
        (["GITHUB_ACTIONS": "true"], "::error file=serverless.yml,line=12,"), (["GITHUB_ACTIONS": "false"], nil),
        (["CI": "true"], nil),
    ])
    func `errors are annotations in GitHub Actions only`(variables: [String: String], expected: String?) throws {
        let (terminal, _, streams) = try Self.terminal(variables)
        terminal.report([Self.diagnostic()])
        let text = streams.text(of: .error)
        #expect(text.hasPrefix("serverless.yml:12:5: error: unknown runtime"))
        if let expected { #expect(text.contains("\n" + expected)) } else { #expect(!text.contains("::")) }
    }

    @Test func `with --json, standard error stays one JSON object`() throws {
        var (terminal, _, streams) = try Self.terminal(["GITHUB_ACTIONS": "true"])
        terminal.isJSON = true
        terminal.report([Self.diagnostic()])
        #expect(terminal.finish(.failure) == .failure)
        #expect(try JSONValue(parsing: Array(streams.text(of: .error).utf8))["diagnostics"] != nil)
    }

    @Test(arguments: [
        ["CI_PROJECT_DIR": "/repository"], ["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/repository"],
    ])
    func `a report of code quality has all diagnostics with a place`(variables: [String: String]) throws {
        let all = variables.merging(["FUROSHIKI_CODE_QUALITY": "quality.json"]) { $1 }
        let (terminal, files, _) = try Self.terminal(all)
        terminal.report([Self.diagnostic(), Self.diagnostic(at: nil)])
        terminal.report([Self.diagnostic(.warning), Self.diagnostic(.note, at: SourcePlace(file: "/elsewhere/x"))])
        #expect(terminal.finish(.failure) == .failure)
        let entries = try JSONValue(parsing: try files.read("/repository/shop/quality.json")).arrayValue ?? []
        #expect(
            entries.map { $0["location"]?["path"]?.stringValue } == [
                "shop/serverless.yml", "shop/serverless.yml", "../elsewhere/x",
            ]
        )
        #expect(entries.map { $0["location"]?["lines"]?["begin"]?.numberValue } == [12, 12, 1])
        #expect(entries.map { $0["severity"]?.stringValue } == ["critical", "minor", "info"])
        #expect(entries.first?["check_name"]?.stringValue == "unknown-runtime")
        #expect(entries.first?["description"]?.stringValue?.hasSuffix("; did you mean 'python3.12'?") == true)
        #expect(Set(entries.compactMap { $0["fingerprint"]?.stringValue }).count == 3)
    }

    @Test func `a run without problems replaces an earlier report by an empty one`() throws {
        let (terminal, files, _) = try Self.terminal(["FUROSHIKI_CODE_QUALITY": "/repository/quality.json"])
        try files.write("old", to: "/repository/quality.json")
        #expect(terminal.finish(.success) == .success)
        #expect(try files.readText("/repository/quality.json") == "[]\n")
    }

    @Test func `a report that cannot be written is a warning`() throws {
        let (terminal, _, streams) = try Self.terminal(["FUROSHIKI_CODE_QUALITY": "/missing/quality.json"])
        #expect(terminal.finish(.success) == .success)
        #expect(streams.text(of: .error).hasPrefix("warning: "))
        #expect(streams.text(of: .error).contains("/missing/quality.json"))
    }

    @Test func `a summary is appended to that of the job`() throws {
        let variables = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/repository/summary.md"]
        let (terminal, files, _) = try Self.terminal(variables)
        terminal.summarize("one\n")
        terminal.summarize("two\n")
        #expect(try files.readText("/repository/summary.md") == "one\ntwo\n")
        let plain = try Self.terminal(["GITHUB_STEP_SUMMARY": "/repository/summary.md"])
        plain.terminal.summarize("three\n")
        #expect(!plain.files.exists("/repository/summary.md"))
    }
}
