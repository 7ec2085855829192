package import OrderedJSON

/// A value of a TOML 1.0 document that knows where it stands.
package struct TOMLValue: Hashable, Sendable {
    /// What the value is.
    package indirect enum Kind: Hashable, Sendable {
        case string(String)
        case integer(Int)
        case float(Double)
        case boolean(Bool)
        /// A date, a time or both, as RFC 3339 writes it.
        case dateTime(String)
        case array([TOMLValue])
        case table(OrderedMap<TOMLValue>)
    }

    /// What the value is.
    package let kind: Kind
    /// The line where it begins, from 1.
    package let line: Int
    /// The column in characters where it begins, from 1.
    package let column: Int

    /// Makes a value.
    package init(_ kind: Kind, line: Int = 1, column: Int = 1) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    /// The text, `nil` where this is something else.
    package var string: String? {
        guard case .string(let value) = kind else { return nil }
        return value
    }

    /// The whole number, `nil` where this is something else.
    package var integer: Int? {
        guard case .integer(let value) = kind else { return nil }
        return value
    }

    /// The truth value, `nil` where this is something else.
    package var boolean: Bool? {
        guard case .boolean(let value) = kind else { return nil }
        return value
    }

    /// The items, `nil` where this is no array.
    package var array: [TOMLValue]? {
        guard case .array(let value) = kind else { return nil }
        return value
    }

    /// The members, `nil` where this is no table.
    package var table: OrderedMap<TOMLValue>? {
        guard case .table(let value) = kind else { return nil }
        return value
    }

    /// A member of a table, `nil` where this is no table or lacks the key.
    package subscript(key: String) -> TOMLValue? { table?[key] }

    /// A member of tables in tables.
    package subscript(first: String, second: String, more: String...) -> TOMLValue? {
        ([first, second] + more).reduce(Optional(self)) { $0?[$1] }
    }

    /// What the value is, in words for a message.
    package var kindName: String {
        switch kind {
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .dateTime: "a date or time"
        case .array: "an array"
        case .table: "a table"
        }
    }
}
