/// Converts values to strings, like `String(value)` in JavaScript.
package enum JavaScriptText {
    /// The string of a value: items of lists joined by commas, and `[object Object]` for mappings.
    package static func text(of node: ConfigurationValue) -> String {
        switch node.content {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): JavaScriptNumber.text(of: value)
        case .string(let value): value
        // JavaScript writes nothing for `null` inside a list.
        case .list(let items): items.map { $0.isNull ? "" : text(of: $0) }.joined(separator: ",")
        case .map: "[object Object]"
        }
    }
}

extension String {
    /// The string without white space at its start and end.
    package func trimmed() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
