/// Splits identifiers into words, like lodash.
enum IdentifierWords {
    private enum Kind { case lower, upper, digit, other }

    /// The words of a string: digits, upper-case letters, or lower-case letters with one upper-case letter before them.
    static func split(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        var words: [String] = []
        var start = 0
        func close(_ end: Int) {
            if end > start { words.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
            start = end
        }
        var previous = Kind.other
        for (position, byte) in bytes.enumerated() {
            let kind = kind(of: byte)
            switch (previous, kind) {
            case (_, .other): close(position)
            case (.upper, .lower):
                // The last upper-case letter starts the next word, as in `HTTPServer`.
                if position - start > 1 { close(position - 1) }
            case let (before, now) where before != now: close(position)
            default: break
            }
            if kind == .other { start = position + 1 }
            previous = kind
        }
        close(bytes.count)
        return words
    }

    private static func kind(of byte: UInt8) -> Kind {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        default: byte < 0x80 ? .other : .lower
        }
    }
}
