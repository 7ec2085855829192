import AWSClient
import OrderedJSON

/// The usage plans that refer to the REST API of a service, which CloudFormation cannot delete before they let go of it.
struct UsagePlans: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext

    /// Removes the stages of the service's API from all usage plans.
    ///
    /// - Parameter resources: the resources of the stack.
    /// - Throws: `AWSError`, `CancellationError`.
    func release(_ resources: [StackResource]) async throws {
        guard resources.contains(where: { $0.type == "AWS::ApiGateway::UsagePlan" }),
            let api = resources.first(where: { $0.logicalID == "ApiGatewayRestApi" })?.physicalID
        else { return }
        for plan in try await context.aws.apiGateway.usagePlans() {
            guard let identifier = plan["id"]?.stringValue else { continue }
            let stages = (plan["apiStages"]?.arrayValue ?? []).filter { $0["apiId"]?.stringValue == api }
            let patches = stages.compactMap { stage in
                stage["stage"]?.stringValue.map { APIGatewayAPI.Patch("remove", "/apiStages", "\(api):\($0)") }
            }
            if !patches.isEmpty { try await context.aws.apiGateway.updateUsagePlan(identifier, patches) }
        }
    }
}
