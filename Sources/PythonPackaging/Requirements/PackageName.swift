/// The name of a distribution or an extra (PEP 503, "Normalized names").
///
/// Names that only differ in case or in runs of `-`, `_` and `.` are equal.
package struct PackageName: Sendable {
    /// The name in its original spelling.
    package let written: String
    /// The normal form: lower case, with single `-` as the only separator.
    package let normalized: String

    /// An invalid name (PEP 508, "Names").
    ///
    /// A name consists of ASCII letters, digits and `-_.`, and starts and ends with a letter or digit.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The string that is not a name.
        package let text: String

        package var description: String { "invalid package name '\(text)'" }
    }

    /// Parses a name in any spelling.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        written = String(text)
        guard let first = written.utf8.first, let last = written.utf8.last, ASCII.isAlphanumeric(first),
            ASCII.isAlphanumeric(last), written.utf8.allSatisfy(Self.isNameByte)
        else { throw ParseError(text: written) }
        normalized = Self.normalize(written)
    }

    /// The normalized form of a string, which does not have to be a valid name.
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

    /// Whether a byte is allowed in a name.
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
    /// The name in its original spelling.
    package var description: String { written }
}
