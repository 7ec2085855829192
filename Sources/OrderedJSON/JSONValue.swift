/// A JSON value whose objects keep the order of their keys (RFC 8259).
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number, with the precision that JavaScript has; written without a fraction where it is whole.
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
    /// The text, `nil` where this is something else.
    package var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number, `nil` where this is something else.
    package var numberValue: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The items, `nil` where this is no array.
    package var arrayValue: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, `nil` where this is no object.
    package var objectValue: OrderedMap<JSONValue>? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// A member of an object for reading and change; reading gives `nil` where this is no object or lacks the key,
    /// setting makes an object of anything that is none, and setting `nil` removes the key.
    package subscript(key: String) -> JSONValue? {
        get { objectValue?[key] }
        set {
            var members = objectValue ?? OrderedMap()
            self = .null
            members[key] = newValue
            self = .object(members)
        }
        _modify {
            var members = objectValue ?? OrderedMap()
            self = .null  // leaves `members` as the only owner, so that the change copies nothing
            var value = members[key]
            yield &value
            members[key] = value
            self = .object(members)
        }
    }
}
