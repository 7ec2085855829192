import AWSClient
import ConfigurationValues
import ServerlessConfig

/// The protection of the stack from deletion (`provider.deletionProtection`).
struct StackProtection: Sendable {
    /// Whether the stack should be protected; `nil` if the service does not say, so that it stays as it is.
    let isWanted: Bool?

    /// Reads the setting of a service: a flag, or the stages that are protected.
    init(of service: Service) {
        let setting = service.provider["deletionProtection"]
        if let stages = setting?["stages"]?.list {
            isWanted = stages.contains { $0.string == service.stage }
        } else {
            isWanted = setting?.bool
        }
    }

    /// Whether a stack is protected otherwise than the service says.
    func differs(from stack: Stack) -> Bool { isWanted.map { $0 != stack.isTerminationProtected } ?? false }

    /// Protects the stack, or ends its protection, if it differs.
    func apply(to stack: Stack, _ context: DeploymentContext) async throws {
        guard let isWanted, differs(from: stack) else { return }
        try await context.aws.cloudFormation.setTerminationProtection(stack.name, isWanted)
    }
}
