import ConfigurationValues

/// A string and its variables.
struct VariableText: Sendable {
    /// The whole text with its variables, in UTF-8.
    let bytes: [UInt8]
    /// The variables in order, which do not overlap.
    let variables: [Variable]

    /// Whether the text is a single variable, whose value can be of any type.
    var isOneVariable: Bool {
        variables.count == 1 && variables[0].range == 0..<bytes.count && !variables[0].isEscape
    }
}

/// A `${…}` in a string, or an escape that is replaced like one.
struct Variable: Sendable {
    /// A variable with its sources, or an escape.
    enum Content: Sendable {
        /// The sources, which are queried in order.
        case sources([VariableSource])
        /// The text of an escape such as `\${`.
        case escape(String)
    }

    /// The range from `$` to `}`, in bytes.
    let range: Range<Int>
    let content: Content

    /// Whether this is an escape.
    var isEscape: Bool {
        if case .escape = content { true } else { false }
    }
}

/// A source that may have the value of a variable.
enum VariableSource: Sendable {
    /// A literal, which is always the last source.
    case literal(ConfigurationValue)
    /// A query `type(parameters):address`; `parameters` is `nil` without parentheses.
    case lookup(type: String, parameters: [VariableArgument]?, address: VariableArgument?)
}

/// A parameter or an address of a source.
enum VariableArgument: Sendable {
    case literal(ConfigurationValue)
    case text(VariableText)
}

/// An error in the syntax of a variable.
package struct VariableSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of errors; the raw value is the description.
    package enum Reason: String, Sendable {
        case invalidType = "a source must be a lowercase letter, followed by letters and digits"
        case invalidSource = "a fallback must be a source, a quoted string, a number, true, false or null"
        case invalidLiteral = "a fallback without a source must be a quoted string, a number, true, false or null"
        case invalidStringLiteral = "invalid quoted string"
        case invalidParameter = "invalid parameter of a source"
        case invalidAddress = "expected ':' and an address, ',' or '}' after a source"
        case unterminated = "expected '}' at the end of the variable"
        case tooDeep = "variables are nested in more than 100 levels"
    }

    /// The kind of the error, which describes what was expected.
    package let reason: Reason
    /// The offset of the error, in bytes.
    package let offset: Int

    package var description: String { reason.rawValue }

    /// The remedy that is most likely.
    var remedy: String {
        switch reason {
        case .invalidType: "write a source and its address, such as 'self:custom.name' or 'env:NAME'"
        case .invalidSource, .invalidLiteral: "put the fallback in single quotes, such as ${env:NAME, 'text'}"
        case .invalidStringLiteral: "use single quotes, or escape backslashes and quotation marks with a backslash"
        case .invalidParameter:
            "separate the parameters with ',' and put a string with other characters in single quotes"
        case .invalidAddress: "write the address after ':', and a fallback after ','"
        case .unterminated: "add the missing '}'"
        case .tooDeep: "use a property of 'custom' for a part of the value"
        }
    }
}
