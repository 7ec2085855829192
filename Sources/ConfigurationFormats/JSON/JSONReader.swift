package import ConfigurationValues
import Diagnostics
package import OrderedJSON

/// Reader of JSON that keeps the place of each value.
package enum JSONReader {
    /// Reads a whole text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - file: the name of the file, for places.
    /// - Returns: the outermost value.
    /// - Throws: `JSONParseError` for the first error.
    package static func read(_ bytes: [UInt8], file: String) throws(JSONParseError) -> ConfigurationValue {
        let lines = LineIndex(bytes)
        return try JSONParser<ConfigurationValue>
            .parse(bytes) { shape, offset, key in
                let content: ConfigurationValue.Content =
                    switch shape {
                    case .null: .null
                    case .bool(let value): .bool(value)
                    case .number(let value): .number(value)
                    case .string(let value): .string(value)
                    case .array(let items): .list(items)
                    case .object(let members): .map(members.withIntegerKeysFirst())
                    }
                return ConfigurationValue(
                    content,
                    at: lines.place(of: offset, in: file),
                    keyAt: key.map { lines.place(of: $0, in: file) }
                )
            }
    }
}
