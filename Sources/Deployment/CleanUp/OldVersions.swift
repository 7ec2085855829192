import AWSClient
import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
package import ServerlessConfig

/// Removes old versions of functions and layers after a deployment (`provider.pruneFunctionVersions`).
package struct OldVersions: Sendable {
    /// The versions that are kept of each function and layer, at least one.
    let kept: Int

    /// The number of versions that are kept if the service does not say.
    private static let defaultCount = 10

    /// Reads the setting of a service.
    ///
    /// - Returns: `nil` if no versions are removed.
    /// - Throws: ``DiagnosticError`` if the functions of the service have no versions.
    package init?(of service: Service) throws(DiagnosticError) {
        guard let setting = service.provider["pruneFunctionVersions"], setting.isTruthy else { return nil }
        kept = max(1, setting["number"]?.number.map { Int($0) } ?? Self.defaultCount)
        guard service.provider["versionFunctions"]?.bool != false else {
            throw DiagnosticError(
                .conflictingProperties,
                "'provider.pruneFunctionVersions' has no effect if 'provider.versionFunctions' is false",
                at: setting.keyPlace ?? setting.place,
                help: ["remove one of them"]
            )
        }
    }

    /// Removes all versions but the newest ones, those of aliases, and those that the stack uses.
    ///
    /// A version that cannot be deleted, such as one that CloudFront still copies, is reported, and is not an error: the
    /// service is deployed.
    ///
    /// - Parameters:
    ///   - resources: the resources of the stack.
    ///   - context: the context of the deployment.
    /// - Throws: `AWSError` if the versions cannot be listed, `CancellationError`.
    func remove(_ resources: [StackResource], _ context: DeploymentContext) async throws {
        let used = Set(resources.compactMap(\.physicalID))
        let lambda = context.aws.lambda
        let functions = context.service.functions.filter { $0.node["versionFunction"]?.bool != false }
        let kept = kept
        let ofFunctions = try await functions.concurrentMap(limit: DeploymentContext.concurrentCalls) { function in
            async let versions = lambda.versions(of: function.name)
            async let aliases = lambda.aliases(of: function.name)
            return Self.functionVersions(
                function.name,
                try await versions,
                aliases: try await aliases,
                used: used,
                keeping: kept
            )
        }
        let layers = Set(used.compactMap { Self.layer(of: $0) }).sorted()
        let ofLayers = try await layers.concurrentMap(limit: DeploymentContext.concurrentCalls) { layer in
            Self.layerVersions(layer, try await lambda.layerVersions(of: layer), used: used, keeping: kept)
        }
        let obsolete = (ofFunctions + ofLayers).flatMap { $0 }
        guard !obsolete.isEmpty else { return }
        context.report(.removingOldVersions(count: obsolete.count))
        let failures = try await obsolete.concurrentMap(limit: DeploymentContext.concurrentCalls) { version in
            try await version.delete(lambda)
        }
        let notes = failures.compactMap { $0 }
        guard !notes.isEmpty else { return }
        context.report(
            .finding(
                Diagnostic(
                    .warning,
                    .versionsNotRemoved,
                    "\(notes.count == 1 ? "an old version" : "\(notes.count) old versions") could not be removed",
                    notes: notes,
                    help: ["the next deployment tries again"]
                )
            )
        )
    }

    // MARK: Choosing

    /// A version of a function or layer.
    struct Version: Hashable, Sendable {
        let name: String
        let number: Int
        let isLayer: Bool

        /// Deletes the version.
        ///
        /// - Returns: why it could not be deleted; `nil` if it is deleted, or was already.
        func delete(_ lambda: LambdaAPI) async throws -> String? {
            do {
                if isLayer {
                    try await lambda.deleteLayerVersion(name, number)
                } else {
                    try await lambda.deleteFunction(name, version: String(number))
                }
                return nil
            } catch let error as AWSError {
                return error.status == 404 ? nil : "\(name):\(number): \(error.message)"
            }
        }
    }

    /// The versions of a function that are removed, newest first.
    static func functionVersions(
        _ name: String,
        _ versions: [JSONValue],
        aliases: [JSONValue],
        used: Set<String>,
        keeping kept: Int
    ) -> [Version] {
        var pinned = Set(aliases.compactMap { $0["FunctionVersion"].flatMap(number) })
        for alias in aliases {
            for (version, _) in alias["RoutingConfig"]?["AdditionalVersionWeights"]?.objectValue ?? [:] {
                if let number = Int(version) { pinned.insert(number) }
            }
        }
        let numbers = versions.compactMap { version -> Int? in
            guard let number = version["Version"].flatMap(number) else { return nil }
            if let arn = version["FunctionArn"]?.stringValue, used.contains(arn) { pinned.insert(number) }
            return number
        }
        return numbers.sorted(by: >).dropFirst(kept).filter { !pinned.contains($0) }
            .map { Version(name: name, number: $0, isLayer: false) }
    }

    /// The versions of a layer that are removed, newest first.
    static func layerVersions(
        _ name: String,
        _ versions: [JSONValue],
        used: Set<String>,
        keeping kept: Int
    ) -> [Version] {
        versions.compactMap { $0["Version"].flatMap(number) }.sorted(by: >).dropFirst(kept)
            .filter { !used.contains("\(name):\($0)") }
            .map { Version(name: name, number: $0, isLayer: true) }
    }

    private static func number(_ value: JSONValue) -> Int? {
        value.stringValue.flatMap { Int($0) } ?? value.numberValue.map { Int($0) }
    }

    /// The ARN of the layer of a version of it; `nil` for other identifiers.
    private static func layer(of identifier: String) -> String? {
        let parts = identifier.split(separator: ":")
        guard parts.count == 8, parts[2] == "lambda", parts[5] == "layer" else { return nil }
        return parts.dropLast().joined(separator: ":")
    }
}
