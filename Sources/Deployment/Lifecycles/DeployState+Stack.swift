import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON
import ServiceLifecycle

extension DeployState {
    /// What the deployment changes in the service as it is deployed now.
    func compared() throws -> DeploymentPlan {
        DeploymentPlan(
            try package,
            artifacts,
            deployed: try made(deployed, by: .findDeployed),
            context,
            isForced: options.isForced
        )
    }

    /// The bucket, which exists after ``LifecycleEvent/createStack``.
    var bucket: String {
        get throws {
            guard let bucket = deployed?.bucket else {
                throw DiagnosticError(
                    .missingDeploymentBucket,
                    "the stack '\(context.names.stack)' has no deployment bucket",
                    help: ["name one with 'provider.deploymentBucket', or remove the stack and deploy again"]
                )
            }
            return bucket
        }
    }

    // MARK: The stack

    /// Creates the bucket, and with it the stack if there is none.
    ///
    /// - Parameters:
    ///   - create: the template with the bucket alone.
    ///   - deployed: the service before.
    /// - Returns: the service with its bucket.
    /// - Throws: ``ConflictingUpdate`` if another operation comes first, other errors of the operation.
    func withBucket(_ create: JSONValue, _ deployed: DeployedService) async throws -> DeployedService {
        let isNew = deployed.stack.map(\.isOnlyReviewed) ?? true
        let template = isNew ? create : DeploymentBucket.adding(create, to: deployed.template ?? create)
        let text = JSONWriter().text(of: template)
        let request = context.stackSettings.request(
            context.names.stack,
            template,
            from: .body(text),
            kind: isNew ? .create : .update
        )
        _ = try await StackOperations(context, origins: packaging.origins).apply(request, to: deployed.before)
        return try await DeployedServiceLookup(context: context).withBucket(deployed, template)
    }

    /// The service as it is deployed when another operation on its stack has ended.
    func afterOtherUpdate() async throws -> DeployedService {
        if let stack = try await context.aws.cloudFormation.stack(context.names.stack) {
            _ = try await OtherUpdate(context: context).finished(stack, waits: true)
        }
        return try await DeployedServiceLookup(context: context).find()
    }

    /// Changes the stack to what was planned.
    ///
    /// - Returns: whether CloudFormation had anything to change; `nil` if nothing is planned.
    /// - Throws: ``ConflictingUpdate`` if another operation comes first, other errors of the operation.
    func changeStack() async throws -> Bool? {
        let plan = try made(plan, by: .checkForChanges)
        guard !plan.isUnchanged else { return nil }
        let deployed = try made(deployed, by: .findDeployed)
        let isNew = deployed.stack.map(\.isOnlyReviewed) ?? true
        let key = "\(plan.directory)/\(StoredDeployment.templateName)"
        let request = context.stackSettings.request(
            context.names.stack,
            plan.template,
            from: .address(ObjectAddress.address(of: key, in: try bucket, context.aws)),
            kind: isNew ? .create : .update
        )
        return try await StackOperations(context, origins: packaging.origins).apply(request, to: deployed.before)
    }

    /// The stack after the deployment, with its resources.
    func stackAfterDeployment() async throws -> (stack: Stack, resources: [StackResource]) {
        if isUnchanged, let deployed, let stack = deployed.stack { return (stack, deployed.resources) }
        let name = context.names.stack
        async let stack = context.aws.cloudFormation.stack(name)
        async let resources = context.aws.cloudFormation.resources(of: name)
        guard let found = try await stack else { throw DiagnosticError.missingStack(context) }
        return (found, try await resources)
    }
}
