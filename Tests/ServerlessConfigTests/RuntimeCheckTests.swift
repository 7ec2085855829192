import Diagnostics
import Testing

@testable import ServerlessConfig

/// The rule for runtimes, which is the same with and without the Python plugin.
@Suite struct RuntimeCheckTests {
    private func load(
        _ runtime: String,
        _ more: String = "",
        for purpose: ConfigurationPurpose = .package
    ) async throws -> [Diagnostic] {
        let yaml = "service: demo\nprovider: { name: aws, runtime: \(runtime) }\n\(more)\n"
        return try await ServiceFixture.load(files: ["serverless.yml": yaml], for: purpose).diagnostics
    }

    private static let plugin = "plugins: [serverless-python-requirements]"

    @Test(arguments: [
        ("python3.21", "python3.12"), ("3.12", "python3.12"), ("3.10", "python3.10"), ("Python3.12", "python3.12"),
        ("pyhton3.11", "python3.11"), ("nodejs20", "nodejs20.x"), ("22", "nodejs22.x"),
    ])
    func `a runtime that does not exist is one error with the nearest name`(
        _ runtime: String,
        _ name: String
    ) async throws {
        for more in ["", Self.plugin, "configValidationMode: warn", "configValidationMode: 'off'"] {
            for purpose in [ConfigurationPurpose.package, .requirements] {
                let found = try await load(runtime, more, for: purpose).filter { $0.severity != .note }
                #expect(found.map(\.code) == [.unknownRuntime])
                #expect(found.map(\.severity) == [.error])
                #expect(found.first?.place?.description == "serverless.yml:2:33")
                #expect(found.first?.help.first == "did you mean '\(name)'?")
            }
        }
    }

    @Test func `an unknown runtime is a warning if no artifact is made, and an error if problems are errors`()
        async throws
    {
        let found = try await load("python3.21", for: .inspection)
        #expect(found.filter { $0.code == .unknownRuntime }.map(\.severity) == [.warning])
        let error = await #expect(throws: DiagnosticError.self) {
            try await load("python3.21", "configValidationMode: error", for: .inspection)
        }
        #expect(error?.diagnostics.map(\.code) == [.unknownRuntime])
    }

    @Test(arguments: ["python3.15", "nodejs26.x", "python3.16"])
    func `a later version is accepted with a note in every mode`(_ runtime: String) async throws {
        for more in ["", Self.plugin, "configValidationMode: error"] {
            let found = try await load(runtime, more)
            #expect(found.map(\.code) == [.unlistedRuntime])
            #expect(found.map(\.severity) == [.note])
        }
    }

    @Test func `a runtime that Lambda removed is an error only if problems are errors`() async throws {
        #expect(try await load("nodejs12.x").map(\.severity) == [.warning, .note])
        #expect(try await load("python3.7").map(\.severity) == [.note])
        let error = await #expect(throws: DiagnosticError.self) {
            try await load("nodejs12.x", "configValidationMode: error")
        }
        #expect(error?.diagnostics.map(\.code) == [.deprecatedRuntime])
    }

    @Test func `runtimes of functions and layers are checked, but not those of images`() async throws {
        let found = try await load(
            "python3.12",
            """
            functions:
              f: { handler: a.b, runtime: python3.21 }
              g: { image: 'a@sha256:b', runtime: python3.21 }
            layers:
              l: { path: l, compatibleRuntimes: [python3.12, phyton3.12] }
            """
        )
        .filter { $0.code == .unknownRuntime }
        #expect(found.compactMap { $0.place?.line } == [4, 7])
    }
}
