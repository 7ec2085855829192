import ConfigurationValues

/// A parser of the variables in a string.
///
/// A `${…}` that does not start like `source:…` or `source(…)`, such as `${AWS::Region}` or `${name}`, is not a
/// variable and stays as it is; variables inside it count.
struct VariableParser {
    /// The text that is parsed, in UTF-8.
    let bytes: [UInt8]
    /// The offset of the next byte.
    var position: Int
    /// Whether a parameter or an address is being parsed, in which every `${` must be a variable.
    var isNested = false
    /// The ranges of `${…}` that would be variables with a `:` in place of their first `.`, such as `${self.service}`.
    private(set) var dotted: [Range<Int>] = []
    /// The number of `${` around the position.
    private var depth = 0

    /// The deepest nesting of variables: far more than in any configuration, far less than the stack allows.
    private static let maximumDepth = 100

    private init(bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The variables of a string; `nil` if it has none.
    ///
    /// - Throws: ``VariableSyntaxError`` for the first error.
    static func parse(_ text: String) throws(VariableSyntaxError) -> VariableText? {
        guard mayHoldVariables(text) else { return nil }
        var parser = VariableParser(bytes: Array(text.utf8))
        var variables: [Variable] = []
        try parser.readText(into: &variables)
        return variables.isEmpty ? nil : VariableText(bytes: parser.bytes, variables: variables)
    }

    /// The `${…}` of a string that would be variables with a `:` in place of their first `.`.
    static func dottedVariables(in text: String) -> [String] {
        guard mayHoldVariables(text) else { return [] }
        var parser = VariableParser(bytes: Array(text.utf8))
        var variables: [Variable] = []
        // An error is reported where the variables are resolved.
        do throws(VariableSyntaxError) { try parser.readText(into: &variables) } catch {}
        return parser.dotted.map { String(decoding: parser.bytes[$0], as: UTF8.self) }
    }

    /// Whether a string contains `${`, which is a fast check that is enough for most texts.
    static func mayHoldVariables(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count > 3 else { return false }
            for position in 0..<bytes.count - 1
            where bytes[position] == UInt8(ascii: "$") && bytes[position + 1] == UInt8(ascii: "{") {
                return true
            }
            return false
        }
    }

    // MARK: Text

