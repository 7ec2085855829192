package import AWSClient
import ConfigurationValues
package import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The bucket for deployments of a service: a named one, or the one that the stack creates.
package struct DeploymentBucket: Sendable {
    private let context: DeploymentContext

    /// Creates the bucket of a context; asks nothing.
    package init(_ context: DeploymentContext) { self.context = context }

    // MARK: Finding

    /// The name of the bucket: the configured one, or the one in the stack.
    ///
    /// - Parameter resources: the resources of the stack.
    /// - Returns: `nil` if the stack has to create it.
    package func name(in resources: [StackResource]) -> String? {
        context.names.bucket
            ?? resources.first { $0.logicalID == DeploymentNames.bucketID && $0.status != "DELETE_COMPLETE" }?
            .physicalID
    }

    /// Makes sure that a configured bucket exists and is in the region of the service.
    package func checkNamedBucket() async throws {
        guard let name = context.names.bucket else { return }
        let place = (context.service.provider["deploymentBucket"]).flatMap { $0["name"]?.place ?? $0.place }
        guard let region = try await context.aws.s3.region(of: name) else {
            throw DiagnosticError(
                .missingDeploymentBucket,
                "the deployment bucket '\(name)' does not exist",
                at: place,
                help: ["create it, or remove 'provider.deploymentBucket' so that the stack creates one"]
            )
        }
        guard region == context.aws.region else {
            throw DiagnosticError(
                .deploymentBucketElsewhere,
                "the deployment bucket '\(name)' is in the region '\(region)', but the service is deployed to "
                    + "'\(context.aws.region)'",
                at: place,
                help: ["Lambda gets code from a bucket in its own region: use one there"]
            )
        }
    }

    // MARK: Objects

    /// The objects of all deployments of the service's stage.
    package func objects(in bucket: String) async throws -> [S3ObjectSummary] {
        do {
            return try await context.aws.s3.objects(in: bucket, prefix: context.names.directory + "/")
        } catch let error as AWSError where error.isMissingObject {
            throw missing(bucket)
        }
    }

    /// The deployments in the bucket of the deployed service, oldest first.
    ///
    /// - Returns: the name of the bucket and the complete deployments.
    /// - Throws: ``DiagnosticError`` if there is no stack or no bucket, `AWSError`.
    package func deployments() async throws -> (bucket: String, deployments: [StoredDeployment]) {
        let name = try await existingName()
        let all = StoredDeployment.all(in: try await objects(in: name), below: context.names.directory)
        return (name, all.filter(\.isComplete))
    }

    /// The name of the bucket of a deployed service.
    func existingName() async throws -> String {
        if let name = context.names.bucket { return name }
        let stack = context.names.stack
        if let resource = try await context.aws.cloudFormation.resource(DeploymentNames.bucketID, of: stack),
            let name = resource.physicalID
        {
            return name
        }
        throw DiagnosticError.missingStack(context)
    }

    private func missing(_ bucket: String) -> DiagnosticError {
        DiagnosticError(
            .missingDeploymentBucket,
            "the deployment bucket '\(bucket)' does not exist",
            help: [
                context.names.bucket == nil
                    ? "the stack '\(context.names.stack)' had created it: create it again with this name"
                    : "create it, or correct 'provider.deploymentBucket'"
            ]
        )
    }

    // MARK: Adding

    /// A template with the bucket that the stack creates, for a stack that was deployed with a named bucket before.
    ///
    /// - Parameters:
    ///   - create: the template with which the first deployment starts.
    ///   - template: the template that the stack has.
    /// - Returns: the template of the stack with the bucket.
    static func adding(_ create: JSONValue, to template: JSONValue) -> JSONValue {
        var result = template
        for section in ["Resources", "Outputs"] {
            var members = template[section]?.objectValue ?? [:]
            for (key, value) in create[section]?.objectValue ?? [:] { members[key] = value }
            if !members.isEmpty { result[section] = .object(members) }
        }
        return result
    }
}

extension DiagnosticError {
    /// Reports that a service is not deployed.
    package static func missingStack(_ context: DeploymentContext) -> DiagnosticError {
        DiagnosticError(
            .missingStack,
            "the stack '\(context.names.stack)' does not exist in the region '\(context.aws.region)'",
            help: ["deploy the service first, or check '--stage', '--region' and the profile"]
        )
    }
}
