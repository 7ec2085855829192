import OrderedJSON

/// Reader of JSON strings.
package enum JSONText {
    /// The string of a JSON string literal with its quotes; `nil` if it is not valid.
    package static func string(_ bytes: [UInt8]) -> String? {
        do throws(JSONParseError) {
            return try JSONValue(parsing: bytes).stringValue
        } catch {
            return nil
        }
    }
}
