package import OrderedJSON

/// A string in a configuration file, and its expected value.
package struct TextCase: Sendable, CustomStringConvertible {
    /// The string in the file.
    package let text: String
    /// The expected value of the string.
    package let value: JSONValue
    package var description: String { text }

    /// Creates a test case.
    package init(_ text: String, _ value: JSONValue) {
        self.text = text
        self.value = value
    }
}
