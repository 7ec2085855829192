import ConfigurationFormats
import ConfigurationValues

/// Parsing of parameters, addresses and quoted strings.
extension VariableParser {
    /// Parses the parameters in parentheses; moves the position behind them.
    mutating func readParameters() throws(VariableSyntaxError) -> [VariableArgument] {
        var parameters: [VariableArgument] = []
        while true {
            skipBlanks()
            guard let first = peek() else { throw unterminated() }
            switch first {
            case UInt8(ascii: ")"):
                position += 1
                return parameters
            case UInt8(ascii: ","):
                parameters.append(.literal(ConfigurationValue(.null)))
                position += 1
            case UInt8(ascii: "}"):
                throw VariableSyntaxError(reason: .invalidParameter, offset: position)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let start = position
                parameters.append(.literal(ConfigurationValue(.string(try readQuoted()))))
                skipBlanks()
                guard let end = peek() else { throw unterminated() }
                guard end == UInt8(ascii: ")") || end == UInt8(ascii: ",") else {
                    throw VariableSyntaxError(reason: .invalidParameter, offset: start)
                }
                if end == UInt8(ascii: ",") { position += 1 }
            default:
                let start = position
                let ends = [UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "}")]
                let argument = try readArgument(until: ends)
                guard peek() != UInt8(ascii: "}") else {
                    throw VariableSyntaxError(reason: .invalidParameter, offset: start)
                }
                parameters.append(Self.typed(argument))
                if peek() == UInt8(ascii: ",") { position += 1 }
            }
        }
    }

    /// Parses a parameter or an address up to one of some bytes, with the variables in it.
    mutating func readArgument(until ends: [UInt8]) throws(VariableSyntaxError) -> VariableArgument {
        let start = position
        let wasNested = isNested
        isNested = true
        defer { isNested = wasNested }
        var variables: [Variable] = []
        while let byte = peek(), !ends.contains(byte) {
            if byte == UInt8(ascii: "$") { try readDollar(into: &variables, base: start) } else { position += 1 }
        }
        guard peek() != nil else { throw unterminated() }
        var end = position
        while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
        if variables.isEmpty {
            return .literal(ConfigurationValue(.string(String(decoding: bytes[start..<end], as: UTF8.self).trimmed())))
        }
        return .text(VariableText(bytes: Array(bytes[start..<end]), variables: variables))
    }

    /// The literal that a parameter without variables spells; `0` and `false` count as omitted.
    private static func typed(_ argument: VariableArgument) -> VariableArgument {
        guard case .literal(let node) = argument, let text = node.string, let literal = literal(text) else {
            return argument
        }
        return .literal(literal.isTruthy ? literal : ConfigurationValue(.null))
    }

    /// Parses a quoted string; moves the position behind it.
    mutating func readQuoted() throws(VariableSyntaxError) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        while let byte = peek(), byte != quote {
            position += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        guard position < bytes.count else { throw unterminated() }
        position += 1
        if quote == UInt8(ascii: "'") { return String(decoding: bytes[start + 1..<position - 1], as: UTF8.self) }
        guard let text = JSONText.string(Array(bytes[start..<position])) else {
            throw VariableSyntaxError(reason: .invalidStringLiteral, offset: start)
        }
        return text
    }
}
