/// The name of a distribution or an extra; names that differ only in case or in runs of `-`, `_`, `.` are one
/// (PEP 503, "Normalized names").
package struct PackageName: Sendable {
    /// The name as it was written.
    package let written: String
    /// The normal form: lower case, with single `-` as the only separator.
    package let normalized: String

    /// A text that is no name: it must hold ASCII letters, digits and `-_.` alone and begin and end with a letter or
    /// digit (PEP 508, "Names").
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What was to be a name.
        package let text: String

        package var description: String { "'\(text)' is no name of a package" }
    }

    /// Reads a name.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        written = String(text)
        guard let first = written.utf8.first, let last = written.utf8.last, ASCII.isAlphanumeric(first),
            ASCII.isAlphanumeric(last), written.utf8.allSatisfy(Self.isNameByte)
        else { throw ParseError(text: written) }
        normalized = Self.normalize(written)
    }

    /// The normal form of any text, be it a name or not.
    package static func normalize(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var inSeparator = false
        for byte in text.utf8 {
            let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            if isSeparator {
                if !inSeparator { result.append(UInt8(ascii: "-")) }
            } else {
                result.append(ASCII.lowercased(byte))
            }
            inSeparator = isSeparator
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a byte may stand in a name.
    static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }
}

extension PackageName: Hashable, Comparable {
    package static func == (left: Self, right: Self) -> Bool { left.normalized == right.normalized }
    package static func < (left: Self, right: Self) -> Bool { left.normalized < right.normalized }
    package func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}

extension PackageName: CustomStringConvertible {
    /// The name as it was written.
    package var description: String { written }
}
