import ConfigurationValues
package import OrderedJSON

/// Writer of YAML in the style of js-yaml: two spaces a level, quotes only where needed, long lines folded.
package struct YAMLWriter {
    private var output: [UInt8] = []

    /// The YAML of a value, with a line end.
    package static func text(of value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.write(value, level: 0, isInline: true)
        writer.output.append(0x0A)
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Writes a value after what is already on its line.
    ///
    /// With `isInline`, the first item or member is written on the same line, as after the `-` of a list.
    private mutating func write(_ value: JSONValue, level: Int, isInline: Bool) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let value): append(Self.text(of: value))
        case .string(let text): append(YAMLScalarWriter(text, level: level).text(isKey: false))
        case .array(let items):
            guard !items.isEmpty else { return append("[]") }
            for (index, item) in items.enumerated() {
                if index > 0 || !isInline { newLine(level) }
                append("-")
                writeAfterMark(item, level: level + 1, isInline: true)
            }
        case .object(let members):
            guard !members.isEmpty else { return append("{}") }
            for (index, (key, member)) in members.enumerated() {
                if index > 0 || !isInline { newLine(level) }
                append(YAMLScalarWriter(key, level: level + 1).text(isKey: true))
                append(":")
                writeAfterMark(member, level: level + 1, isInline: false)
            }
        }
    }

    private mutating func writeAfterMark(_ value: JSONValue, level: Int, isInline: Bool) {
        let isEmpty = value.arrayValue?.isEmpty ?? value.objectValue?.isEmpty ?? true
        if isInline || isEmpty { append(" ") }
        write(value, level: level, isInline: isInline)
    }

    private mutating func newLine(_ level: Int) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: level * 2))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    private static func text(of number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        if number == 0, number.sign == .minus { return "-0.0" }
        let text = JSONWriter.text(of: number)
        // YAML requires a dot before an exponent, except in integers.
        guard number.rounded() != number, !text.contains("."), let exponent = text.firstIndex(of: "e") else {
            return text
        }
        return "\(text[..<exponent]).\(text[exponent...])"
    }
}
