package import HostSystem
import OrderedJSON

/// The operations on the parameters of the Systems Manager and on secrets.
package struct ParameterAPI: Sendable {
    let client: AWSClient

    /// A parameter with its value.
    package struct Parameter: Hashable, Sendable {
        /// The type of a parameter.
        package enum Kind: String, Hashable, Sendable {
            case string = "String"
            case stringList = "StringList"
            case secureString = "SecureString"
        }

        /// The name as it was asked for, with a version or label if that was given.
        package var name: String
        /// The type of the parameter.
        package var kind: Kind
        /// The value, which is encrypted if it was not decrypted.
        package var value: Secret
    }

    /// The largest number of parameters that one call returns.
    package static let parametersPerCall = 10

    /// The parameters with some names, ten in a call and several calls at the same time.
    ///
    /// - Parameters:
    ///   - names: the names, also with a version or label as in `/name:3`.
    ///   - decrypts: whether the values of secure strings are decrypted.
    /// - Returns: the parameters that exist, by the name that was asked for.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func parameters(_ names: [String], decrypts: Bool = true) async throws -> [String: Parameter] {
        let size = Self.parametersPerCall
        let groups = stride(from: 0, to: names.count, by: size).map { Array(names[$0..<min($0 + size, names.count)]) }
        // The service limits calls to 40 a second.
        let found = try await groups.concurrentMap(limit: 4) { group in
            let parameters: JSONValue = [
                "Names": .array(group.map { .string($0) }), "WithDecryption": .bool(decrypts),
            ]
            let json = try await client.json(.json(.ssm, "GetParameters", parameters))
            return (json["Parameters"]?.arrayValue ?? []).compactMap { Parameter($0, askedFor: group) }
        }
        return Dictionary(found.joined().map { ($0.name, $0) }) { $1 }
    }

    /// The parameter with a name, or the secret that a name such as `/aws/reference/secretsmanager/x` refers to.
    ///
    /// - Returns: `nil` if there is none.
    package func parameter(_ name: String, decrypts: Bool = true) async throws -> Parameter? {
        let parameters: JSONValue = ["Name": .string(name), "WithDecryption": .bool(decrypts)]
        do {
            let json = try await client.json(.json(.ssm, "GetParameter", parameters))
            return json["Parameter"].flatMap { Parameter($0, askedFor: [name]) }
        } catch let error as AWSError where ["ParameterNotFound", "ParameterVersionNotFound"].contains(error.code) {
            return nil
        }
    }

    /// The value of a secret.
    ///
    /// - Returns: `nil` if there is none.
    package func secret(_ identifier: String) async throws -> Secret? {
        do {
            let json = try await client.json(
                .json(.secretsManager, "GetSecretValue", ["SecretId": .string(identifier)])
            )
            return json["SecretString"]?.stringValue.map { Secret($0) }
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return nil
        }
    }
}

extension ParameterAPI.Parameter {
    /// Reads a parameter, whose name lacks the selector and can be an ARN.
    init?(_ json: JSONValue, askedFor names: [String]) {
        guard let name = json["Name"]?.stringValue, let value = json["Value"]?.stringValue else { return nil }
        let selector = json["Selector"]?.stringValue ?? ""
        let arn = json["ARN"]?.stringValue
        let candidates = [name + selector, name, arn.map { $0 + selector }, arn].compactMap { $0 }
        self.name = candidates.first(where: names.contains) ?? name
        kind = json["Type"]?.stringValue.flatMap { Kind(rawValue: $0) } ?? .string
        self.value = Secret(value)
    }
}

extension AWSClient {
    /// The operations on parameters and secrets.
    package var parameters: ParameterAPI { ParameterAPI(client: self) }
}
