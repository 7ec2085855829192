/// Parses a glob into nodes.
///
/// The meaning of a token depends on the tokens around it: `**` is only special as a complete segment, and an unclosed
/// brace, parenthesis or bracket is a literal.
struct GlobParser {
    /// The construct that contains the part being parsed.
    enum Enclosure: Hashable {
        case none, braces, parentheses
    }

    /// The bytes of the pattern.
    let text: [UInt8]
    /// The dialect, which affects character classes.
    let dialect: Glob.Dialect
    /// The index of the next byte.
    var position = 0
    /// The number of braces and parentheses around the next part.
    private(set) var depth = 0
    /// The maximum nesting, so that patterns cannot exhaust the stack; deeper braces and parentheses are literals.
    static let maximumDepth = 100
    /// Whether `|` separates alternatives outside parentheses, as in all patterns with special characters.
    private let barSeparates: Bool

    /// Creates a parser for a pattern without leading `./` and `!`.
    init(_ pattern: ArraySlice<UInt8>, dialect: Glob.Dialect) {
        text = Array(pattern.filter { $0 != 0 })
        self.dialect = dialect
        barSeparates =
            text.first == UInt8(ascii: "*") || text.contains { Array("/()[]{}\"".utf8).contains($0) }
    }

    /// The alternatives of the whole pattern.
    mutating func parse() -> [[GlobNode]] {
        var name = text[...]
        var suffix: [GlobNode] = []
        while let dot = Self.wordSuffix(name) {
            let fixed: [GlobNode]
            switch String(decoding: name[..<dot], as: UTF8.self) {
            // In a pattern of this form, `**` spans segments although it is not a complete segment.
            case "**": fixed = [.everything]
            case "*.*": fixed = [.star, .byte(UInt8(ascii: ".")), .anyCharacter, .star]
            default: fixed = []
            }
            suffix = name[dot...].map { .byte($0) } + suffix
            if !fixed.isEmpty { return [fixed + suffix] }
            name = name[..<dot]
        }
        switch String(decoding: text, as: UTF8.self) {
        case "*.*": return [[.star, .byte(UInt8(ascii: ".")), .anyCharacter, .star]]
        case "**/*.*":
            let slash = GlobNode.byte(UInt8(ascii: "/"))
            let folder = GlobNode.group([[.everything, slash]], .optional)
            return [[folder, .star, .byte(UInt8(ascii: ".")), .anyCharacter, .star]]
        default: return alternatives(in: .none)
        }
    }

    /// The index of the last dot if only letters, digits and underscores follow it.
    private static func wordSuffix(_ text: ArraySlice<UInt8>) -> Int? {
        guard let dot = text.lastIndex(of: UInt8(ascii: ".")), dot + 1 < text.endIndex else { return nil }
        let isWord = text[(dot + 1)...]
            .allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        return isWord ? dot : nil
    }

    // MARK: Sequences

    /// Parses alternatives, and consumes the character that closes them.
    mutating func alternatives(in enclosure: Enclosure) -> [[GlobNode]] {
        depth += 1
        defer { depth -= 1 }
        var done: [[GlobNode]] = []
        var nodes: [GlobNode] = []
        let start = position
        while let byte = peek() {
            switch (byte, enclosure) {
            case (UInt8(ascii: "}"), .braces), (UInt8(ascii: ")"), .parentheses):
                position += 1
                return done + [nodes]
            case (UInt8(ascii: ","), .braces):
                position += 1
                done.append(nodes)
                nodes = []
            case (UInt8(ascii: "|"), _) where enclosure != .none || barSeparates:
                position += 1
                done.append(nodes)
                nodes = []
            default: part(&nodes, in: enclosure, isFirst: position == start)
            }
        }
        return done + [nodes]
    }

    private mutating func part(_ nodes: inout [GlobNode], in enclosure: Enclosure, isFirst: Bool) {
        let byte = text[position]
        if peek(1) == UInt8(ascii: "("), peek(2) != UInt8(ascii: "?"), closing(after: position + 1) != nil {
            if let repetition = Self.repetition(byte) {
                position += 2
                nodes.append(.group(alternatives(in: .parentheses), repetition))
                return
            }
            if byte == UInt8(ascii: "!") {
                negation(&nodes)
                return
            }
        }
        switch byte {
        case UInt8(ascii: "\\"): escape(&nodes)
        case UInt8(ascii: "*"): stars(&nodes, in: enclosure)
        case UInt8(ascii: "?"):
            position += 1
            if case .group(let alternatives, .once)? = nodes.last, text[position - 2] == UInt8(ascii: ")") {
                nodes[nodes.count - 1] = .group(alternatives, .optional)
            } else {
                nodes.append(.anyCharacter)
            }
        case UInt8(ascii: "+"): plus(&nodes, in: enclosure)
        case UInt8(ascii: "["): bracket(&nodes)
        case UInt8(ascii: "{"): brace(&nodes)
        case UInt8(ascii: "(") where closing(after: position) != nil:
            position += 1
            nodes.append(.group(alternatives(in: .parentheses), .once))
        case UInt8(ascii: "\""): quoted(&nodes)
        default:
            nodes.append(.byte(byte))
            position += 1
        }
    }

    private static func repetition(_ byte: UInt8) -> GlobRepetition? {
        switch byte {
        case UInt8(ascii: "@"): .once
        case UInt8(ascii: "?"): .optional
        case UInt8(ascii: "+"): .oneOrMore
        case UInt8(ascii: "*"): .zeroOrMore
        default: nil
        }
    }

    // MARK: Parts

    private mutating func escape(_ nodes: inout [GlobNode]) {
        position += 1
        if let next = peek() {
            nodes.append(.byte(next))
            position += 1
        } else {
            nodes.append(.byte(UInt8(ascii: "\\")))
        }
    }

