package import OrderedJSON

/// A text of a configuration, and the value that it stands for.
package struct TextCase: Sendable, CustomStringConvertible {
    /// The text, as it is in the file.
    package let text: String
    /// The value that the text has.
    package let value: JSONValue
    package var description: String { text }

    /// Makes a case.
    package init(_ text: String, _ value: JSONValue) {
        self.text = text
        self.value = value
    }
}
