import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A value of a configuration that its schema does not allow.
struct SchemaIssue {
    /// What is wrong with the value.
    indirect enum Fault {
        case type(Schema.ValueType, found: ConfigurationValue)
        case value(allowed: [JSONValue], found: ConfigurationValue)
        case pattern(TextPattern, found: String)
        case format(TextFormat, found: String)
        case number(ClosedRange<Double>, found: Double)
        case length(ClosedRange<Int>, found: Int)
        case itemCount(ClosedRange<Int>, found: Int)
        case propertyCount(ClosedRange<Int>, found: Int)
        case repeatedItem
        case unknownProperty(String, known: [String])
        /// Something is wrong with a key of the map.
        case key(String, Fault)
        case missingProperty(String)
        /// Of several properties or groups of properties, one must be there.
        case missingChoice([[String]])
        case companionMissing(String, of: String)
        case propertyNotAllowed(String)
        /// No alternative fits; whether because the value has another type than all of them.
        case noAlternative([String], found: ConfigurationValue, isOfOtherType: Bool)
        case severalAlternatives
        case unknownEvent(String, known: [String])
        case notOneKey([String])
    }

    let fault: Fault
    /// The keys and indexes that lead to the value.
    let path: [String]
    let place: SourcePlace?
    /// Whether the value belongs to a property that came after Serverless 3.
    var isOfNewProperty = false

    /// The issue with a key, told of the map that holds it.
    func ofKey(_ key: String) -> SchemaIssue {
        SchemaIssue(fault: .key(key, fault), path: path, place: place, isOfNewProperty: isOfNewProperty)
    }

    /// Whether the value is simply of another type than this rule is about.
    var isTypeMismatch: Bool {
        switch fault {
        case .type: true
        case .value(let allowed, let found): !allowed.contains { Self.kind(of: $0) == Self.kind(of: found) }
        case .noAlternative(_, _, let isOfOtherType): isOfOtherType
        default: false
        }
    }

    /// Whether the value is another one than the single value that the rule allows.
    var isOtherConstant: Bool {
        guard case .value(let allowed, _) = fault else { return false }
        return allowed.count == 1
    }

    /// Whether a plugin that this program does not run might have made the property or the event known.
    var mayBeOfPlugin: Bool {
        switch fault {
        case .unknownProperty, .unknownEvent: true
        default: false
        }
    }

    /// Whether the property is unknown to Serverless itself, and known to one of the service's plugins.
    func isProperty(of plugins: [String]) -> Bool {
        guard case .unknownProperty(let name, _) = fault else { return false }
        return PluginProperties.have(name, at: path, of: plugins)
    }

    private static func kind(of node: ConfigurationValue) -> Schema.ValueType? {
        switch node.content {
        case .null: nil
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .list: .array
        case .map: .object
        }
    }

    private static func kind(of value: JSONValue) -> Schema.ValueType? {
        switch value {
        case .null: nil
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
