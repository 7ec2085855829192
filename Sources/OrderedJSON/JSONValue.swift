/// A JSON value whose objects keep the order of their keys (RFC 8259).
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number with the precision of JavaScript; integers are printed without a fraction.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(OrderedMap<JSONValue>)
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(OrderedMap(elements)) }
}

extension JSONValue {
    /// The string, or `nil` if the value has another type.
    package var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number, or `nil` if the value has another type.
    package var numberValue: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The items, or `nil` if the value is not an array.
    package var arrayValue: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, or `nil` if the value is not an object.
    package var objectValue: OrderedMap<JSONValue>? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// Whether the value is truthy in JavaScript: not `null`, `false`, `0`, `NaN` or the empty string.
    package var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .array, .object: true
        }
    }

    /// A member of an object.
    ///
    /// Reading returns `nil` if the value is not an object or does not have the key. Setting a member turns any other
    /// value into an object, and setting `nil` removes the key.
    package subscript(key: String) -> JSONValue? {
        get { objectValue?[key] }
        set {
            var members = objectValue ?? OrderedMap()
            self = .null  // makes `members` the only reference, so that the change does not copy
            members[key] = newValue
            self = .object(members)
        }
        _modify {
            var members = objectValue ?? OrderedMap()
            self = .null
            defer { self = .object(members) }
            yield &members[key]
        }
    }
}
