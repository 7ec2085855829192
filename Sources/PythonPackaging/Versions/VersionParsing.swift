extension Version {
    /// Why a text is no version.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What was to be read.
        package let text: String
        /// What was found.
        package let reason: Reason

        /// Kinds of fault.
        package enum Reason: Error, Hashable, Sendable {
            /// It begins with no number, or is empty.
            case noRelease
            /// Something stands where no part of a version may; the offset counts bytes of the text without blanks.
            case unexpected(offset: Int)
            /// A number exceeds 63 bits.
            case numberTooLarge
        }

        package var description: String {
            switch reason {
            case .noRelease: "version '\(text)' begins with no number"
            case .unexpected(let offset): "version '\(text)' has something unexpected after \(offset) characters"
            case .numberTooLarge: "version '\(text)' has a number that is too large"
            }
        }
    }

    /// Reads a version in any spelling that PEP 440 accepts: of either case, with separators, `v` before it.
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

    /// Reads a version from lower-case text as far as it goes.
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

    /// A separator, one of some words, a separator and a number, all but the word optional.
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
