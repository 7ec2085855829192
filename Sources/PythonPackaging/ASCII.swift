/// Tests and changes of ASCII bytes; the grammars of the packaging specifications are all in ASCII.
enum ASCII {
    /// Whether a byte is `0`…`9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether a byte is a letter of either case.
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Whether a byte is a letter or a digit.
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// Whether a byte is a blank or tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte is white space, as Python's `str.strip` takes it within ASCII.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// A byte with an upper-case letter made lower case.
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The text without white space at both ends.
    static func trimmed(_ text: Substring) -> Substring {
        var utf8 = text.utf8
        while let first = utf8.first, isSpace(first) { utf8.removeFirst() }
        while let last = utf8.last, isSpace(last) { utf8.removeLast() }
        return Substring(utf8)
    }

    /// The text without white space at both ends.
    static func trimmed(_ text: String) -> String { String(trimmed(Substring(text))) }
}

/// A position in bytes, moved by what a grammar expects next.
struct ByteScanner {
    /// All bytes.
    let bytes: [UInt8]
    /// The index of the next byte.
    var position = 0

    /// Starts at the first byte of a text.
    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// Whether there is no further byte.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next byte, `nil` at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The byte after the next by `offset`, `nil` past the end.
    func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// Takes the next byte if it is this one; tells whether it was.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes this text if it comes next; tells whether it did.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        let matches = text.withUTF8Buffer { wanted in
            for index in 0..<count where bytes[position + index] != wanted[index] { return false }
            return true
        }
        if matches { position += count }
        return matches
    }

    /// Takes bytes as long as a test holds, and gives their text.
    mutating func take(while test: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, test(byte) { position += 1 }
        return text(from: start)
    }

    /// Goes over blanks and tabs.
    mutating func skipBlanks() {
        while let byte = next, ASCII.isBlank(byte) { position += 1 }
    }

    /// The text from an index to the current position.
    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    /// The text from the current position to the end.
    var rest: String { String(decoding: bytes[min(position, bytes.count)...], as: UTF8.self) }

    /// Takes digits as a number: `nil` where there are none, or one more would exceed 63 bits.
    mutating func takeNumber() -> Int? {
        guard let first = next, ASCII.isDigit(first) else { return nil }
        var number = 0
        while let byte = next, ASCII.isDigit(byte) {
            let (scaled, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.addingReportingOverflow(Int(byte - 0x30))
            guard !overflow, !carry, sum < .max else { return nil }
            number = sum
            position += 1
        }
        return number
    }
}
