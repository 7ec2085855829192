import OrderedJSON

/// JSON texts of a single string.
enum JSONText {
    /// What a quoted text with JSON's escapes stands for, `nil` where it is none.
    static func string(_ bytes: [UInt8]) -> String? {
        do throws(JSONParseError) {
            return try JSONValue(parsing: bytes).stringValue
        } catch {
            return nil
        }
    }
}

extension String {
    /// The text without white space at its ends.
    func trimmed() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
