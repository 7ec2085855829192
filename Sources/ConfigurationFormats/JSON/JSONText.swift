import OrderedJSON

/// JSON texts of a single string.
package enum JSONText {
    /// What a quoted text with JSON's escapes stands for, `nil` where it is none.
    package static func string(_ bytes: [UInt8]) -> String? {
        do throws(JSONParseError) {
            return try JSONValue(parsing: bytes).stringValue
        } catch {
            return nil
        }
    }
}