    /// Parses the whole text, and adds its variables and escapes.
    ///
    /// Before `${`, each pair of backslashes is one backslash; an odd one escapes the variable.
    private mutating func readText(into variables: inout [Variable]) throws(VariableSyntaxError) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                try readBackslashes(into: &variables)
            case UInt8(ascii: "$"):
                try readDollar(into: &variables, base: 0)
            default:
                position += 1
            }
        }
    }

    private mutating func readBackslashes(into variables: inout [Variable]) throws(VariableSyntaxError) {
        let start = position
        while peek() == UInt8(ascii: "\\") { position += 1 }
        let count = position - start
        guard peek() == UInt8(ascii: "$"), peek(1) == UInt8(ascii: "{") else { return }
        let slashes = String(repeating: "\\", count: count / 2)
        if count.isMultiple(of: 2) {
            variables.append(Variable(range: start..<position, content: .escape(slashes)))
        } else {
            variables.append(Variable(range: start..<position + 1, content: .escape(slashes + "$")))
            position += 1
        }
    }

    /// Parses from a `$`: a variable, other text in `${…}`, or neither.
    ///
    /// Several `$` before a `{` belong to the variable. The byte after a `$` that starts nothing is skipped.
    mutating func readDollar(into variables: inout [Variable], base: Int) throws(VariableSyntaxError) {
        let start = position
        while peek() == UInt8(ascii: "$") { position += 1 }
        guard peek() == UInt8(ascii: "{") else {
            if position < bytes.count { position += 1 }
            return
        }
        let opening = position
        position += 1
        guard depth < Self.maximumDepth else { throw VariableSyntaxError(reason: .tooDeep, offset: start) }
        depth += 1
        defer { depth -= 1 }
        guard let sources = try readSources() else {
            let start = position
            try readForeign(into: &variables, base: base)
            if startsWithDottedSource(opening + 1) { dotted.append(opening - 1..<max(start, position)) }
            return
        }
        variables.append(Variable(range: start - base..<position - base, content: .sources(sources)))
    }

    /// Skips to the `}` of a `${…}` that is not a variable.
    private mutating func readForeign(into variables: inout [Variable], base: Int) throws(VariableSyntaxError) {
        while let byte = peek() {
            if byte == UInt8(ascii: "}") {
                position += 1
                return
            }
            if byte == UInt8(ascii: "$") { try readDollar(into: &variables, base: base) } else { position += 1 }
        }
    }

    /// Whether the text at an offset is the name of a source and a `.`, before a name.
    private func startsWithDottedSource(_ start: Int) -> Bool {
        guard let dot = bytes[start...].firstIndex(where: { !Self.isNameByte($0) || $0 == UInt8(ascii: ".") }),
            bytes[dot] == UInt8(ascii: "."), dot + 1 < bytes.count, Self.isNameByte(bytes[dot + 1])
        else { return false }
        return Self.sources.contains(String(decoding: bytes[start..<dot], as: UTF8.self))
    }

    // MARK: Sources

    /// The names of all sources.
    static let sources: Set<String> = [
        "aws", "cf", "env", "file", "opt", "param", "s3", "self", "sls", "ssm", "strToBool",
    ]

    /// Parses the sources of a variable up to the `}`; `nil` if it is not a variable, with the position at the
    /// character that shows it.
    private mutating func readSources() throws(VariableSyntaxError) -> [VariableSource]? {
        let start = position
        guard let first = peek() else { return nil }
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
            if isNested { throw VariableSyntaxError(reason: .invalidType, offset: position) }
            return nil
        }
        while let byte = peek(), Self.isNameByte(byte) { position += 1 }
        guard let end = peek() else { return nil }
        guard end == UInt8(ascii: ":") || end == UInt8(ascii: "(") else {
            if isNested { throw VariableSyntaxError(reason: .invalidType, offset: start) }
            return nil
        }
        let type = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let lookup = try readLookup(type, mayBeForeign: true) else { return nil }
        return try readFallbacks(after: lookup)
    }

    private mutating func readFallbacks(after first: VariableSource) throws(VariableSyntaxError) -> [VariableSource] {
        var sources = [first]
        while try take() == UInt8(ascii: ",") {
            skipBlanks()
            let source = try readFallback()
            sources.append(source)
        }
        return sources
    }

    /// Parses the source after a `,`; moves the position to the next `,` or `}`.
    private mutating func readFallback() throws(VariableSyntaxError) -> VariableSource {
        let start = position
        guard let first = peek() else { throw unterminated() }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            let text = try readQuoted()
            skipBlanks()
            guard let end = peek() else { throw unterminated() }
            guard end == UInt8(ascii: "}") else { throw VariableSyntaxError(reason: .invalidSource, offset: start) }
            return .literal(ConfigurationValue(.string(text)))
        }
        guard Self.isNameByte(first) else { throw VariableSyntaxError(reason: .invalidSource, offset: start) }
        while let byte = peek(), Self.isNameByte(byte) || byte == UInt8(ascii: " ") { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch peek() {
        case nil: throw unterminated()
        case UInt8(ascii: "}"):
            guard let literal = Self.literal(word.trimmed()) else {
                throw VariableSyntaxError(reason: .invalidLiteral, offset: start)
            }
            return .literal(literal)
        case UInt8(ascii: ":"), UInt8(ascii: "("):
            guard Self.isType(word), let lookup = try readLookup(word, mayBeForeign: false) else {
                throw VariableSyntaxError(reason: .invalidSource, offset: start)
            }
            return lookup
        default: throw VariableSyntaxError(reason: .invalidSource, offset: start)
        }
    }

    /// Parses the parameters and the address after the name of a source; moves the position to the next `,` or `}`.
    private mutating func readLookup(
        _ type: String,
        mayBeForeign: Bool
    ) throws(VariableSyntaxError) -> VariableSource? {
        var parameters: [VariableArgument]?
        if peek() == UInt8(ascii: "(") {
            position += 1
            parameters = try readParameters()
            skipBlanks()
            switch peek() {
            case nil: throw unterminated()
            case UInt8(ascii: "}"), UInt8(ascii: ","):
                return .lookup(type: type, parameters: parameters, address: nil)
            case UInt8(ascii: ":"): break
            default: throw VariableSyntaxError(reason: .invalidAddress, offset: position)
            }
        }
        position += 1
        skipBlanks()
        switch peek() {
        case nil: throw unterminated()
        case UInt8(ascii: "}"), UInt8(ascii: ","):
            return .lookup(type: type, parameters: parameters, address: nil)
        case UInt8(ascii: ":"):
            // A variable would not have two colons, as in `aws::region`.
            if parameters == nil, mayBeForeign, !isNested { return nil }
            throw VariableSyntaxError(reason: .invalidAddress, offset: position)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let start = position
            let text = try readQuoted()
            skipBlanks()
            guard let end = peek() else { throw unterminated() }
            guard end == UInt8(ascii: "}") || end == UInt8(ascii: ",") else {
                throw VariableSyntaxError(reason: .invalidAddress, offset: start)
            }
            return .lookup(type: type, parameters: parameters, address: .literal(ConfigurationValue(.string(text))))
        default:
            let address = try readArgument(until: [UInt8(ascii: "}"), UInt8(ascii: ",")])
            return .lookup(type: type, parameters: parameters, address: address)
        }
    }

    // MARK: Characters

    /// The byte at an offset from the position; `nil` behind the end.
    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// Consumes the `,` or `}` that ends a source.
    private mutating func take() throws(VariableSyntaxError) -> UInt8 {
        guard let byte = peek() else { throw unterminated() }
        position += 1
        return byte
    }

    /// Moves the position behind spaces.
    mutating func skipBlanks() {
        while peek() == UInt8(ascii: " ") { position += 1 }
    }

    /// The error of a string that ends inside a variable.
    func unterminated() -> VariableSyntaxError {
        VariableSyntaxError(reason: .unterminated, offset: bytes.count)
    }

    /// Whether a byte is white space.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Whether a word can be the name of a source: a lowercase letter, then letters and digits.
    private static func isType(_ word: String) -> Bool {
        guard let first = word.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return word.utf8.allSatisfy { isNameByte($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
    }

    /// The boolean, `null` or number that a word spells; `nil` for any other word.
    static func literal(_ word: String) -> ConfigurationValue? {
        switch word {
        case "true": ConfigurationValue(.bool(true))
        case "false": ConfigurationValue(.bool(false))
        case "null": ConfigurationValue(.null)
        default: JavaScriptNumber.parse(word).map { ConfigurationValue(.number($0)) }
        }
    }
}
