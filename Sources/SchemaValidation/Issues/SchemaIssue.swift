package import ConfigurationValues
package import Diagnostics
package import OrderedJSON

/// A value that its schema does not allow.
package struct SchemaIssue {
    /// The kinds of problems, with the facts that a message needs.
    package indirect enum Problem {
        case type(Schema.ValueType, found: ConfigurationValue)
        case value(allowed: [JSONValue], found: ConfigurationValue)
        case pattern(RegularExpression, found: String)
        case format(StringFormat, found: String)
        case number(ClosedRange<Double>, found: Double)
        case length(ClosedRange<Int>, found: Int)
        case itemCount(ClosedRange<Int>, found: Int)
        case propertyCount(ClosedRange<Int>, found: Int)
        case repeatedItem
        case unknownProperty(String, known: [String])
        /// The key of a member has a problem.
        case key(String, Problem)
        case missingProperty(String)
        /// None of several properties, or groups of properties, is there.
        case missingChoice([[String]])
        case companionMissing(String, of: String)
        case propertyNotAllowed(String)
        /// The value fits no alternative; it may be of another type than all of them.
        case noAlternative([Alternative], found: ConfigurationValue, isOfOtherType: Bool)
        case severalAlternatives
        case unknownEvent(String, known: [String])
        case notOneKey([String])
    }

    /// What an alternative of a rule allows.
    package enum Alternative {
        case type(Schema.ValueType)
        case value(JSONValue)
        case pattern(RegularExpression)
        /// A mapping with keys: those that it must have, or else all that it may have.
        case map(keys: [String])
    }

    /// The problem of the value.
    package let problem: Problem
    /// The keys and indexes that lead to the value.
    package let path: [String]
    /// The place of the value, or of the key for a problem of a key; `nil` if it is in no file.
    package let place: SourcePlace?
    /// Whether the value belongs to a property that came after Serverless 3.
    package var isOfNewProperty = false

    /// The issue as the problem of a key, reported for the mapping that contains it.
    func ofKey(_ key: String) -> SchemaIssue {
        SchemaIssue(problem: .key(key, problem), path: path, place: place, isOfNewProperty: isOfNewProperty)
    }

    /// Whether the problem is that the value has another type than the rule is for.
    var isTypeMismatch: Bool {
        switch problem {
        case .type: true
        case .value(let allowed, let found): !allowed.contains { Self.kind(of: $0) == Self.kind(of: found) }
        case .noAlternative(_, _, let isOfOtherType): isOfOtherType
        default: false
        }
    }

    /// Whether the value differs from the only value that the rule allows.
    var isOtherConstant: Bool {
        guard case .value(let allowed, _) = problem else { return false }
        return allowed.count == 1
    }

    /// Whether a plugin that is not run may have defined the property or the event.
    package var mayBeOfPlugin: Bool {
        switch problem {
        case .unknownProperty, .unknownEvent: true
        default: false
        }
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
