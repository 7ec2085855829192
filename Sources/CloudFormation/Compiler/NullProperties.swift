import ConfigurationValues
import OrderedJSON

/// Removes what is `null` from the properties of resources, as CloudFormation does not accept it there.
enum NullProperties {
    /// A document without them.
    static func stripping(from document: TemplateValue) -> TemplateValue {
        var document = document
        if let resources = document["Resources"]?.objectValue {
            document["Resources"] = .object(resources.mapValues(withoutNulls))
        }
        return document
    }

    /// A resource without what is `null` in its properties; `Properties` that hold nothing at all go too.
    private static func withoutNulls(_ resource: TemplateValue) -> TemplateValue {
        guard case .object(var members) = resource, let properties = members["Properties"] else { return resource }
        members["Properties"] = ConfigurationValue(properties).isTruthy ? stripped(properties) : nil
        return .object(members)
    }

    private static func stripped(_ value: TemplateValue) -> TemplateValue {
        switch value {
        case .object(let members):
            let kept = members.filter { $0.value != .null }
            return .object(OrderedMap(kept.map { ($0.key, stripped($0.value)) }))
        case .array(let items): return .array(items.map(stripped))
        default: return value
        }
    }
}
