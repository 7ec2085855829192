import OrderedJSON

/// Statements of an IAM policy: which actions are allowed with which resources.
struct PolicyStatements {
    /// The actions by the resources that they are allowed with.
    private var actions: [Set<String>: Set<IAMAction>] = [:]

    /// Allows actions with a resource.
    mutating func allow(_ allowed: [IAMAction], on resource: String) { allow(allowed, on: [resource]) }

    /// Allows actions with some resources.
    mutating func allow(_ allowed: [IAMAction], on resources: Set<String>) {
        guard !allowed.isEmpty, !resources.isEmpty else { return }
        actions[resources, default: []].formUnion(allowed)
    }

    /// The policy as a document; equal services have equal ones.
    var document: JSONValue {
        var merged: [Set<IAMAction>: Set<String>] = [:]
        // What is allowed with all resources is not repeated for some.
        let everywhere = actions[["*"]] ?? []
        for (resources, allowed) in actions {
            let rest = resources == ["*"] ? allowed : allowed.subtracting(everywhere)
            if !rest.isEmpty { merged[rest, default: []].formUnion(resources) }
        }
        let statements = merged.map { (actions: $0.key.sorted().map(\.name), resources: $0.value.sorted()) }
            .sorted { ($0.actions[0], $0.resources[0]) < ($1.actions[0], $1.resources[0]) }
        return [
            "Version": "2012-10-17",
            "Statement": .array(
                statements.map { statement in
                    [
                        "Effect": "Allow", "Action": .array(statement.actions.map { .string($0) }),
                        "Resource": .array(statement.resources.map { .string($0) }),
                    ]
                }
            ),
        ]
    }
}
