extension Version {
    /// An error in a version.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The string that is not a version.
        package let text: String
        /// The kind of error that was found.
        package let reason: Reason

        /// The kinds of errors.
        package enum Reason: Error, Hashable, Sendable {
            /// The string is empty or does not start with a number.
            case noRelease
            /// There is unexpected text at an offset in UTF-8 bytes, after removing surrounding whitespace.
            case unexpected(offset: Int)
            /// A number exceeds 63 bits.
            case numberTooLarge
        }

        package var description: String {
            switch reason {
            case .noRelease: "invalid version '\(text)': expected a number at the start"
            case .unexpected(let offset):
                "invalid version '\(text)': unexpected "
                    + "'\(String(decoding: ASCII.trimmed(text).utf8.dropFirst(offset), as: UTF8.self))'"
            case .numberTooLarge: "invalid version '\(text)': a number is too large"
            }
        }
    }

    /// Parses a version in any form that PEP 440 accepts, such as `V1.0-Alpha.1`.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        let original = String(text)
        var scanner = ByteScanner(ASCII.trimmed(original).lowercased())
        do throws(ParseError.Reason) {
            self = try Self.read(&scanner)
            guard scanner.isAtEnd else { throw ParseError.Reason.unexpected(offset: scanner.position) }
        } catch {
            throw ParseError(text: original, reason: error)
        }
    }

    /// Parses a version at the start of lower-case text.
    static func read(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> Version {
        _ = scanner.take(UInt8(ascii: "v"))
        var numbers = [try requiredNumber(&scanner)]
        var epoch = 0
        if scanner.take(UInt8(ascii: "!")) {
            epoch = numbers[0]
            numbers = [try requiredNumber(&scanner)]
        }
        while scanner.next == UInt8(ascii: "."), let digit = scanner.peek(1), ASCII.isDigit(digit) {
            scanner.position += 1
            numbers.append(try requiredNumber(&scanner))
        }
        var version = Version(release: numbers)
        version.epoch = epoch
        try version.readSuffixes(&scanner)
        return version
    }

    private mutating func readSuffixes(_ scanner: inout ByteScanner) throws(ParseError.Reason) {
        let phases: [(StaticString, Phase)] = [
            ("alpha", .alpha), ("a", .alpha), ("beta", .beta), ("b", .beta), ("preview", .candidate),
            ("pre", .candidate), ("rc", .candidate), ("c", .candidate),
        ]
        let posts: [(StaticString, Void)] = [("post", ()), ("rev", ()), ("r", ())]
        let devs: [(StaticString, Void)] = [("dev", ())]
        if let (phase, number) = try Self.suffix(&scanner, phases) {
            preRelease = PreRelease(phase: phase, number: number)
        }
        if scanner.next == UInt8(ascii: "-"), let digit = scanner.peek(1), ASCII.isDigit(digit) {
            scanner.position += 1
            post = try Self.requiredNumber(&scanner)
        } else if let (_, number) = try Self.suffix(&scanner, posts) {
            post = number
        }
        if let (_, number) = try Self.suffix(&scanner, devs) { dev = number }
        if scanner.next == UInt8(ascii: "+"), let first = scanner.peek(1), ASCII.isAlphanumeric(first) {
            scanner.position += 1
            try readLocal(&scanner)
        }
    }

    private mutating func readLocal(_ scanner: inout ByteScanner) throws(ParseError.Reason) {
        while true {
            let part = scanner.take(while: ASCII.isAlphanumeric)
            if part.utf8.allSatisfy(ASCII.isDigit) {
                guard let number = Int(part) else { throw .numberTooLarge }
                local.append(.number(number))
            } else {
                local.append(.letters(part))
            }
            guard let separator = scanner.next, isSeparator(separator), let following = scanner.peek(1),
                ASCII.isAlphanumeric(following)
            else { return }
            scanner.position += 1
        }
    }

    /// Parses a suffix: one of some words, with an optional separator before it, and an optional number after it.
    private static func suffix<Meaning>(
        _ scanner: inout ByteScanner,
        _ words: [(StaticString, Meaning)]
    ) throws(ParseError.Reason) -> (Meaning, Int)? {
        let start = scanner.position
        if let byte = scanner.next, isSeparator(byte) { scanner.position += 1 }
        for (word, meaning) in words where scanner.take(word) {
            if let byte = scanner.next, isSeparator(byte) { scanner.position += 1 }
            guard let digit = scanner.next, ASCII.isDigit(digit) else { return (meaning, 0) }
            return (meaning, try requiredNumber(&scanner))
        }
        scanner.position = start
        return nil
    }

    private static func requiredNumber(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> Int {
        guard let digit = scanner.next, ASCII.isDigit(digit) else {
            throw scanner.position == 0 ? .noRelease : .unexpected(offset: scanner.position)
        }
        guard let number = scanner.takeNumber() else { throw .numberTooLarge }
        return number
    }
}

private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
}
