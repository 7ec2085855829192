import Diagnostics
import Testing

@testable import ServerlessConfig

/// What is checked before variables are resolved.
@Suite struct EarlyCheckTests {
    private func error(_ yaml: String) async throws -> DiagnosticError? {
        await #expect(throws: DiagnosticError.self) {
            try await ServiceFixture.load(files: ["serverless.yml": yaml, "p.yml": "name: azure\n"])
        }
    }

    @Test(arguments: [
        "provider: google", "provider: { name: google }", "provider: { name: '${self:custom.cloud}' }",
        "provider: ${file(p.yml)}", "provider: { name: kubeless, stage: '${opt:missing}' }",
        "provider: { name: ASW }", "configValidationMode: 'off'\nprovider: { name: spotinst }",
    ])
    func `another provider than AWS is the only error`(_ provider: String) async throws {
        let found = try await error("service: s\n\(provider)\ncustom: { cloud: tencent, a: '${env:NOT_SET}' }\n")
        #expect(found?.diagnostics.map(\.code) == [.unsupportedProvider])
        #expect(found?.diagnostics.first?.place != nil)
    }

    @Test func `a misspelled provider has the right name as help`() async throws {
        let found = try await error("service: s\nprovider: { name: AWS }\n")
        #expect(found?.diagnostics.first?.help == ["did you mean 'aws'?"])
    }

    @Test(arguments: ["4", "^4.4.0", "~4.2.1", ">=4 <5", "4.1.3", ">3.99"])
    func `a service for version 4 learns what differs before its variables are resolved`(_ range: String) async throws {
        let found = try await error(
            "service: s\nframeworkVersion: '\(range)'\nprovider: { name: aws }\ncustom: { a: '${env:NOT_SET}' }\n"
        )
        #expect(found?.diagnostics.map(\.code) == [.unsupportedFrameworkVersion])
        #expect(found?.diagnostics.first?.notes.count == 2)
        #expect(found?.diagnostics.first?.help.first?.contains("3 || 4") == true)
    }

    @Test(arguments: ["2", "<3", ">=5", "3.0.0 - 3.37"])
    func `a service for another version has no notes about version 4`(_ range: String) async throws {
        let found = try await error("service: s\nframeworkVersion: '\(range)'\nprovider: { name: aws }\n")
        #expect(found?.diagnostics.map(\.code) == [.unsupportedFrameworkVersion])
        #expect(found?.diagnostics.first?.notes == [])
    }

    @Test func `a version in a variable is checked after it is resolved`() async throws {
        let found = try await error(
            "service: s\nframeworkVersion: '${self:custom.v}'\nprovider: { name: aws }\ncustom: { v: '4' }\n"
        )
        #expect(found?.diagnostics.map(\.code) == [.unsupportedFrameworkVersion])
    }
}
