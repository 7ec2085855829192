import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Synchronization
import Testing

/// A source of remote variables that records its rounds.
private final class RecordingSource: RemoteVariableSource {
    private let results: [String: RemoteVariableResult]
    private let error: DiagnosticError?
    private let recorded = Mutex<[(variables: [RemoteVariable], access: RemoteVariableAccess)]>([])

    /// Makes a source of values by source and address, such as `ssm:/name`.
    init(_ values: [String: JSONValue] = [:], failing: [String: String] = [:], error: DiagnosticError? = nil) {
        results = values.mapValues { .value($0) }.merging(failing.mapValues { .failure(message: $0) }) { $1 }
        self.error = error
    }

    /// The addresses of each round, in the order in which they were asked for.
    var rounds: [[String]] { recorded.withLock { $0.map { $0.variables.map(Self.key) } } }
    /// The variables of all rounds.
    var variables: [RemoteVariable] { recorded.withLock { $0.flatMap(\.variables) } }
    /// The access of each round.
    var accesses: [RemoteVariableAccess] { recorded.withLock { $0.map(\.access) } }

    private static func key(_ variable: RemoteVariable) -> String { "\(variable.source.rawValue):\(variable.address)" }

    func results(
        of variables: [RemoteVariable],
        access: RemoteVariableAccess
    ) async throws -> [RemoteVariable: RemoteVariableResult] {
        recorded.withLock { $0.append((variables, access)) }
        if let error { throw error }
        return Dictionary(uniqueKeysWithValues: variables.map { ($0, results[Self.key($0)] ?? .missing) })
    }
}

@Suite struct RemoteVariableTests {
    private func custom(
        _ source: RecordingSource,
        _ custom: String,
        provider: String = "name: aws, runtime: python3.12",
        files: [String: String] = [:],
        arguments: [String] = []
    ) async throws -> JSONValue? {
        var files = files
        files["serverless.yml"] = "service: demo\nprovider: { \(provider) }\ncustom:\n\(custom)\n"
        return try await ServiceFixture.load(files: files, arguments: arguments, remoteVariables: source)
            .root["custom"]?
            .json
    }

    private func errors(_ source: RecordingSource, _ custom: String) async -> [Diagnostic] {
        do {
            _ = try await self.custom(source, custom)
            return []
        } catch {
            return DiagnosticError(describing: error).diagnostics
        }
    }

    @Test func `all variables with a literal address are looked up in one round, each once`() async throws {
        let source = RecordingSource([
            "ssm:/a": "1", "ssm:/b": ["x": "deep"], "cf:stack.Output": "out", "s3:bucket/key": "content",
            "aws:accountId": "123456789012",
        ])
        let json = try await custom(
            source,
            """
              text: ${ssm:/a}-${cf:stack.Output}-${s3:bucket/key}
              again: [{ deep: "${ssm:/a}" }]
              map: ${ssm:/b}
              through: ${self:custom.text}/${aws:accountId}
            """
        )
        #expect(json?["text"] == "1-out-content")
        #expect(json?["again"] == [["deep": "1"]])
        #expect(json?["map"] == ["x": "deep"])
        #expect(json?["through"] == "1-out-content/123456789012")
        #expect(source.rounds == [["ssm:/a", "cf:stack.Output", "s3:bucket/key", "ssm:/b", "aws:accountId"]])
    }

    @Test func `an address that depends on a remote value is looked up in the next round`() async throws {
        let source = RecordingSource(["ssm:/name": "db", "ssm:/db/host": "h", "ssm:/db/port": "1", "ssm:/other": "o"])
        let json = try await custom(
            source,
            """
              host: ${ssm:/${ssm:/name}/host}
              port: ${ssm:/${ssm:/name}/port}
              other: ${ssm:/other}
            """
        )
        #expect(json == ["host": "h", "port": "1", "other": "o"])
        #expect(source.rounds == [["ssm:/name", "ssm:/other"], ["ssm:/db/host", "ssm:/db/port"]])
    }

    @Test func `a missing value takes the fallback, which is looked up only then`() async throws {
        let source = RecordingSource(["ssm:/there": "value", "ssm:/second": "second"])
        let json = try await custom(
            source,
            """
              there: ${ssm:/there, ssm:/unused}
              literal: ${ssm:/missing, 'literal'}
              second: ${cf:none.Output, ssm:/second}
              local: ${env:NOT, ssm:/there}
            """
        )
        #expect(json == ["there": "value", "literal": "literal", "second": "second", "local": "value"])
        #expect(source.rounds == [["ssm:/there", "ssm:/missing", "cf:none.Output"], ["ssm:/second"]])
    }

    @Test func `a value that holds variables is resolved like any other`() async throws {
        let source = RecordingSource(["ssm:/a": "${self:service}-${ssm:/b}", "ssm:/b": "end"])
        #expect(try await custom(source, "  a: ${ssm:/a}") == ["a": "demo-end"])
        #expect(source.rounds == [["ssm:/a"], ["ssm:/b"]])
    }

