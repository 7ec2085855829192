package import AWSClient
import Diagnostics
package import HostSystem
package import OrderedJSON
package import ServerlessConfig
import Synchronization

/// The values of `${ssm:}`, `${s3:}`, `${cf:}` and `${aws:}` in AWS.
///
/// All values of a round are looked up at the same time: parameters ten in a call, each stack and each object once.
package final class AWSVariableSource: RemoteVariableSource {
    private let host: @Sendable (Environment) -> HostServices
    private let prompt: AWSSession.CodePrompt
    private let onSecret: @Sendable (JSONValue) -> Void
    /// The client of the previous round, whose credentials are known.
    private let known = Mutex<(access: RemoteVariableAccess, client: AWSClient)?>(nil)

    /// The calls of one round that are sent at the same time, which the limits of the services allow.
    private static let concurrentCalls = 8

    /// Creates a source; nothing is read or contacted before the first lookup.
    ///
    /// - Parameters:
    ///   - host: returns the services of the system for environment variables, which include those of `.env` files.
    ///   - prompt: asks the user for the code of a device for multi-factor authentication.
    ///   - onSecret: gets each value that is a secret, on any thread.
    package init(
        host: @escaping @Sendable (Environment) -> HostServices,
        prompt: @escaping AWSSession.CodePrompt = { _ in nil },
        onSecret: @escaping @Sendable (JSONValue) -> Void = { _ in }
    ) {
        self.onSecret = onSecret
        self.host = host
        self.prompt = prompt
    }

    package func results(
        of variables: [RemoteVariable],
        access: RemoteVariableAccess
    ) async throws -> [RemoteVariable: RemoteVariableResult] {
        var results: [RemoteVariable: RemoteVariableResult] = [:]
        var queries: [VariableQuery: [RemoteVariable]] = [:]
        for variable in variables {
            switch VariableQuery.of(variable, region: access.region) {
            case .query(let query): queries[query, default: []].append(variable)
            case .invalid(let message): results[variable] = .failure(message: message)
            }
        }
        if queries.isEmpty { return results }
        do {
            let client = try client(access)
            let found = try await VariableQuery.batches(of: Array(queries.keys))
                .concurrentMap(limit: Self.concurrentCalls) { try await $0.answers(client) }
            for (query, answer) in found.joined() {
                for variable in queries[query] ?? [] {
                    let result = answer.result(for: variable)
                    if answer.isSecret, case .value(let value) = result { onSecret(value) }
                    results[variable] = result
                }
            }
            return results
        } catch let error as any DiagnosticConvertible {
            throw Self.naming(variables, error)
        }
    }

    private func client(_ access: RemoteVariableAccess) throws -> AWSClient {
        if let known = known.withLock({ $0 }), known.access == access { return known.client }
        let client = try AWSSession(access, host: host, prompt: prompt).client(region: access.region)
        known.withLock { $0 = (access, client) }
        return client
    }

    /// Adds the variables that need AWS to an error that concerns all of them.
    private static func naming(_ variables: [RemoteVariable], _ error: any DiagnosticConvertible) -> DiagnosticError {
        let names = variables.prefix(8).map { "'\($0.text)'" }
        let more = variables.count > names.count ? " and \(variables.count - names.count) more" : ""
        let note = "these variables need AWS: \(names.joined(separator: ", "))\(more)"
        return DiagnosticError(
            error.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                if diagnostic.severity == .error { diagnostic.notes.append(note) }
                return diagnostic
            }
        )
    }
}

extension RemoteVariable {
    /// The variable as it is written, without fallbacks.
    var text: String {
        "${\(source.rawValue)\(parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))"):\(address)}"
    }
}
