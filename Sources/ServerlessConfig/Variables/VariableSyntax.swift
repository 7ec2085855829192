import ConfigurationValues

/// A text split at its variables.
struct VariableText: Sendable {
    /// The text as it is written, in UTF-8.
    let bytes: [UInt8]
    /// The variables in order, never overlapping.
    let variables: [Variable]

    /// Whether one variable is all that the text holds, so that its value may be of any type.
    var isOneVariable: Bool {
        variables.count == 1 && variables[0].range == 0..<bytes.count && !variables[0].isEscape
    }
}

/// A `${…}` in a text, or a part of a text that stands for other text because of an escape.
struct Variable: Sendable {
    /// What the variable is.
    enum Content: Sendable {
        /// Sources that are asked in turn.
        case sources([VariableSource])
        /// What an escape such as `\${` stands for.
        case escape(String)
    }

    /// The bytes of the text from `$` to `}`.
    let range: Range<Int>
    let content: Content

    /// Whether this is an escape.
    var isEscape: Bool {
        if case .escape = content { true } else { false }
    }
}

/// One of the places where a variable's value is looked for.
enum VariableSource: Sendable {
    /// A literal: always the last one.
    case literal(ConfigurationValue)
    /// `type(parameters):address`; `parameters` is `nil` where there are no parentheses.
    case lookup(type: String, parameters: [VariableArgument]?, address: VariableArgument?)
}

/// A parameter or an address of a source.
enum VariableArgument: Sendable {
    case literal(ConfigurationValue)
    case text(VariableText)
}

/// Why a text's variables cannot be read, and where.
package struct VariableSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: String, Sendable {
        case invalidType = "a variable's source must be a name in letters and digits"
        case invalidSource = "a fallback must be a source, a quoted text, a number, true, false or null"
        case invalidLiteral = "a fallback that is no source must be a quoted text, a number, true, false or null"
        case invalidStringLiteral = "the quoted text cannot be read"
        case invalidParameter = "a parameter of a source cannot be read"
        case invalidAddress = "a source must be followed by ':' and an address, by ',' or by '}'"
        case unterminated = "the '}' that ends the variable is missing"
        case tooDeep = "more than a hundred variables stand in each other"
    }

    /// What is wrong.
    package let reason: Reason
    /// The offset of the fault in the text, in bytes.
    package let offset: Int

    package var description: String { reason.rawValue }
}
