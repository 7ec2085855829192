/// Classes and conversions of ASCII bytes, which all grammars of the packaging specifications use.
enum ASCII {
    /// Whether a byte is `0`…`9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether a byte is a letter of either case.
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Whether a byte is a letter or a digit.
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// Whether a byte is ASCII whitespace as defined by Python's `str.strip`.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// The lower-case form of a letter; other bytes are returned unchanged.
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Removes whitespace from both ends of a substring.
    static func trimmed(_ text: Substring) -> Substring {
        var utf8 = text.utf8
        while let first = utf8.first, isSpace(first) { utf8.removeFirst() }
        while let last = utf8.last, isSpace(last) { utf8.removeLast() }
        return Substring(utf8)
    }

    /// Removes whitespace from both ends of a string.
    static func trimmed(_ text: String) -> String { String(trimmed(Substring(text))) }
}

/// A position in a string's UTF-8 bytes, for hand-written parsers.
struct ByteScanner {
    /// All bytes of the string.
    let bytes: [UInt8]
    /// The index of the next byte.
    var position = 0

    /// Creates a scanner at the start of a string.
    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// Whether all bytes have been consumed.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next byte, or `nil` at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The byte at an offset from the next one, or `nil` past the end.
    func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// Consumes the next byte if it is equal to `byte`, and returns whether it was.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Consumes `text` if the next bytes are equal to it, and returns whether they were.
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

    /// Consumes and returns bytes up to the first one that fails a test.
    mutating func take(while test: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, test(byte) { position += 1 }
        return text(from: start)
    }

    /// The string from a byte index to the current position.
    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    /// The string from the current position to the end.
    var rest: String { String(decoding: bytes[min(position, bytes.count)...], as: UTF8.self) }

    /// Consumes digits as a number; returns `nil` if there are none, or if the number exceeds 63 bits.
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
