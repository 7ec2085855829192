/// Writes JSON text, on one line or indented, with keys in their original order or sorted.
package struct JSONWriter: Sendable {
    /// Whether a key of an object comes before another one.
    package typealias KeyOrder = @Sendable (_ key: String, _ other: String) -> Bool

    /// The number of spaces for each level of indentation; `nil` writes one line, like `JSON.stringify`.
    package var indentation: Int?
    private let precedes: KeyOrder?

    /// Creates a writer with an indentation; `sortsKeys` sorts the keys of objects by their Unicode scalars.
    package init(indentation: Int? = nil, sortsKeys: Bool = false) {
        self.indentation = indentation
        let byScalars: KeyOrder = { key, other in key.utf8.lexicographicallyPrecedes(other.utf8) }
        precedes = sortsKeys ? byScalars : nil
    }

    /// Creates a writer on one line that sorts the keys of objects; equal keys keep their order.
    package init(sortingKeysBy precedes: @escaping KeyOrder) {
        indentation = nil
        self.precedes = precedes
    }

    /// The JSON text of a value, without a line break at the end.
    package func text(of value: JSONValue) -> String {
        String(decoding: bytes(of: value), as: UTF8.self)
    }

    /// The JSON text of a value in UTF-8.
    package func bytes(of value: JSONValue) -> [UInt8] {
        var output = Output(indentation: indentation)
        write(value, to: &output)
        return output.bytes
    }

    private func write(_ value: JSONValue, to output: inout Output) {
        switch value {
        case .null: output.append("null")
        case .bool(let value): output.append(value ? "true" : "false")
        case .number(let value): output.bytes.append(contentsOf: Self.text(of: value).utf8)
        case .string(let value): output.appendQuoted(value)
        case .array(let items):
            guard !items.isEmpty else { return output.append("[]") }
            output.open("[")
            for position in items.indices {
                output.startItem(isFirst: position == 0)
                write(items[position], to: &output)
            }
            output.close("]")
        case .object(let members):
            guard !members.isEmpty else { return output.append("{}") }
            let (keys, values) = (members.keys, members.values)
            output.open("{")
            if let precedes {
                for (count, position) in keys.indices.sorted(by: { precedes(keys[$0], keys[$1]) }).enumerated() {
                    write(keys[position], values[position], isFirst: count == 0, to: &output)
                }
            } else {
                for position in keys.indices {
                    write(keys[position], values[position], isFirst: position == 0, to: &output)
                }
            }
            output.close("}")
        }
    }

    private func write(_ key: String, _ value: JSONValue, isFirst: Bool, to output: inout Output) {
        output.startItem(isFirst: isFirst)
        output.appendQuoted(key)
        output.append(indentation == nil ? ":" : ": ")
        write(value, to: &output)
    }

    /// The text of a number as in JavaScript; `null` for infinity and NaN.
    package static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if let whole = Int64(exactly: number), whole.magnitude <= 1 << 53 { return String(whole) }
        return shortestText(of: number)
    }
}

extension JSONWriter {
    /// The bytes written so far, and the current indentation.
    private struct Output {
        var bytes: [UInt8] = []
        /// A comma, followed by a line break and indentation unless the output is on one line.
        private var separator: [UInt8] = [UInt8(ascii: ",")]
        private let indentation: Int?

        init(indentation: Int?) {
            self.indentation = indentation
            bytes.reserveCapacity(4096)
            if indentation != nil { separator.append(UInt8(ascii: "\n")) }
        }

        /// Starts an array or object that is not empty.
        mutating func open(_ bracket: StaticString) {
            append(bracket)
            if let indentation { separator.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation)) }
        }

        /// Ends an array or object that ``open(_:)`` started.
        mutating func close(_ bracket: StaticString) {
            if let indentation {
                separator.removeLast(indentation)
                bytes.append(contentsOf: separator[1...])
            }
            append(bracket)
        }

        /// Writes the separator before an item: a line break, and a comma unless it is the first item.
        mutating func startItem(isFirst: Bool) {
            if isFirst { bytes.append(contentsOf: separator[1...]) } else { bytes.append(contentsOf: separator) }
        }

        /// Writes text that needs no escapes.
        mutating func append(_ text: StaticString) {
            // The bytes of a literal are valid until the program ends.
            bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }

        /// Writes a string in quotes; the text between escaped characters is copied in one step.
        mutating func appendQuoted(_ text: String) {
            bytes.append(UInt8(ascii: "\""))
            var text = text
            text.withUTF8 { characters in
                var written = 0
                for (position, byte) in characters.enumerated() where Self.needsEscape(byte) {
                    bytes.append(contentsOf: characters[written..<position])
                    appendEscape(of: byte)
                    written = position + 1
                }
                bytes.append(contentsOf: characters[written...])
            }
            bytes.append(UInt8(ascii: "\""))
        }

        private static func needsEscape(_ byte: UInt8) -> Bool {
            byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }

        private mutating func appendEscape(of byte: UInt8) {
            switch byte {
            case UInt8(ascii: "\""): append(#"\""#)
            case UInt8(ascii: "\\"): append(#"\\"#)
            case 0x0A: append(#"\n"#)
            case 0x0D: append(#"\r"#)
            case 0x09: append(#"\t"#)
            case 0x08: append(#"\b"#)
            case 0x0C: append(#"\f"#)
            default:
                append(#"\u00"#)
                let digits: StaticString = "0123456789abcdef"
                bytes.append(digits.utf8Start[Int(byte >> 4)])
                bytes.append(digits.utf8Start[Int(byte & 15)])
            }
        }
    }
}
