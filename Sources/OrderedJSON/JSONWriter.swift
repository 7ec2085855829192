/// Writes JSON text: in one line or indented, keys in their own order or sorted.
package struct JSONWriter: Sendable {
    /// The number of blanks a level is indented by; `nil` writes all in one line, as `JSON.stringify` does.
    package var indentation: Int?
    /// Whether the keys of objects are sorted by their Unicode scalars instead of kept in order.
    package var sortsKeys: Bool

    /// Makes a writer.
    package init(indentation: Int? = nil, sortsKeys: Bool = false) {
        self.indentation = indentation
        self.sortsKeys = sortsKeys
    }

    /// The text of a value, without a line end after it.
    package func text(of value: JSONValue) -> String {
        String(decoding: bytes(of: value), as: UTF8.self)
    }

    /// The UTF-8 bytes of a value's text.
    package func bytes(of value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(4096)
        write(value, level: 0, to: &output)
        return output
    }

    private func write(_ value: JSONValue, level: Int, to output: inout [UInt8]) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let value): output.append(contentsOf: Self.text(of: value).utf8)
        case .string(let value): Self.write(value, to: &output)
        case .array(let items):
            writeSequence(items, open: "[", close: "]", level: level, to: &output) { item, output in
                write(item, level: level + 1, to: &output)
            }
        case .object(let members):
            let pairs =
                sortsKeys
                ? members.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) } : Array(members)
            writeSequence(pairs, open: "{", close: "}", level: level, to: &output) { pair, output in
                Self.write(pair.key, to: &output)
                output.append(UInt8(ascii: ":"))
                if indentation != nil { output.append(UInt8(ascii: " ")) }
                write(pair.value, level: level + 1, to: &output)
            }
        }
    }

    private func writeSequence<Item>(
        _ items: [Item],
        open: Unicode.Scalar,
        close: Unicode.Scalar,
        level: Int,
        to output: inout [UInt8],
        item write: (Item, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: open))
        for (position, item) in items.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            writeBreak(level: level + 1, to: &output)
            write(item, &output)
        }
        if !items.isEmpty { writeBreak(level: level, to: &output) }
        output.append(UInt8(ascii: close))
    }

    private func writeBreak(level: Int, to output: inout [UInt8]) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * indentation))
    }

    /// The text of a number as JavaScript writes it: no fraction where it is whole, `null` for what JSON cannot hold.
    package static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if let whole = Int64(exactly: number), whole.magnitude <= 1 << 53 { return String(whole) }
        return shortestText(of: number)
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0x08: output.append(contentsOf: "\\b".utf8)
            case 0x0C: output.append(contentsOf: "\\f".utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output.append(contentsOf: "\\u00".utf8)
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
