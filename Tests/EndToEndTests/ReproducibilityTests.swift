import HostSystem
import OrderedJSON
import Testing

/// The same service gives the same bytes, whatever the surroundings.
@Suite(.tags(.large, .network))
struct ReproducibilityTests {
    private static let example = Program.root / "Examples/mixed-runtimes"

    struct Surroundings: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Words of the shell before the program.
        var prefix = ""
        var variables: [String: String] = [:]
    }

    @Test(arguments: [
        Surroundings(testDescription: "another mask", prefix: "umask 077;"),
        Surroundings(testDescription: "another time zone", variables: ["TZ": "Asia/Tokyo"]),
        Surroundings(testDescription: "another locale", variables: ["LC_ALL": "C"]),
        Surroundings(testDescription: "one core", prefix: "$(command -v taskset >/dev/null && echo taskset -c 0)"),
    ])
    func `digests stay the same in other surroundings, and in another folder`(other: Surroundings) async throws {
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
    func `a second run with nothing changed keeps every artifact`() async throws {
        try await Program.onCopy(of: Self.example) { program in
            let first = try await Self.digests(program)
            // What was changed a moment ago may change again within the clock's step, and is not taken for unchanged.
            try await Task.sleep(for: .seconds(3))
            _ = try await Self.digests(program)
            let outcome = try await program.run("package", "--json")
            let artifacts = try JSONValue(parsing: Array(outcome.output.utf8))["artifacts"]?.arrayValue ?? []
            #expect(artifacts.map { $0["origin"] } == ["reused", "reused", "reused"])
            #expect(artifacts.compactMap { $0["sha256"]?.stringValue } == first)
        }
    }

    /// The digests of all artifacts, written anew from a cache that knows none of them.
    private static func digests(_ program: Program, prefix: String = "") async throws -> [String] {
        let line = "\(prefix) \"$0\" package --json"
        let outcome = try await program.run(["-c", line, Program.path.string], program: "/bin/sh")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let artifacts = try JSONValue(parsing: Array(outcome.output.utf8))["artifacts"]?.arrayValue ?? []
        return artifacts.compactMap { $0["sha256"]?.stringValue }
    }
}
