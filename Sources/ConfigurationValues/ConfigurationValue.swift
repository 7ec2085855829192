package import Diagnostics
package import OrderedJSON

/// A value of a configuration file that knows where it was written.
///
/// Values that are in no file, such as defaults and parameters of the command line, have no place.
package struct ConfigurationValue: Sendable {
    /// The types of values, which are those of JSON.
    package enum Content: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case list([ConfigurationValue])
        case map(OrderedMap<ConfigurationValue>)
    }

    /// The value without its place.
    package var content: Content
    /// The place where the value starts; `nil` if it is in no file.
    package var place: SourcePlace?
    /// The place where the key of the value starts; `nil` for items of lists and for values that are in no file.
    package var keyPlace: SourcePlace?

    /// Creates a value with its location and that of its key.
    package init(_ content: Content, at place: SourcePlace? = nil, keyAt keyPlace: SourcePlace? = nil) {
        self.content = content
        self.place = place
        self.keyPlace = keyPlace
    }
}

extension ConfigurationValue {
    /// The string; `nil` for a value of another type.
    package var string: String? {
        guard case .string(let value) = content else { return nil }
        return value
    }

    /// The number; `nil` for a value of another type.
    package var number: Double? {
        guard case .number(let value) = content else { return nil }
        return value
    }

    /// The boolean; `nil` for a value of another type.
    package var bool: Bool? {
        guard case .bool(let value) = content else { return nil }
        return value
    }

    /// The items of a list; `nil` for a value of another type.
    package var list: [ConfigurationValue]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    /// The members of a mapping; `nil` for a value of another type.
    package var map: OrderedMap<ConfigurationValue>? {
        guard case .map(let members) = content else { return nil }
        return members
    }

    /// Whether the value is `null`.
    package var isNull: Bool {
        guard case .null = content else { return false }
        return true
    }

    /// Whether the value is truthy in JavaScript: not `null`, `false`, `0`, `NaN` or the empty string.
    package var isTruthy: Bool {
        switch content {
        case .null: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .list, .map: true
        }
    }

    /// Whether lists and mappings are nested in more levels than a limit.
    package func isNested(deeperThan limit: Int) -> Bool {
        switch content {
        case .list(let items): limit <= 0 || items.contains { $0.isNested(deeperThan: limit - 1) }
        case .map(let members): limit <= 0 || members.values.contains { $0.isNested(deeperThan: limit - 1) }
        case .null, .bool, .number, .string: false
        }
    }

    /// The member of a mapping; `nil` if the value is not a mapping, lacks the key, or has `null` for it.
    ///
    /// Serverless treats an absent property and one that is `null` alike nearly everywhere; use ``map`` where it does
    /// not. Setting a member turns any other value into a mapping.
    package subscript(key: String) -> ConfigurationValue? {
        get {
            guard let value = map?[key], !value.isNull else { return nil }
            return value
        }
        set {
            var members = map ?? OrderedMap()
            members[key] = newValue
            content = .map(members)
        }
    }

    /// The member at the end of a path of keys; `nil` if a key on the way is missing.
    package subscript(path keys: String...) -> ConfigurationValue? {
        var node: ConfigurationValue? = self
        for key in keys { node = node?[key] }
        return node
    }

    /// The value as JSON, without places.
    package var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let value): .string(value)
        case .list(let items): .array(items.map(\.json))
        case .map(let members): .object(members.mapValues(\.json))
        }
    }

    /// Makes a value of JSON; all its parts get the same place.
    package init(_ json: JSONValue, at place: SourcePlace? = nil) {
        let content: Content =
            switch json {
            case .null: .null
            case .bool(let value): .bool(value)
            case .number(let value): .number(value)
            case .string(let value): .string(value)
            case .array(let items): .list(items.map { ConfigurationValue($0, at: place) })
            case .object(let members): .map(members.mapValues { ConfigurationValue($0, at: place) })
            }
        self.init(content, at: place)
    }
}

extension ConfigurationValue: Hashable {
    /// Whether both have the same content, at any place.
    package static func == (left: ConfigurationValue, right: ConfigurationValue) -> Bool { left.json == right.json }

    package func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
