import AWSClient
import Diagnostics
import HostSystem

/// Another operation that CloudFormation performs on the stack.
struct OtherUpdate: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext

    /// Makes sure that CloudFormation does not work on a stack.
    ///
    /// - Parameters:
    ///   - stack: the stack as it was found.
    ///   - waits: whether to wait for the other operation.
    /// - Returns: the stack, found again if there was something to wait for; `nil` if it was deleted meanwhile.
    /// - Throws: ``DiagnosticError`` if there is another operation and `waits` is false.
    func finished(_ stack: Stack, waits: Bool) async throws -> Stack? {
        guard stack.isBusy else { return stack }
        guard waits else {
            let since = (stack.updated ?? stack.created).map { " since \(InstantText.iso8601(milliseconds: $0))" } ?? ""
            throw DiagnosticError(
                .stackBusy,
                "the stack '\(stack.name)' is in the state \(stack.status)\(since)",
                help: ["wait until the other operation ends, or deploy with '--wait'"]
            )
        }
        var schedule = PollSchedule(context.host.environment)
        var current: Stack? = stack
        while let busy = current, busy.isBusy {
            context.report(.waitingForOtherUpdate(status: busy.status))
            try await context.host.clock.sleep(for: schedule.pause())
            current = try await context.aws.cloudFormation.stack(stack.identifier)
            if current?.status == "DELETE_COMPLETE" { current = nil }
        }
        return current
    }
}
