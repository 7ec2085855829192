import ConfigurationValues
import OrderedJSON

/// The first step of a path that does not exist.
struct MissingStep {
    /// The number of steps that exist; all of them if the value at the end is `null`.
    let count: Int
    /// The keys that exist beside the missing one; `nil` if there cannot be any.
    let known: [String]?
    /// The type of the value without properties, in words.
    let kind: String
}

extension VariableResolver {
    /// The first step of a path that a property lacks; variables are not resolved.
    static func missingStep(_ keys: [String], in root: ConfigurationProperty) -> MissingStep {
        var property = root
        for (count, key) in keys.enumerated() {
            switch property.state {
            case .resolved(let node): return missingStep(keys[count...], in: node, before: count)
            case .map(let children, _):
                guard let child = children[key] else {
                    return MissingStep(count: count, known: children.keys.map { $0 }, kind: "a mapping")
                }
                property = child
            case .list(let children, _):
                guard let index = key.itemIndex(in: children.indices) else {
                    return MissingStep(count: count, known: nil, kind: "a list")
                }
                property = children[index]
            case .variables, .resolving, .failed: return MissingStep(count: count, known: nil, kind: "not known")
            }
        }
        return MissingStep(count: keys.count, known: nil, kind: "null")
    }

    /// The first step of a path that a value lacks.
    static func missingStep(_ keys: ArraySlice<String>, in node: ConfigurationValue, before: Int) -> MissingStep {
        var node = node
        for (count, key) in zip(before..., keys) {
            switch node.content {
            case .map(let members):
                guard let member = members[key] else {
                    return MissingStep(count: count, known: Array(members.keys), kind: "a mapping")
                }
                node = member
            case .list(let items):
                guard let index = key.itemIndex(in: items.indices) else {
                    return MissingStep(count: count, known: nil, kind: "a list")
                }
                node = items[index]
            case .null: return MissingStep(count: count, known: nil, kind: "null")
            case .bool: return MissingStep(count: count, known: nil, kind: "a boolean")
            case .number: return MissingStep(count: count, known: nil, kind: "a number")
            case .string: return MissingStep(count: count, known: nil, kind: "a string")
            }
        }
        return MissingStep(count: before + keys.count, known: nil, kind: "null")
    }
}
