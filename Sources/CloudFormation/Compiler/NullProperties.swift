import OrderedJSON

/// Removes what is `null` from the properties of resources, as CloudFormation does not accept it there.
enum NullProperties {
    /// A document without them.
    static func stripping(from document: TemplateValue) -> TemplateValue {
        guard var resources = document["Resources"]?.objectValue else { return document }
        var document = document
        document["Resources"] = .null
        resources.replaceValues(withoutNulls)
        document["Resources"] = .object(resources)
        return document
    }

    /// A resource without what is `null` in its properties, or `nil` if the resource stays as it is.
    ///
    /// `Properties` that hold nothing at all are removed too.
    private static func withoutNulls(_ resource: TemplateValue) -> TemplateValue? {
        guard case .object(var members) = resource, let properties = members["Properties"] else { return nil }
        if properties.isTruthy {
            guard let stripped = stripped(properties) else { return nil }
            members["Properties"] = stripped
        } else {
            members["Properties"] = nil
        }
        return .object(members)
    }

    /// A value without the members that are `null`; `nil` if it has none, as nearly all.
    private static func stripped(_ value: TemplateValue) -> TemplateValue? {
        switch value {
        case .object(let members):
            guard members.values.contains(.null) else {
                var members = members
                return members.replaceValues(stripped) ? .object(members) : nil
            }
            let kept = members.filter { $0.value != .null }
            return .object(OrderedMap(kept.map { ($0.key, stripped($0.value) ?? $0.value) }))
        case .array(var items):
            var isChanged = false
            for position in items.indices {
                guard let item = stripped(items[position]) else { continue }
                items[position] = item
                isChanged = true
            }
            return isChanged ? .array(items) : nil
        case .null, .bool, .number, .string: return nil
        }
    }
}
