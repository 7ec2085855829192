import OrderedJSON
import TOMLBridge

/// A syntax error in a TOML document.
package struct TOMLParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the error, from 1.
    package let line: Int
    /// The column of the error in characters, from 1.
    package let column: Int
    /// The message of toml++.
    package let message: String

    package var description: String { "\(message) (line \(line), column \(column))" }
}

extension TOMLValue {
    /// Parses a TOML 1.0 document; the result is a table.
    ///
    /// - Parameter bytes: The document in UTF-8, with or without a byte order mark.
    /// - Throws: The first syntax error.
    package init(parsing bytes: [UInt8]) throws(TOMLParseError) {
        var builder = TOMLBuilder()
        var failure = toml_bridge_error()
        let succeeded = withUnsafeMutablePointer(to: &builder) { context in
            bytes.withUnsafeBytes { buffer in
                // UInt8 and CChar have the same layout.
                toml_bridge_read(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                    buffer.count,
                    // The context is the builder above, which lives until the call returns.
                    { context, step in
                        guard let context, let step else { return }
                        context.assumingMemoryBound(to: TOMLBuilder.self).pointee.take(step.pointee)
                    },
                    context,
                    &failure
                )
            }
        }
        guard succeeded == 1, let root = builder.root else {
            let message = withUnsafeBytes(of: failure.message) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw TOMLParseError(line: max(failure.line, 1), column: max(failure.column, 1), message: message)
        }
        self = root
    }
}

/// Builds a value from the steps that the bridge reports.
private struct TOMLBuilder {
    /// A table or array that is not complete yet; it uses either `members` or `items`.
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
        // The text is only valid until the callback of the bridge returns, so it is copied here.
        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
