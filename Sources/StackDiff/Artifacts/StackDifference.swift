/// What a deployment would change: the resources of the stack, and the content of the artifacts.
package struct StackDifference: Hashable, Sendable {
    /// How the changes of the resources were found.
    package enum Method: String, Hashable, Sendable {
        /// CloudFormation computed them in a change set.
        case changeSet = "change-set"
        /// Two templates were compared.
        case templates
    }

    /// The name of the stack.
    package let stack: String
    /// How the changes of the resources were found.
    package let method: Method
    /// Whether the stack does not exist yet.
    package let isNew: Bool
    /// The changes of resources, grave ones first.
    package let changes: [ResourceChange]
    /// The artifacts that differ.
    package let artifacts: [ArtifactDifference]
    /// Settings of the stack that differ, such as its tags.
    package let settings: [String]

    /// Creates a difference, and sorts its changes.
    package init(
        stack: String,
        method: Method,
        isNew: Bool = false,
        changes: [ResourceChange] = [],
        artifacts: [ArtifactDifference] = [],
        settings: [String] = []
    ) {
        self.stack = stack
        self.method = method
        self.isNew = isNew
        self.changes = changes.byGravity
        self.artifacts = artifacts
        self.settings = settings
    }

    /// Whether a deployment would change nothing.
    package var isEmpty: Bool { changes.isEmpty && artifacts.isEmpty && settings.isEmpty }
}
