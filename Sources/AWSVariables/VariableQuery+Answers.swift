import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

extension VariableQuery {
    /// What AWS has for a query.
    enum Answer: Sendable {
        case parameter(ParameterAPI.Parameter)
        case stack(Stack)
        case object([UInt8])
        case account(String)
        case missing
        case failure(AWSError)
    }

    /// The largest object that can be the value of a variable.
    static let objectLimitBytes = 4 << 20
}

extension VariableQuery.Batch {
    /// Looks the queries up.
    ///
    /// - Returns: an answer for each query.
    /// - Throws: errors that concern all queries, such as those of credentials.
    func answers(_ client: AWSClient) async throws -> [(VariableQuery, VariableQuery.Answer)] {
        switch self {
        case .single(let query): [(query, try await Self.answer(query, client))]
        case .parameters(let region, let decrypts, let names):
            try await Self.parameters(names, decrypts, client.in(region: region))
        }
    }

    private static func answer(_ query: VariableQuery, _ client: AWSClient) async throws -> VariableQuery.Answer {
        do {
            switch query {
            case .parameter(let region, let name, let decrypts):
                let found = try await client.in(region: region).parameters.parameter(name, decrypts: decrypts)
                return found.map { .parameter($0) } ?? .missing
            case .stack(let region, let name):
                return try await client.in(region: region).cloudFormation.stack(name).map { .stack($0) } ?? .missing
            case .object(let region, let bucket, let key):
                let found = try await client.in(region: region).s3
                    .object(key, in: bucket, limitBytes: VariableQuery.objectLimitBytes)
                return found.map { .object($0.content) } ?? .missing
            case .account: return .account(try await client.sts.callerIdentity().account)
            }
        } catch let error as AWSError where error.concernsOneValue {
            return .failure(error)
        }
    }

    private static func parameters(
        _ names: [String],
        _ decrypts: Bool,
        _ client: AWSClient
    ) async throws -> [(VariableQuery, VariableQuery.Answer)] {
        func query(_ name: String) -> VariableQuery {
            .parameter(region: client.region, name: name, decrypts: decrypts)
        }
        do {
            let found = try await client.parameters.parameters(names, decrypts: decrypts)
            return names.map { (query($0), found[$0].map { .parameter($0) } ?? .missing) }
        } catch let error as AWSError where error.concernsOneValue {
            guard names.count > 1 else { return names.map { (query($0), .failure(error)) } }
            // One name that is invalid or forbidden fails the whole call.
            var answers: [(VariableQuery, VariableQuery.Answer)] = []
            for name in names { answers += try await parameters([name], decrypts, client) }
            return answers
        }
    }
}

extension AWSError {
    /// Whether the error is about the value that is looked up, and not about the credentials or the network.
    fileprivate var concernsOneValue: Bool {
        switch cause {
        case .refused:
            kind == .permanent
                && !diagnostics.contains {
                    [.expiredAWSCredentials, .rejectedAWSCredentials, .awsSignatureMismatch].contains($0.code)
                }
        case .transport(let error): if case .tooLarge = error.cause { true } else { false }
        case .invalidResponse: false
        }
    }
}

extension VariableQuery.Answer {
    /// Whether the value must not be shown: a secure string, or a secret of the Secrets Manager.
    var isSecret: Bool {
        if case .parameter(let parameter) = self { parameter.kind == .secureString } else { false }
    }

    /// The value of a variable in the answer to its query.
    func result(for variable: RemoteVariable) -> RemoteVariableResult {
        switch self {
        case .missing: return .missing
        case .account(let account): return .value(.string(account))
        case .object(let bytes): return .value(.string(String(decoding: bytes, as: UTF8.self)))
        case .stack(let stack):
            let key = variable.address[
                variable.address.index(after: variable.address.firstIndex(of: ".") ?? variable.address.startIndex)...
            ]
            return stack.output(String(key)).map { .value(.string($0)) } ?? .missing
        case .parameter(let parameter):
            return .value(Self.value(of: parameter, isRaw: variable.parameters.contains("raw")))
        case .failure(let error):
            let diagnostic = error.diagnostics.first
            return .failure(
                message: "\(error)",
                notes: (diagnostic?.notes ?? []) + (diagnostic?.help.prefix(1) ?? [])
            )
        }
    }

    /// A list becomes a list, and a secure string with a JSON object becomes that object, as in Serverless v3.
    private static func value(of parameter: ParameterAPI.Parameter, isRaw: Bool) -> JSONValue {
        let text = parameter.value.revealed
        if isRaw { return .string(text) }
        switch parameter.kind {
        case .string: return .string(text)
        case .stringList:
            return .array(text.split(separator: ",", omittingEmptySubsequences: false).map { .string(String($0)) })
        case .secureString:
            guard text.hasPrefix("{") else { return .string(text) }
            return (try? JSONValue(parsing: text)) ?? .string(text)
        }
    }
}
