/// Why a text is no JSON, and where: line and column count from 1, the column in bytes.
package struct JSONParseError: Error, Hashable, CustomStringConvertible {
    /// What is wrong there.
    package enum Reason: String, Sendable {
        case unexpectedEnd = "unexpected end of the text"
        case unexpectedCharacter = "unexpected character"
        case invalidNumber = "invalid number"
        case invalidEscape = "invalid escape in a string"
        case controlCharacter = "control character in a string"
        case tooDeep = "nested deeper than 512 levels"
        case textAfterEnd = "text after the end of the value"
    }

    /// What is wrong.
    package let reason: Reason
    /// The line, from 1.
    package let line: Int
    /// The column in bytes, from 1.
    package let column: Int

    /// Makes an error.
    package init(reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    package var description: String { "\(reason.rawValue) at line \(line), column \(column)" }
}
