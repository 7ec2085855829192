package import OrderedJSON

/// The differences between the resources of two templates, as far as they can be known without CloudFormation.
package enum TemplateDifference {
    /// The changes that lead from one template to another, in the order of the new template; removed resources come
    /// last.
    ///
    /// - Parameters:
    ///   - old: the template that is deployed, without what differs between any two deployments.
    ///   - new: the template to deploy, the same way.
    /// - Returns: the changes; values of parameters and of other resources are not known.
    package static func changes(from old: JSONValue, to new: JSONValue) -> [ResourceChange] {
        let before = old["Resources"]?.objectValue ?? [:]
        let after = new["Resources"]?.objectValue ?? [:]
        var changes: [ResourceChange] = []
        for (id, resource) in after {
            let type = resource["Type"]?.stringValue ?? ""
            guard let previous = before[id] else {
                changes.append(ResourceChange(.add, id, type: type))
                continue
            }
            if let change = change(of: id, type, from: previous, to: resource) { changes.append(change) }
        }
        for (id, resource) in before where after[id] == nil {
            let isKept = ["Retain", "RetainExceptOnCreate"].contains(resource["DeletionPolicy"]?.stringValue)
            changes.append(
                ResourceChange(isKept ? .retain : .delete, id, type: resource["Type"]?.stringValue ?? "")
            )
        }
        return changes
    }

    private static func change(
        of id: String,
        _ type: String,
        from old: JSONValue,
        to new: JSONValue
    ) -> ResourceChange? {
        if old["Type"]?.stringValue != type {
            let property = ResourceChange.Property(path: "Type", replaces: true)
            return ResourceChange(.replace, id, type: type, properties: [property])
        }
        var properties: [ResourceChange.Property] = []
        for path in paths(from: old["Properties"] ?? [:], to: new["Properties"] ?? [:]) {
            properties.append(
                ResourceChange.Property(
                    path: path.isEmpty ? "Properties" : path.joined(separator: "."),
                    replaces: ReplacementRules.replaces(path, of: type)
                )
            )
        }
        for attribute in ["Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"]
        where !areEqual(old[attribute], new[attribute]) {
            properties.append(ResourceChange.Property(path: attribute, replaces: false))
        }
        guard !properties.isEmpty else { return nil }
        guard properties.contains(where: { $0.replaces == true }) else {
            // Of a type that is not known, any property could be one that replaces it.
            let isUnknown = properties.contains { $0.replaces == nil } && StatefulTypes.contains(type)
            return ResourceChange(
                isUnknown ? .replace : .modify,
                id,
                type: type,
                properties: properties,
                certainty: isUnknown ? .possible : .certain
            )
        }
        var change = ResourceChange(.replace, id, type: type, properties: properties)
        change.keepsOld = new["UpdateReplacePolicy"]?.stringValue == "Retain"
        return change
    }

    /// The paths at which two values differ: the deepest keys of objects; lists and intrinsic functions are compared as a
    /// whole.
    private static func paths(from old: JSONValue, to new: JSONValue) -> [[String]] {
        guard !areEqual(old, new) else { return [] }
        guard let before = old.objectValue, let after = new.objectValue, !isFunction(before), !isFunction(after) else {
            return [[]]
        }
        var keys = after.keys
        for key in before.keys where after[key] == nil { keys.append(key) }
        return keys.flatMap { key -> [[String]] in
            switch (before[key], after[key]) {
            case (let left?, let right?): paths(from: left, to: right).map { [key] + $0 }
            default: [[key]]
            }
        }
    }

    private static func isFunction(_ members: OrderedMap<JSONValue>) -> Bool {
        members.count == 1 && members.keys.contains { $0 == "Ref" || $0.hasPrefix("Fn::") }
    }

    private static func areEqual(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        let writer = JSONWriter(sortsKeys: true)
        return left == right || writer.bytes(of: left) == writer.bytes(of: right)
    }
}
