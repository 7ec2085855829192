import OrderedJSON

/// The conversions that Serverless makes where a value has another type than its schema asks for.
///
/// They are those of the validator Ajv with `coerceTypes: 'array'`: text of digits becomes a number, a number becomes
/// text, a single value becomes a list of one and the other way about. Services rely on them (`memorySize: '512'`
/// from an environment variable), and the template holds the converted value.
enum Coercion {
    /// Whether a value has a type as it is.
    static func has(_ node: Node, _ type: Schema.ValueType) -> Bool {
        switch (type, node.content) {
        case (.string, .string), (.number, .number), (.boolean, .bool), (.array, .list), (.object, .map): true
        case (.integer, .number(let value)): value.isFinite && value == value.rounded()
        default: false
        }
    }

    /// The value converted to a type it does not have, `nil` where there is no conversion.
    static func convert(_ node: Node, to type: Schema.ValueType) -> Node? {
        guard type != .object else { return nil }
        if type != .array, let items = node.list {
            guard items.count == 1, let only = items.first else { return nil }
            if has(only, type) { return only }
            return only.list == nil && only.map == nil ? convert(only, to: type) : nil
        }
        return content(of: node, as: type).map { Node($0, at: node.place, keyAt: node.keyPlace) }
    }

    private static func content(of node: Node, as type: Schema.ValueType) -> Node.Content? {
        switch (type, node.content) {
        case (.string, .number(let value)): .string(JSONWriter.text(of: value))
        case (.string, .bool(let value)): .string(value ? "true" : "false")
        case (.string, .null): .string("")
        case (.number, .bool(let value)), (.integer, .bool(let value)): .number(value ? 1 : 0)
        case (.number, .null), (.integer, .null): .number(0)
        case (.number, .string(let text)): number(text).map { .number($0) }
        case (.integer, .string(let text)):
            number(text).flatMap { $0.isFinite && $0 == $0.rounded() ? .number($0) : nil }
        case (.boolean, .string("true")), (.boolean, .number(1)): .bool(true)
        case (.boolean, .string("false")), (.boolean, .number(0)), (.boolean, .null): .bool(false)
        case (.array, .string), (.array, .number), (.array, .bool), (.array, .null): .list([node])
        default: nil
        }
    }

    /// The number of a text as JavaScript's unary plus reads it, `nil` for what it takes for no number.
    private static func number(_ text: String) -> Double? {
        guard !text.isEmpty else { return nil }
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        var trimmed = String.UnicodeScalarView(scalars)
        while let last = trimmed.last, last.properties.isWhitespace { trimmed.removeLast() }
        let digits = String(trimmed)
        if digits.isEmpty { return 0 }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.lowercased().hasPrefix(prefix) {
            return UInt64(digits.dropFirst(2), radix: radix).map(Double.init)
        }
        let isPlain = digits.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        return isPlain ? Double(digits.last == "." ? digits + "0" : digits.first == "." ? "0" + digits : digits) : nil
    }
}