    private mutating func quoted(_ nodes: inout [GlobNode]) {
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "\"") {
            nodes.append(.byte(byte))
            position += 1
        }
        position += 1
    }

    /// Parses `+`, which repeats a preceding group, and within parentheses any part; otherwise, it is a literal.
    private mutating func plus(_ nodes: inout [GlobNode], in enclosure: Enclosure) {
        let before = position > 0 ? text[position - 1] : 0
        position += 1
        let repeats =
            enclosure == .parentheses && before != UInt8(ascii: "(") && before != UInt8(ascii: "|")
            || [UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(before)
        if repeats, let last = nodes.popLast() {
            nodes.append(.group([[last]], .oneOrMore))
        } else {
            nodes.append(.byte(UInt8(ascii: "+")))
        }
    }

    /// Parses `!(a|b)`, which matches any text within a segment that does not start with `a` or `b`.
    ///
    /// At the end of the pattern, it matches any text except exactly `a` or `b`.
    private mutating func negation(_ nodes: inout [GlobNode]) {
        let inner = text[(position + 2)..<(closing(after: position + 1) ?? position + 2)]
        position += 2
        var excluded = alternatives(in: .parentheses)
        let star: GlobNode = inner.count > 1 && inner.contains(UInt8(ascii: "/")) ? .everything : .star
        let rest = text[min(position, text.count)...]
        if star == .everything || rest.allSatisfy({ $0 == UInt8(ascii: ")") }) {
            excluded = [[.group(excluded, .once), .atEnd]]
        }
        if inner.contains(UInt8(ascii: "*")), Self.isExtension(rest) {
            var parser = GlobParser(rest, dialect: dialect)
            excluded = [[.group(excluded, .once), .group(parser.parse(), .once)]]
        }
        nodes += [.notAhead(excluded), star]
    }

    /// Whether the remaining bytes are a dot and at least one other character, but no `/`, `.` or `\`.
    private static func isExtension(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.count > 1 && rest.first == UInt8(ascii: ".")
            && !rest.dropFirst()
                .contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "\\") }
    }

    // MARK: Stars

    private mutating func stars(_ nodes: inout [GlobNode], in enclosure: Enclosure) {
        let start = position
        while peek() == UInt8(ascii: "*") { position += 1 }
        if peek() == UInt8(ascii: "("), peek(1) != UInt8(ascii: "?"), closing(after: position) != nil {
            // The last star is part of the following extended glob.
            position -= 1
            nodes.append(.star)
            return
        }
        guard position - start == 2, isSegmentStart(start, in: enclosure) else {
            if position - start == 1 { nodes += guards(ofStarAt: start, in: enclosure) }
            nodes.append(.star)
            return
        }
        while remaining.starts(with: "/**".utf8), peek(3) == nil || peek(3) == UInt8(ascii: "/") { position += 3 }
        let followsSlash = start > 0 && text[start - 1] == UInt8(ascii: "/")
        let next = peek()
        if start == 0, enclosure == .none, next == UInt8(ascii: "/") {
            position += 1
            nodes.append(
                .group([[.atStart], [.byte(UInt8(ascii: "/"))], [.everything, .byte(UInt8(ascii: "/"))]], .once)
            )
        } else if followsSlash, start > 1, next == nil, !isStar(start - 2) {
            nodes[nodes.count - 1] = .group([[.byte(UInt8(ascii: "/")), .everything], [.atEnd]], .once)
        } else if followsSlash, start > 1, next == UInt8(ascii: "/") {
            position += 1
            let slash = GlobNode.byte(UInt8(ascii: "/"))
            let ways: [[GlobNode]] = [[slash, .everything, slash], [slash]]
            nodes[nodes.count - 1] = .group(peek() == nil ? ways : ways + [[.atEnd]], .once)
        } else if next == nil || next == UInt8(ascii: "/") || closes(next, enclosure) {
            nodes.append(.everything)
        } else {
            nodes.append(.star)
        }
    }

    /// A lookahead for a star at the start of a segment, or after a leading dot, which must not match nothing.
    private func guards(ofStarAt place: Int, in enclosure: Enclosure) -> [GlobNode] {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        guard place > 0, text[place - 1] != slash else { return [.notAtEnd] }
        guard text[place - 1] == dot, enclosure != .none || place == 1 || text[place - 2] == slash else { return [] }
        let ends: [[GlobNode]] = [[.byte(slash)], [.atEnd]]
        return [.notAhead(ends + ends.map { [.byte(dot)] + $0 })]
    }

    /// Whether `**` at an index can match complete segments, judging by the preceding bytes.
    private func isSegmentStart(_ place: Int, in enclosure: Enclosure) -> Bool {
        guard place > 0 else { return true }
        return switch text[place - 1] {
        case UInt8(ascii: "/"), UInt8(ascii: "("): true
        case UInt8(ascii: ","), UInt8(ascii: "{"): enclosure == .braces
        default: false
        }
    }

    private func closes(_ byte: UInt8?, _ enclosure: Enclosure) -> Bool {
        switch enclosure {
        case .none: false
        case .braces: byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
        case .parentheses: byte == UInt8(ascii: ")")
        }
    }

    /// Whether the byte at an index is a star that is not literal.
    private func isStar(_ place: Int) -> Bool {
        text[place] == UInt8(ascii: "*") && (place == 0 || text[place - 1] != UInt8(ascii: "\\"))
    }

    // MARK: Lookaround

    private func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < text.count ? text[position + distance] : nil
    }

    private var remaining: ArraySlice<UInt8> { text[min(position, text.count)...] }
}
