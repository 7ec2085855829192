import AWSClient

extension Stack {
    /// Whether the stack has only a change set, and was never created.
    var isOnlyReviewed: Bool { status == "REVIEW_IN_PROGRESS" }

    /// Whether CloudFormation works on the stack.
    var isBusy: Bool { status.hasSuffix("_IN_PROGRESS") && !isOnlyReviewed }

    /// Whether the stack is as its template says.
    var isSettled: Bool {
        [
            "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE",
            "IMPORT_ROLLBACK_COMPLETE",
        ]
        .contains(status)
    }
}

/// What a status of a stack means for the operation that led to it.
enum OperationEnd: Hashable, Sendable {
    /// The stack is as the operation should leave it.
    case succeeded
    /// CloudFormation gave up, and may have undone the operation.
    case failed

    /// The end that a status of the stack is; `nil` if CloudFormation still works.
    init?(status: String) {
        switch status {
        case "CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE", "IMPORT_COMPLETE": self = .succeeded
        case _ where status.hasSuffix("_IN_PROGRESS"): return nil
        default: self = .failed
        }
    }
}
