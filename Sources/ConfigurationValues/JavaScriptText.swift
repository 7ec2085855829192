/// What JavaScript's `String(value)` makes of a value.
package enum JavaScriptText {
    /// The text of a value: items of lists joined by commas, `[object Object]` for maps.
    package static func text(of node: ConfigurationValue) -> String {
        switch node.content {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): JavaScriptNumber.text(of: value)
        case .string(let value): value
        // Inside a list nothing is written for `null`.
        case .list(let items): items.map { $0.isNull ? "" : text(of: $0) }.joined(separator: ",")
        case .map: "[object Object]"
        }
    }
}

extension String {
    /// The text without white space at its ends.
    package func trimmed() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
