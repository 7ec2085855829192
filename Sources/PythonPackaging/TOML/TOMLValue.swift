package import OrderedJSON

/// A value in a TOML 1.0 document, with its position.
package struct TOMLValue: Hashable, Sendable {
    /// The type and content of a value.
    package indirect enum Kind: Hashable, Sendable {
        case string(String)
        case integer(Int)
        case float(Double)
        case boolean(Bool)
        /// A date, a time or both, in the format of RFC 3339.
        case dateTime(String)
        case array([TOMLValue])
        case table(OrderedMap<TOMLValue>)
    }

    /// The type and content of the value.
    package let kind: Kind
    /// The line where the value starts, from 1.
    package let line: Int
    /// The column in characters where the value starts, from 1.
    package let column: Int

    /// Creates a value at a position.
    package init(_ kind: Kind, line: Int = 1, column: Int = 1) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    /// The string, or `nil` if the value has another type.
    package var string: String? {
        guard case .string(let value) = kind else { return nil }
        return value
    }

    /// The integer, or `nil` if the value has another type.
    package var integer: Int? {
        guard case .integer(let value) = kind else { return nil }
        return value
    }

    /// The boolean, or `nil` if the value has another type.
    package var boolean: Bool? {
        guard case .boolean(let value) = kind else { return nil }
        return value
    }

    /// The items, or `nil` if the value is not an array.
    package var array: [TOMLValue]? {
        guard case .array(let value) = kind else { return nil }
        return value
    }

    /// The members, or `nil` if the value is not a table.
    package var table: OrderedMap<TOMLValue>? {
        guard case .table(let value) = kind else { return nil }
        return value
    }

    /// A member of the table, or `nil` if the value is not a table or does not have the key.
    package subscript(key: String) -> TOMLValue? { table?[key] }

    /// A member of nested tables, by its path of keys.
    package subscript(first: String, second: String, more: String...) -> TOMLValue? {
        ([first, second] + more).reduce(Optional(self)) { $0?[$1] }
    }

    /// The type of the value with an article, for error messages.
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
