/// A syntax error in JSON text, with its position.
package struct JSONParseError: Error, Hashable, CustomStringConvertible {
    /// The kinds of errors; the raw value is the message.
    package enum Reason: String, Sendable {
        case unexpectedEnd = "unexpected end of input"
        case unexpectedCharacter = "unexpected character"
        case invalidNumber = "invalid number"
        case invalidEscape = "invalid escape in a string"
        case controlCharacter = "control character in a string"
        case tooDeep = "nested deeper than 512 levels"
        case textAfterEnd = "unexpected text after the end of the value"
    }

    /// The kind of error.
    package let reason: Reason
    /// The line of the error, from 1.
    package let line: Int
    /// The column of the error in bytes, from 1.
    package let column: Int

    /// Creates an error at a position.
    package init(reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    package var description: String { "\(reason.rawValue) at line \(line), column \(column)" }
}
