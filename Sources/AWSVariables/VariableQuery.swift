import AWSClient
import OrderedJSON
import ServerlessConfig

/// What is looked up in AWS for variables; several variables can have the same query.
enum VariableQuery: Hashable, Sendable {
    /// A parameter of the Systems Manager.
    case parameter(region: String, name: String, decrypts: Bool)
    /// The outputs of a stack.
    case stack(region: String, name: String)
    /// The content of an object.
    case object(region: String, bucket: String, key: String)
    /// The account of the credentials.
    case account

    /// The query of a variable, or the reason why it has none.
    enum Reading {
        case query(VariableQuery)
        case invalid(String)
    }

    /// The words among the parameters of `ssm` that are not a region.
    private static let parameterWords: Set<String> = ["raw", "noDecrypt"]

    /// Reads the address and the parameters of a variable.
    ///
    /// - Parameters:
    ///   - variable: the variable.
    ///   - region: the region of variables that name none.
    /// - Returns: its query.
    static func of(_ variable: RemoteVariable, region: String) -> Reading {
        let words = variable.parameters.filter { !$0.isEmpty }
        let region = words.first { variable.source != .ssm || !parameterWords.contains($0) } ?? region
        switch variable.source {
        case .ssm:
            return .query(
                .parameter(region: region, name: variable.address, decrypts: !words.contains("noDecrypt"))
            )
        case .cf:
            guard let dot = variable.address.firstIndex(of: ".") else {
                return .invalid("'\(variable.address)' has no output; write '${cf:stack.output}'")
            }
            return .query(.stack(region: region, name: String(variable.address[..<dot])))
        case .s3:
            guard let slash = variable.address.firstIndex(of: "/") else {
                return .invalid("'\(variable.address)' has no key; write '${s3:bucket/key}'")
            }
            let key = variable.address[variable.address.index(after: slash)...]
            return .query(.object(region: region, bucket: String(variable.address[..<slash]), key: String(key)))
        case .aws:
            guard variable.address == "accountId" else {
                return .invalid("'aws' has no value '\(variable.address)'; use 'accountId' or 'region'")
            }
            return .query(.account)
        }
    }

    /// Queries that are answered by one task.
    enum Batch: Sendable {
        /// Parameters with the same region and decryption, as many as one call returns.
        case parameters(region: String, decrypts: Bool, names: [String])
        /// A query that has a call of its own.
        case single(VariableQuery)
    }

    /// Distributes queries to batches.
    static func batches(of queries: [VariableQuery]) -> [Batch] {
        var names: [ParameterGroup: [String]] = [:]
        var batches: [Batch] = []
        for query in queries {
            // A reference to a secret has a call of its own, because one that fails would fail all.
            if case .parameter(let region, let name, let decrypts) = query, !name.hasPrefix(Self.secretPrefix) {
                names[ParameterGroup(region: region, decrypts: decrypts), default: []].append(name)
            } else {
                batches.append(.single(query))
            }
        }
        for (group, names) in names {
            let names = names.sorted()
            for start in stride(from: 0, to: names.count, by: ParameterAPI.parametersPerCall) {
                let part = Array(names[start..<min(start + ParameterAPI.parametersPerCall, names.count)])
                batches.append(.parameters(region: group.region, decrypts: group.decrypts, names: part))
            }
        }
        return batches
    }

    /// The beginning of names that refer to secrets of the Secrets Manager.
    private static let secretPrefix = "/aws/reference/secretsmanager/"

    private struct ParameterGroup: Hashable {
        let region: String
        let decrypts: Bool
    }
}
