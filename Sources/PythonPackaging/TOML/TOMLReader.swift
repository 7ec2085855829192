import OrderedJSON
import TOMLBridge

/// Why a text is no TOML document.
package struct TOMLParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the fault, from 1.
    package let line: Int
    /// The column of the fault in characters, from 1.
    package let column: Int
    /// What was found.
    package let message: String

    package var description: String { "\(message) (line \(line), column \(column))" }
}

extension TOMLValue {
    /// Reads a TOML 1.0 document; its root is a table.
    ///
    /// - Parameter bytes: The document in UTF-8, with or without a byte order mark.
    /// - Throws: Where and why it is none.
    package init(parsing bytes: [UInt8]) throws(TOMLParseError) {
        var builder = TOMLBuilder()
        var fault = toml_bridge_error()
        let succeeded = withUnsafeMutablePointer(to: &builder) { context in
            bytes.withUnsafeBytes { buffer in
                // Bytes and characters of C have one layout.
                toml_bridge_read(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                    buffer.count,
                    // The context is the builder above, which lives until the call returns.
                    { context, step in
                        guard let context, let step else { return }
                        context.assumingMemoryBound(to: TOMLBuilder.self).pointee.take(step.pointee)
                    },
                    context,
                    &fault
                )
            }
        }
        guard succeeded == 1, let root = builder.root else {
            let message = withUnsafeBytes(of: fault.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw TOMLParseError(line: max(fault.line, 1), column: max(fault.column, 1), message: message)
        }
        self = root
    }
}

/// Puts the steps of a walk together.
private struct TOMLBuilder {
    /// A table or array that has begun; of its two contents the one of its kind is used.
    private struct Open {
        var isTable: Bool
        var members = OrderedMap<TOMLValue>()
        var items: [TOMLValue] = []
        var key: String?
        var line: Int
        var column: Int
    }

    private var open: [Open] = []
    private(set) var root: TOMLValue?

    mutating func take(_ step: toml_bridge_step) {
        let (line, column) = (max(step.line, 1), max(step.column, 1))
        let key = step.key.map { Self.text($0, step.key_length) }
        switch step.kind {
        case TOML_BRIDGE_TABLE_BEGIN: open.append(Open(isTable: true, key: key, line: line, column: column))
        case TOML_BRIDGE_ARRAY_BEGIN: open.append(Open(isTable: false, key: key, line: line, column: column))
        case TOML_BRIDGE_TABLE_END, TOML_BRIDGE_ARRAY_END:
            guard let last = open.popLast() else { return }
            let kind: TOMLValue.Kind = last.isTable ? .table(last.members) : .array(last.items)
            add(TOMLValue(kind, line: last.line, column: last.column), under: last.key)
        default:
            add(TOMLValue(Self.scalar(step), line: line, column: column), under: key)
        }
    }

    private mutating func add(_ value: TOMLValue, under key: String?) {
        guard let last = open.indices.last else {
            root = value
            return
        }
        if let key { open[last].members[key] = value } else { open[last].items.append(value) }
    }

    private static func scalar(_ step: toml_bridge_step) -> TOMLValue.Kind {
        switch step.kind {
        case TOML_BRIDGE_INTEGER: .integer(Int(step.integer))
        case TOML_BRIDGE_FLOAT: .float(step.floating)
        case TOML_BRIDGE_BOOLEAN: .boolean(step.integer != 0)
        case TOML_BRIDGE_DATE_TIME: .dateTime(text(step.text, step.text_length))
        default: .string(text(step.text, step.text_length))
        }
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        // The text lives until the bridge's callback returns; it is copied here.
        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