    @Test func `parameters, region and profile reach the source`() async throws {
        let source = RecordingSource(["ssm:/a": "1"])
        _ = try await custom(
            source,
            "  a: ${ssm(eu-west-1, raw):/a}",
            provider: "name: aws, runtime: python3.12, region: eu-north-1, profile: team"
        )
        #expect(source.variables == [RemoteVariable(.ssm, parameters: ["eu-west-1", "raw"], address: "/a")])
        #expect(source.accesses.map(\.region) == ["eu-north-1"])
        #expect(source.accesses.map(\.profile) == ["team"])
    }

    @Test func `a missing value without a fallback is an error that names the parameter`() async throws {
        let found = await errors(RecordingSource(), "  a: ${ssm:/a}\n  b: ${cf:stack.Output}")
        #expect(found.map(\.code) == [.unresolvedVariable, .unresolvedVariable])
        #expect(found.first?.message.contains("'/a'") == true)
        #expect(found.first?.place == SourcePlace(file: "serverless.yml", line: 4, column: 6))
    }

    @Test(arguments: [
        ("${ssm:/a}", "'/a'"), ("${cf:stack.Output}", "'stack.Output'"), ("${s3:bucket/key}", "'bucket/key'"),
    ])
    func `an error of a missing remote value names what is missing`(_ text: String, _ name: String) async throws {
        let found = await errors(RecordingSource(), "  a: \(text)")
        #expect(found.count == 1)
        #expect(found.first?.message.contains(name) == true)
    }

    @Test func `a profile and a region of the command line take precedence`() async throws {
        let source = RecordingSource(["ssm:/a": "1"])
        _ = try await custom(source, "  a: ${ssm:/a}", arguments: ["--region", "eu-west-3"])
        #expect(source.accesses.map(\.region) == ["eu-west-3"])
        #expect(source.accesses.map(\.profile) == [nil])
    }

    @Test func `an empty profile is none`() async throws {
        let source = RecordingSource(["ssm:/a": "1"])
        _ = try await custom(source, "  a: ${ssm:/a}", provider: "name: aws, runtime: python3.12, profile: ''")
        #expect(source.accesses.map(\.profile) == [nil])
    }

    @Test func `a value that the source refuses is an error, even with a fallback`() async throws {
        let source = RecordingSource(failing: ["ssm:/a": "access to '/a' is denied"])
        let found = await errors(source, "  a: ${ssm:/a, 'fallback'}")
        #expect(found.count == 1)
        #expect(found.first?.code == .remoteVariableFailed)
        #expect(found.first?.message.contains("access to '/a' is denied") == true)
    }

    @Test func `an error of the whole source is reported at the first variable`() async throws {
        let error = DiagnosticError(.unexpectedError, "no credentials")
        let source = RecordingSource(error: error)
        let found = await errors(source, "  a: ${ssm:/a}\n  b: ${ssm:/b}")
        #expect(found.map(\.code) == error.diagnostics.map(\.code))
        #expect(found.map(\.place) == [SourcePlace(file: "serverless.yml", line: 4, column: 6)])
        #expect(source.rounds.count == 1)
    }

    @Test func `a cycle through a remote address is found without looking anything up`() async throws {
        let source = RecordingSource()
        let found = await errors(source, "  a: ${ssm:/${self:custom.b}}\n  b: ${ssm:/${self:custom.a}}")
        #expect(found.first?.message.contains("'custom.a' → 'custom.b' → 'custom.a'") == true)
        #expect(source.rounds.isEmpty)
    }

    @Test func `a cycle that a remote value closes is found`() async throws {
        let source = RecordingSource(["ssm:/a": "${self:custom.a}"])
        let found = await errors(source, "  a: ${ssm:/a}")
        #expect(found.map(\.code) == [.variableCycle])
    }

    @Test func `nothing is looked up for a configuration with errors`() async throws {
        let source = RecordingSource(["ssm:/a": "1"])
        let found = await errors(source, "  a: ${ssm:/a}\n  b: ${env:NOT}")
        #expect(found.count == 1)
        #expect(source.rounds.isEmpty)
    }

    @Test func `a module's question is answered at once, together with what others need`() async throws {
        let source = RecordingSource(["ssm:/a": "1", "ssm:/b": "2"])
        let module = "module.exports = async ({ resolveVariable }) => ({ b: await resolveVariable('ssm:/b') });"
        let json = try await custom(
            source,
            "  a: ${ssm:/a}\n  b: ${file(values.js):b}",
            files: ["values.js": module]
        )
        #expect(json == ["a": "1", "b": "2"])
        #expect(source.rounds == [["ssm:/a", "ssm:/b"]])
    }

    @Test func `properties that decide how AWS is contacted cannot come from AWS`() async throws {
        let source = RecordingSource(["ssm:/region": "eu-west-1"])
        await #expect(throws: DiagnosticError.self) {
            _ = try await custom(
                source,
                "  a: 1",
                provider: "name: aws, runtime: python3.12, region: \"${ssm:/region}\""
            )
        }
        #expect(source.rounds.isEmpty)
    }
}
