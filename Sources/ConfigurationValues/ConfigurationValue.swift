package import Diagnostics
package import OrderedJSON

/// A value of a configuration file that knows where it was written.
///
/// Values that no file holds (defaults, command line parameters) have no place.
package struct ConfigurationValue: Sendable {
    /// What the value is.
    package indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case list([ConfigurationValue])
        case map(OrderedMap<ConfigurationValue>)
    }

    /// What is written, without its place.
    package var content: Content
    /// Where the value starts, `nil` where no file holds it.
    package var place: SourcePlace?
    /// Where the key of this value starts, `nil` for items of lists and for what no file holds.
    package var keyPlace: SourcePlace?

    /// Makes a node.
    package init(_ content: Content, at place: SourcePlace? = nil, keyAt keyPlace: SourcePlace? = nil) {
        self.content = content
        self.place = place
        self.keyPlace = keyPlace
    }
}

extension ConfigurationValue {
    /// The text, `nil` where this is something else.
    package var string: String? {
        guard case .string(let value) = content else { return nil }
        return value
    }

    /// The number, `nil` where this is something else.
    package var number: Double? {
        guard case .number(let value) = content else { return nil }
        return value
    }

    /// The truth value, `nil` where this is something else.
    package var bool: Bool? {
        guard case .bool(let value) = content else { return nil }
        return value
    }

    /// The items, `nil` where this is no list.
    package var list: [ConfigurationValue]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    /// The members, `nil` where this is no map.
    package var map: OrderedMap<ConfigurationValue>? {
        guard case .map(let members) = content else { return nil }
        return members
    }

    /// Whether this is `null`.
    package var isNull: Bool {
        guard case .null = content else { return false }
        return true
    }

    /// Whether JavaScript takes this for true: not `null`, `false`, `0`, `NaN` or the empty text.
    package var isTruthy: Bool {
        switch content {
        case .null: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .list, .map: true
        }
    }

    /// Whether lists and maps are nested more levels deep than a limit.
    package func isNested(deeperThan limit: Int) -> Bool {
        switch content {
        case .list(let items): limit <= 0 || items.contains { $0.isNested(deeperThan: limit - 1) }
        case .map(let members): limit <= 0 || members.values.contains { $0.isNested(deeperThan: limit - 1) }
        case .null, .bool, .number, .string: false
        }
    }

    /// A member of a map, `nil` where this is no map, lacks the key or holds `null` there.
    ///
    /// Serverless treats an absent property and one that is `null` alike nearly everywhere; where it does not, ask
    /// ``map``. Setting makes a map of anything that is none.
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

    /// The member at the end of a path of keys, `nil` where a step is missing.
    package subscript(path keys: String...) -> ConfigurationValue? {
        var node: ConfigurationValue? = self
        for key in keys { node = node?[key] }
        return node
    }

    /// The value without its places.
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

    /// Makes a node of a value that no file holds, or that a file holds only as a whole.
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
    /// Whether both hold the same value, wherever they stand.
    package static func == (left: ConfigurationValue, right: ConfigurationValue) -> Bool { left.json == right.json }

    package func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
