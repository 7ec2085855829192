import AWSClient
import Diagnostics
import HostSystem

/// The stack is changed by another operation, or was since it was read.
///
/// A deployment can wait for the end of the other operation, compare again, and go on.
struct ConflictingUpdate: Error, DiagnosticConvertible, Hashable {
    /// What the user should know of the other operation.
    let diagnostics: [Diagnostic]

    /// Creates the error with one diagnostic.
    init(_ code: DiagnosticCode, _ message: String, notes: [String] = [], help: [String]) {
        diagnostics = [Diagnostic(.error, code, message, notes: notes, help: help)]
    }

    /// A change set that was made for a state of the stack that has passed.
    static func changedMeanwhile(_ stack: String, _ reason: String) -> ConflictingUpdate {
        ConflictingUpdate(
            .changeSetFailed,
            "another operation has changed the stack '\(stack)' since this deployment began",
            notes: ["CloudFormation says: \(reason)"],
            help: ["deploy again, or use '--wait', which compares again and goes on"]
        )
    }
}

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
    /// - Throws: ``ConflictingUpdate`` if there is another operation and `waits` is false, `AWSError`,
    ///   `CancellationError`.
    func finished(_ stack: Stack, waits: Bool) async throws -> Stack? {
        guard stack.isBusy else { return stack }
        guard waits else { throw await error(of: stack) }
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

    /// The error that says what is done with a stack, since when, and who began it.
    func error(of stack: Stack) async -> ConflictingUpdate {
        let begin = try? await beginning(of: stack)
        let time = begin?.timestamp ?? stack.updated ?? stack.created
        let since = time.map { " since \(InstantText.iso8601(milliseconds: $0))" } ?? ""
        let sender = begin?.token.map { ["it was begun by \(OperationToken.sender(of: $0))"] }
        return ConflictingUpdate(
            .stackBusy,
            "the stack '\(stack.name)' is in the state \(stack.status)\(since)",
            notes: sender ?? ["CloudTrail has who began it"],
            help: ["wait until the other operation ends, or deploy with '--wait'"]
        )
    }

    /// The event with which the operation began: the newest one of the stack itself that a user caused.
    private func beginning(of stack: Stack) async throws -> StackEvent? {
        var found: StackEvent?
        _ = try await context.aws.cloudFormation
            .events(of: stack.identifier) { event in
                guard event.type == "AWS::CloudFormation::Stack", event.logicalID == stack.name else { return false }
                // The state before the operation; what is older belongs to others.
                if !event.status.hasSuffix("_IN_PROGRESS") { return true }
                found = event
                return event.reason == "User Initiated"
            }
        return found
    }
}
