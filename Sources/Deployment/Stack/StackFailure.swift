import AWSClient
import CloudFormation
import Diagnostics

/// An operation of CloudFormation that failed, explained.
struct StackFailure: Sendable {
    /// The name of the stack.
    let stackName: String
    /// The identifier of the stack.
    let stackID: String
    let region: String
    /// How the operation ended.
    let result: StackMonitor.Result
    /// The parts of the configuration that made the resources, by logical ID.
    let origins: [String: ResourceOrigin]

    /// The event of the first resource that failed; those that were cancelled because of it come after it.
    var cause: StackEvent? {
        let failures = result.events.filter { $0.status.hasSuffix("_FAILED") && $0.reason != nil }
        let own = failures.filter { !Self.isConsequence($0.reason ?? "") }
        let resources = own.filter { $0.logicalID != stackName }
        return resources.first ?? own.first ?? failures.first
    }

    private static func isConsequence(_ reason: String) -> Bool {
        reason.hasPrefix("Resource creation cancelled") || reason.hasPrefix("Resource update cancelled")
            || reason.hasPrefix("Resource deletion cancelled")
    }

    /// The error with the resource, its reason and its place.
    func error() -> DiagnosticError {
        guard let cause else {
            return DiagnosticError(
                .stackOperationFailed,
                "CloudFormation cannot change the stack '\(stackName)'" + (reason.map { ": \($0)" } ?? ""),
                notes: notes,
                help: help
            )
        }
        return DiagnosticError(
            .stackOperationFailed,
            "\(cause.status): \(cause.logicalID) (\(cause.type)): \(cause.reason ?? "")",
            at: origins[cause.logicalID]?.place,
            notes: notes,
            help: help
        )
    }

    private var reason: String? { result.events.last { $0.reason != nil }?.reason }

    private var notes: [String] {
        let parameter = stackID.hasPrefix("arn:") ? stackID : stackName
        let isGone = result.status == "DELETE_COMPLETE"
        return [
            isGone
                ? "the stack '\(stackName)' was deleted again"
                : "the stack '\(stackName)' is now in the state \(result.status)"
        ]
            + (isGone || !region.contains("-")
                ? []
                : [
                    "all events: https://\(region).console.aws.amazon.com/cloudformation/home?region=\(region)"
                        + "#/stacks/events?stackId=\(Self.encoded(parameter))"
                ])
    }

    private static func encoded(_ text: String) -> String {
        text.replacing(":", with: "%3A").replacing("/", with: "%2F")
    }

    private var help: [String] { StackRemedies.help(forStatus: result.status) }
}

/// What can be done with a stack in a state that an operation left it in.
package enum StackRemedies {
    /// The next steps for a status; empty if the next deployment needs none.
    package static func help(forStatus status: String) -> [String] {
        switch status {
        case "ROLLBACK_COMPLETE", "ROLLBACK_FAILED":
            ["a stack that was never created cannot be updated: run 'furoshiki remove', and deploy again"]
        case "CREATE_FAILED", "UPDATE_FAILED":
            ["correct the cause and deploy again; the stack stays as it is, as 'provider.disableRollback' is set"]
        case "UPDATE_ROLLBACK_FAILED":
            [
                "correct the cause, and continue the rollback: "
                    + "aws cloudformation continue-update-rollback --stack-name STACK",
                "resources that cannot be rolled back can be skipped with '--resources-to-skip'",
            ]
        case "UPDATE_ROLLBACK_COMPLETE": ["the stack is as before; correct the cause and deploy again"]
        case "DELETE_FAILED":
            ["correct the cause, such as a bucket that is not empty, and run 'furoshiki remove' again"]
        case "REVIEW_IN_PROGRESS": ["delete the stack, which has only a change set, and deploy again"]
        default: []
        }
    }
}
