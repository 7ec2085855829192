import ConfigurationValues

/// The types of plain scalars in js-yaml: those of YAML 1.2's core schema, binary integers and timestamps.
enum YAMLScalar {
    /// The value of a plain scalar.
    static func content(of text: String) -> ConfigurationValue.Content {
        var text = text
        return text.withUTF8 { bytes in
            if let special = special(bytes) { return special }
            guard let first = bytes.first, mayStartNumber(first) else { return nil }
            // Configurations are converted to JSON, which has no infinity.
            if let number = integer(bytes) ?? float(bytes) { return number.isFinite ? .number(number) : .null }
            if let instant = instant(bytes) { return .string(instant) }
            return nil
        } ?? .string(text)
    }

    /// Whether a string would be read as another type if it were written without quotes.
    static func isAmbiguous(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            if special(bytes) != nil || bytes.elementsEqual("<<".utf8) { return true }
            return integer(bytes) != nil || float(bytes) != nil || isDate(bytes) || instant(bytes) != nil
        }
    }

    private static func mayStartNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }

    /// The value of `null`, `~`, the booleans in their three spellings, and the empty scalar, which is `null`.
    private static func special(_ bytes: UnsafeBufferPointer<UInt8>) -> ConfigurationValue.Content? {
        switch bytes.count {
        case 0: return .null
        case 1: return bytes[0] == UInt8(ascii: "~") ? .null : nil
        case 4:
            if isWord(bytes, "null", "Null", "NULL") { return .null }
            return isWord(bytes, "true", "True", "TRUE") ? .bool(true) : nil
        case 5: return isWord(bytes, "false", "False", "FALSE") ? .bool(false) : nil
        default: return nil
        }
    }

    private static func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ words: String...) -> Bool {
        words.contains { bytes.elementsEqual($0.utf8) }
    }

    /// The value of a decimal (with or without leading zeros), `0b`, `0o` or `0x` integer.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard let first = digits.first else { return nil }
        var radix: UInt8 = 10
        if first == UInt8(ascii: "0"), digits.count > 2 {
            switch digits[digits.startIndex + 1] {
            case UInt8(ascii: "b"): radix = 2
            case UInt8(ascii: "o"): radix = 8
            case UInt8(ascii: "x"): radix = 16
            default: break
            }
            if radix != 10 { digits = digits.dropFirst(2) }
        }
        var value: UInt64 = 0
        var overflows = false
        for byte in digits {
            guard let digit = ASCII.digitValue(of: byte), digit < radix else { return nil }
            let (product, first) = value.multipliedReportingOverflow(by: UInt64(radix))
            let (sum, second) = product.addingReportingOverflow(UInt64(digit))
            value = sum
            overflows = overflows || first || second
        }
        guard overflows || value > 1 << 53 else { return isNegative ? -Double(value) : Double(value) }
        // A double cannot hold this integer exactly, so that the whole text is rounded once.
        let text = String(decoding: digits, as: UTF8.self)
        let rounded =
            radix == 10
            ? Double(text) : digits.reduce(0.0) { $0 * Double(radix) + Double(ASCII.digitValue(of: $1) ?? 0) }
        return rounded.map { isNegative ? -$0 : $0 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The value of a number with a fraction or an exponent, `.inf` or `.nan`.
    static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var position = 0
        func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }
        func skipDigits() -> Int {
            let start = position
            while let byte = peek(), isDigit(byte) { position += 1 }
            return position - start
        }
        let isSigned = peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+")
        if isSigned { position += 1 }
        // Valid as long as `bytes`.
        let rest = UnsafeBufferPointer(rebasing: bytes[position...])
        if isWord(rest, ".inf", ".Inf", ".INF") { return bytes[0] == UInt8(ascii: "-") ? -.infinity : .infinity }
        if !isSigned, isWord(rest, ".nan", ".NaN", ".NAN") { return .nan }
        let whole = skipDigits()
        // After a sign, a digit is required before the dot.
        if whole == 0, isSigned || peek() != UInt8(ascii: ".") { return nil }
        var hasFraction = false
        if peek() == UInt8(ascii: ".") {
            position += 1
            hasFraction = skipDigits() > 0
        }
        guard whole > 0 || hasFraction else { return nil }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { position += 1 }
            guard skipDigits() > 0 else { return nil }
        }
        guard position == bytes.count else { return nil }
        return JavaScriptNumber.parse(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether the text is a date without a time.
    ///
    /// Such a date stays a string: in `Version: 2012-10-17`, it is a name.
    static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count == 10
            && bytes.enumerated().allSatisfy { $0 == 4 || $0 == 7 ? $1 == UInt8(ascii: "-") : isDigit($1) }
    }
}
