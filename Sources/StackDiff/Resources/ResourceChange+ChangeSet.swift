package import AWSClient

extension ResourceChange {
    /// The change of a resource in a change set.
    ///
    /// - Parameter change: the change as CloudFormation describes it.
    package init(_ change: ChangeSet.Change) {
        var certainty = Certainty.certain
        let action: Action
        switch change.action {
        case "Add": action = .add
        case "Import": action = .adopt
        case "Remove": action = change.policyAction == "Retain" ? .retain : .delete
        case "SyncWithActual": action = .sync
        default:
            // `Modify`, or `Dynamic`, of which CloudFormation does not know yet what it comes to.
            switch change.replacement {
            case "True": action = .replace
            case "Conditional":
                action = .replace
                certainty = .possible
            default: action = .modify
            }
        }
        self.init(
            action,
            change.logicalID,
            type: change.type,
            properties: Self.properties(change),
            certainty: certainty
        )
        keepsOld = change.policyAction == "ReplaceAndRetain"
        if let status = change.driftStatus, status == "MODIFIED" || status == "DELETED" { drift = status }
    }

    /// The properties that change, each once.
    private static func properties(_ change: ChangeSet.Change) -> [Property] {
        var result: [Property] = []
        for detail in change.details {
            let path = Self.path(of: detail)
            let replaces = detail.recreation.map { $0 == "Always" }
            if let index = result.firstIndex(where: { $0.path == path }) {
                // A property that a parameter and the template change is listed twice.
                result[index].replaces = result[index].replaces == true ? true : replaces
                result[index].hasDrifted = result[index].hasDrifted || detail.hasDrifted
            } else {
                result.append(Property(path: path, replaces: replaces, hasDrifted: detail.hasDrifted))
            }
        }
        if result.isEmpty { result = change.scope.map { Property(path: $0) } }
        return result
    }

    /// The path of a property without `/Properties`, with dots as in configurations.
    private static func path(of detail: ChangeSet.Detail) -> String {
        if let path = detail.path, !path.isEmpty {
            let parts = path.split(separator: "/").map(String.init)
            return (parts.first == "Properties" && parts.count > 1 ? Array(parts.dropFirst()) : parts)
                .joined(separator: ".")
        }
        return detail.name ?? detail.attribute ?? ""
    }
}
