import AWSClient
import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
package import ServerlessConfig

/// The versions of a deployed function.
package struct FunctionVersions: Hashable, Sendable {
    /// The key of the function in the configuration.
    package let key: String
    /// The name in AWS.
    package let name: String
    /// The versions, oldest first, starting with `$LATEST`.
    package let versions: [String]

    /// Finds the versions of all functions of a service.
    ///
    /// - Throws: ``DiagnosticError`` if a function is not deployed, `AWSError`.
    package static func find(_ context: DeploymentContext) async throws -> [FunctionVersions] {
        try await context.service.functions.concurrentMap(limit: DeploymentContext.concurrentCalls) { function in
            do {
                let versions = try await context.aws.lambda.versions(of: function.name)
                // Every function has at least `$LATEST`.
                guard !versions.isEmpty else { throw DiagnosticError.functionNotDeployed(function) }
                return FunctionVersions(
                    key: function.key,
                    name: function.name,
                    versions: versions.compactMap { $0["Version"]?.stringValue }
                )
            } catch let error as AWSError where error.status == 404 {
                throw DiagnosticError.functionNotDeployed(function)
            }
        }
    }
}

extension DiagnosticError {
    /// Reports that a function of the configuration is not deployed.
    package static func functionNotDeployed(_ function: ServiceFunction) -> DiagnosticError {
        DiagnosticError(
            .functionNotDeployed,
            "\(function.label) is not deployed: there is no function '\(function.name)'",
            at: function.node.keyPlace ?? function.node.place,
            help: ["deploy the service with 'furoshiki deploy'; after that, the function can be deployed alone"]
        )
    }
}
