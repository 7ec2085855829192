package import HostSystem
package import OrderedJSON

/// A value of the user's configuration as this room gets it: what it is, and where it was written.
package struct Setting: Sendable {
    /// What the value is.
    package indirect enum Value: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case list([Setting])
        case map(OrderedMap<Setting>)
    }

    /// What the value is.
    package let value: Value
    /// Where the value starts, `nil` where no file holds it.
    package let place: SourcePlace?
    /// Where the key of this value starts, `nil` where it has none or no file holds it.
    package let keyPlace: SourcePlace?

    /// Makes a setting.
    package init(_ value: Value, at place: SourcePlace? = nil, keyAt keyPlace: SourcePlace? = nil) {
        self.value = value
        self.place = place
        self.keyPlace = keyPlace
    }
}

extension Setting {
    /// The text, `nil` where this is something else.
    package var string: String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    /// The items, `nil` where this is no list.
    package var list: [Setting]? {
        guard case .list(let items) = value else { return nil }
        return items
    }

    /// The members, `nil` where this is no map.
    package var map: OrderedMap<Setting>? {
        guard case .map(let members) = value else { return nil }
        return members
    }

    /// Whether this is `null`.
    package var isNull: Bool {
        guard case .null = value else { return false }
        return true
    }

    /// Whether JavaScript takes this for true, by which Serverless v3 reads flags.
    package var isTruthy: Bool {
        switch value {
        case .null: false
        case .bool(let flag): flag
        case .number(let number): number != 0 && !number.isNaN
        case .string(let text): !text.isEmpty
        case .list, .map: true
        }
    }

    /// A member of a map, `nil` where this is no map, lacks the key or holds `null` there.
    package subscript(key: String) -> Setting? {
        guard let member = map?[key], !member.isNull else { return nil }
        return member
    }

    /// The value without its places.
    package var json: JSONValue {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .list(let items): .array(items.map(\.json))
        case .map(let members): .object(members.mapValues(\.json))
        }
    }
}
