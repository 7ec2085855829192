import ConfigurationValues

/// Reads the variables of a text.
///
/// A `${` whose content does not look like `source:…` or `source(…)` is none of ours (`${AWS::Region}`, `${name}`) and
/// stays as it is, together with what it holds; variables inside it count.
struct VariableParser {
    /// The text.
    let bytes: [UInt8]
    /// How far it is read.
    var position: Int
    /// Whether a parameter or an address is being read, where nothing but variables may start with `${`.
    var isNested = false
    /// In how many `${` of others the next one stands.
    private var depth = 0

    /// How deep variables may stand in each other: far more than anybody writes, far less than a stack holds.
    private static let maximumDepth = 100

    private init(bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The variables of a text, `nil` where it has none.
    ///
    /// - Throws: ``VariableSyntaxError`` for the first fault.
    static func parse(_ text: String) throws(VariableSyntaxError) -> VariableText? {
        guard mayHoldVariables(text) else { return nil }
        var parser = VariableParser(bytes: Array(text.utf8))
        var variables: [Variable] = []
        try parser.readText(into: &variables)
        return variables.isEmpty ? nil : VariableText(bytes: parser.bytes, variables: variables)
    }

    /// Whether a text holds `${` at all: a quick look that spares most texts the rest.
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

    /// Reads the whole text.
    ///
    /// Of the backslashes before a `${` each pair stands for one; an odd one takes the variable's meaning away.
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

    /// Reads from a `$`: a variable, foreign text in `${…}`, or nothing of either.
    ///
    /// Several `$` before a `{` belong to the variable. What follows a `$` that starts nothing is passed over with it.
    mutating func readDollar(into variables: inout [Variable], base: Int) throws(VariableSyntaxError) {
        let start = position
        while peek() == UInt8(ascii: "$") { position += 1 }
        guard peek() == UInt8(ascii: "{") else {
            if position < bytes.count { position += 1 }
            return
        }
        position += 1
        guard depth < Self.maximumDepth else { throw VariableSyntaxError(reason: .tooDeep, offset: start) }
        depth += 1
        defer { depth -= 1 }
        guard let sources = try readSources() else {
            try readForeign(into: &variables, base: base)
            return
        }
        variables.append(Variable(range: start - base..<position - base, content: .sources(sources)))
    }

    /// Reads on to the `}` of a `${…}` that is none of ours.
    private mutating func readForeign(into variables: inout [Variable], base: Int) throws(VariableSyntaxError) {
        while let byte = peek() {
            if byte == UInt8(ascii: "}") {
                position += 1
                return
            }
            if byte == UInt8(ascii: "$") { try readDollar(into: &variables, base: base) } else { position += 1 }
        }
    }

    // MARK: Sources

    /// Reads what stands between `${` and `}`, the latter included; `nil` where it is none of ours, with the position
    /// at the character that showed it.
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

    /// Reads the source after a `,`; the position is at the `,` or `}` behind it.
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

    /// Reads parameters and address behind a source's name; the position is at the `,` or `}` behind them.
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
            // `aws::region` and the like
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

    /// The byte that comes next, or one after it; `nil` behind the end.
    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// The `,` or `}` that ends a source.
    private mutating func take() throws(VariableSyntaxError) -> UInt8 {
        guard let byte = peek() else { throw unterminated() }
        position += 1
        return byte
    }

    /// Passes over blanks.
    mutating func skipBlanks() {
        while peek() == UInt8(ascii: " ") { position += 1 }
    }

    /// The fault of a text that ends inside a variable.
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

    /// Whether a word may name a source: a small letter, then letters and digits.
    private static func isType(_ word: String) -> Bool {
        guard let first = word.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return word.utf8.allSatisfy { isNameByte($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
    }

    /// The truth value, `null` or number that a word spells, `nil` for any other.
    static func literal(_ word: String) -> ConfigurationValue? {
        switch word {
        case "true": ConfigurationValue(.bool(true))
        case "false": ConfigurationValue(.bool(false))
        case "null": ConfigurationValue(.null)
        default: JavaScriptNumber.parse(word).map { ConfigurationValue(.number($0)) }
        }
    }
}
