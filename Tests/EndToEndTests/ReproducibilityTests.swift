import HostSystem
import OrderedJSON
import Testing

/// Packages the same service in different environments, which must produce the same bytes.
@Suite(.tags(.large, .network))
struct ReproducibilityTests {
    private static let example = Program.root / "Examples/mixed-runtimes"

    /// An environment that differs from that of the test process.
    struct Surroundings: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Shell text in front of the program's path.
        var prefix = ""
        var variables: [String: String] = [:]
    }

    @Test(arguments: [
        Surroundings(testDescription: "another mask", prefix: "umask 077;"),
        Surroundings(testDescription: "another time zone", variables: ["TZ": "Asia/Tokyo"]),
        Surroundings(testDescription: "another locale", variables: ["LC_ALL": "C"]),
        Surroundings(testDescription: "one core", prefix: "$(command -v taskset >/dev/null && echo taskset -c 0)"),
    ])
    func `digests are the same in another environment and another directory`(other: Surroundings) async throws {
        let expected = try await Program.onCopy(of: Self.example) { try await Self.digests($0) }
        #expect(expected.count == 3)
        let found = try await Program.onCopy(of: Self.example) { program in
            var program = program
            program.variables = other.variables
            return try await Self.digests(program, prefix: other.prefix)
        }
        #expect(found == expected)
    }

    @Test
    func `a second run without changes reuses every artifact`() async throws {
        try await Program.onCopy(of: Self.example) { program in
            let first = try await Self.digests(program)
            // A file that changed a moment ago can change again without a new time stamp, so it counts as changed.
            try await Task.sleep(for: .seconds(3))
            _ = try await Self.digests(program)
            let outcome = try await program.run("package", "--json")
            let artifacts = try JSONValue(parsing: Array(outcome.output.utf8))["artifacts"]?.arrayValue ?? []
            #expect(artifacts.map { $0["origin"] } == ["reused", "reused", "reused"])
            #expect(artifacts.compactMap { $0["sha256"]?.stringValue } == first)
        }
    }

    /// Packages, and returns the digests of all artifacts.
    private static func digests(_ program: Program, prefix: String = "") async throws -> [String] {
        let line = "\(prefix) \"$0\" package --json"
        let outcome = try await program.run(["-c", line, Program.path.string], program: "/bin/sh")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let artifacts = try JSONValue(parsing: Array(outcome.output.utf8))["artifacts"]?.arrayValue ?? []
        return artifacts.compactMap { $0["sha256"]?.stringValue }
    }
}
