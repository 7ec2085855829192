/// Parses character classes such as `[a-z]`.
enum GlobClassReader {
    /// Parses the class at an index.
    ///
    /// - Returns: the set, the text in the brackets, and the index after them; `nil` if the bracket is not closed.
    static func read(
        _ text: [UInt8],
        at open: Int,
        dialect: Glob.Dialect
    ) -> (set: GlobCharacterSet, body: [UInt8], end: Int)? {
        var place = open + 1
        let isInverted = place < text.count && text[place] == UInt8(ascii: "^")
        // A closing bracket at the start is literal.
        if isInverted { place += 1 }
        if place < text.count, text[place] == UInt8(ascii: "]") { place += 1 }
        while place < text.count, text[place] != UInt8(ascii: "]") {
            if text[place] == UInt8(ascii: "\\") {
                place += 2
            } else if let length = posixClass(text[place...])?.length {
                place += length
            } else {
                place += 1
            }
        }
        guard place < text.count else { return nil }
        let body = Array(text[(open + 1)..<place])
        guard let set = set(of: body, dialect: dialect) else { return nil }
        return (set, body, place + 1)
    }

    /// The set for the text in brackets, or `nil` if it is invalid, such as a descending range.
    static func set(of body: [UInt8], dialect: Glob.Dialect) -> GlobCharacterSet? {
        var set = GlobCharacterSet()
        var rest = body[...]
        if rest.first == UInt8(ascii: "^") || dialect == .posix && rest.first == UInt8(ascii: "!") {
            set.isInverted = true
            rest = rest.dropFirst()
            // Inverted classes do not match '/'.
            set.ranges.append(0x2F...0x2F)
        }
        while !rest.isEmpty {
            if let (ranges, length) = posixClass(rest) {
                set.ranges += ranges
                rest = rest.dropFirst(length)
                continue
            }
            guard let first = character(&rest) else { break }
            if rest.first == UInt8(ascii: "-"), rest.count > 1 {
                rest = rest.dropFirst()
                guard let last = character(&rest), first <= last else { return nil }
                set.ranges.append(first...last)
            } else {
                set.ranges.append(first...first)
            }
        }
        return set
    }

    /// Consumes one character, which can be escaped.
    private static func character(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        if rest.first == UInt8(ascii: "\\"), rest.count > 1 { rest = rest.dropFirst() }
        guard let scalar = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first else { return nil }
        rest = rest.dropFirst(UTF8.width(scalar))
        return scalar.value
    }

    /// Parses a named class such as `[:alpha:]`.
    private static func posixClass(
        _ text: ArraySlice<UInt8>
    ) -> (ranges: [ClosedRange<UInt32>], length: Int)? {
        guard text.starts(with: "[:".utf8), let end = text.dropFirst(2).firstIndex(of: UInt8(ascii: ":")),
            end + 1 < text.endIndex, text[end + 1] == UInt8(ascii: "]"),
            let ranges = named[String(decoding: text[(text.startIndex + 2)..<end], as: UTF8.self)]
        else { return nil }
        return (ranges, end + 2 - text.startIndex)
    }

    private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    private static let letters: [ClosedRange<UInt32>] = [0x41...0x5A, 0x61...0x7A]
    /// The POSIX classes for ASCII (IEEE Std 1003.1, section 9.3.5).
    private static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": digits + letters, "alpha": letters, "ascii": [0...0x7F], "blank": [0x20...0x20, 0x09...0x09],
        "cntrl": [0...0x1F, 0x7F...0x7F], "digit": digits, "graph": [0x21...0x7E], "lower": [0x61...0x7A],
        "print": [0x20...0x7E], "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": [0x20...0x20, 0x09...0x0D], "upper": [0x41...0x5A], "word": digits + letters + [0x5F...0x5F],
        "xdigit": digits + [0x41...0x46, 0x61...0x66],
    ]
}
