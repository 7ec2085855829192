import GlobMatching
import OrderedJSON
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One pattern with the paths that micromatch 4 matches by it with dot files on.
struct GlobCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let matches: [String]
    var testDescription: String { pattern }

    /// The paths that every pattern is tried on.
    static let paths: [String] = strings(fixture["paths"])
    static let all: [GlobCase] = (fixture["cases"]?.arrayValue ?? [])
        .map {
            GlobCase(pattern: $0["pattern"]?.stringValue ?? "", matches: strings($0["matches"]))
        }

    private static let fixture: JSONValue = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        guard let data = try? Data(contentsOf: folder.appendingPathComponent("Fixtures/globs.json")),
            let value = try? JSONValue(parsing: Array(data))
        else { return .null }
        return value
    }()

    private static func strings(_ value: JSONValue?) -> [String] {
        (value?.arrayValue ?? []).compactMap(\.stringValue)
    }
}

struct GlobTests {
    @Test(arguments: GlobCase.all)
    func `a glob matches the same paths as in micromatch`(_ test: GlobCase) {
        let glob = Glob(test.pattern)
        #expect(GlobCase.paths.filter { glob.matches($0) } == test.matches)
    }

    @Test(arguments: [("(", ")"), ("{a,", "}"), ("@(", ")"), ("!(", ")"), ("((", "")])
    func `a pattern that is nested very deeply is valid`(_ open: String, _ close: String) {
        let pattern = String(repeating: open, count: 5000) + "x" + String(repeating: close, count: 5000)
        #expect(!Glob("no/" + pattern).matches("such/file"))
    }

    @Test func `the table of globs has cases`() {
        #expect(GlobCase.all.count > 150)
    }

    @Test(arguments: [
        ("src/lib/*.py", "src", true), ("src/lib/*.py", "src/lib", true), ("src/lib/*.py", "docs", false),
        ("**/*.py", "anything/at/all", true), ("src/a.py", "src", true), ("src/a.py", "src/a.py", false),
        ("./src/**", "src", true), ("./src/**", "lib", false),
    ])
    func `the base of a glob determines the directories that may contain matches`(
        _ pattern: String,
        _ directory: String,
        _ expected: Bool
    ) {
        #expect(Glob(pattern).mightMatch(below: directory.split(separator: "/")) == expected)
    }

    @Test func `an exclamation mark inverts a class only in the POSIX dialect`() {
        #expect(Glob("[!a]b", dialect: .posix).matches("cb"))
        #expect(!Glob("[!a]b", dialect: .posix).matches("ab"))
        #expect(Glob("[!a]b").matches("ab"))
        #expect(!Glob("[!a]b").matches("cb"))
    }

    /// Patterns that take exponential time if one way is tried after another, each with what follows `a…a` where it
    /// matches; without a bound, the test does not end.
    @Test(
        arguments: [
            ("d/" + String(repeating: "a*", count: 30) + "b", "b"),
            (String(repeating: "+(", count: 60) + "a" + String(repeating: ")", count: 60), ""),
            ("+(a|aa|aaa|*a)", ""),
            ("*(*(a|aa)|aaa)b", "b"),
            (String(repeating: "!(b*)", count: 20) + "c", "c"),
        ]
    )
    func `matching takes time proportional to the lengths of pattern and path`(
        _ pattern: String,
        _ ending: String
    ) {
        let glob = Glob(pattern)
        let path = (pattern.hasPrefix("d/") ? "d/" : "") + String(repeating: "a", count: 2000)
        #expect(glob.matches(path + ending))
        #expect(!glob.matches(path + "x"))
    }
}
