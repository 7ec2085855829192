/// A requirement for a distribution: a name with extras, versions or a URL, and a marker (PEP 508).
///
/// See <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.
package struct Requirement: Hashable, Sendable {
    /// The name of the distribution.
    package var name: PackageName
    /// The required extras, in their original spelling.
    package var extras: [PackageName]
    /// The accepted versions; empty for all.
    package var versions: VersionSpecifierSet
    /// The URL of the distribution, or `nil` if it is in an index.
    package var address: String?
    /// The condition on the environment, or `nil` for always.
    package var marker: Marker?

    /// Creates a requirement from its parts.
    package init(
        _ name: PackageName,
        extras: [PackageName] = [],
        versions: VersionSpecifierSet = VersionSpecifierSet(),
        address: String? = nil,
        marker: Marker? = nil
    ) {
        self.name = name
        self.extras = extras
        self.versions = versions
        self.address = address
        self.marker = marker
    }

    /// Whether the requirement applies in an environment with at least one of some extras.
    package func counts(
        in environment: MarkerEnvironment,
        anyOf extras: some Collection<String> = EmptyCollection()
    )
        -> Bool
    {
        marker?.holds(in: environment, anyOf: extras) ?? true
    }
}

extension Requirement: CustomStringConvertible {
    /// The requirement as specified by PEP 508, which other programs can parse.
    package var description: String {
        var text = name.written
        if !extras.isEmpty { text += "[\(extras.map(\.written).joined(separator: ","))]" }
        if let address { text += " @ \(address)" } else { text += versions.description }
        if let marker { text += (address == nil ? "" : " ") + "; \(marker)" }
        return text
    }
}

extension Requirement {
    /// An error in a requirement.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The requirement without surrounding whitespace.
        package let text: String
        /// The number of UTF-8 bytes before the error.
        package let offset: Int
        /// The kind of error that was found.
        package let reason: Reason

        /// The kinds of errors.
        package enum Reason: Error, Hashable, Sendable {
            case name(PackageName.ParseError)
            case unclosedExtras
            case unclosedParenthesis
            case missingAddress
            case versions(VersionSpecifier.ParseError)
            case marker(Marker.ParseError)
            /// The text after the name is neither a version specifier nor a marker.
            case trailing
        }

        /// The number of UTF-8 bytes before the error, including an error within the marker.
        package var errorOffset: Int {
            if case .marker(let cause) = reason { offset + cause.offset } else { offset }
        }

        package var description: String {
            let problem =
                switch reason {
                case .name(let cause): "\(cause)"
                case .unclosedExtras: "missing ']' after the extras"
                case .unclosedParenthesis: "missing ')' after the versions"
                case .missingAddress: "missing URL after '@'"
                case .versions(let cause): "\(cause)"
                case .marker(let cause): "\(cause)"
                case .trailing: "unexpected '\(String(decoding: text.utf8.dropFirst(offset), as: UTF8.self))'"
                }
            return if case .marker = reason { problem } else { "invalid requirement '\(text)': \(problem)" }
        }
    }

    /// Parses a requirement as specified by PEP 508.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        let trimmed = ASCII.trimmed(String(text))
        var scanner = ByteScanner(trimmed)
        do {
            self = try Self.read(&scanner)
        } catch {
            throw ParseError(text: trimmed, offset: scanner.position, reason: error)
        }
    }

    private static func read(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> Requirement {
        var result = Requirement(try name(&scanner))
        skipSpaces(&scanner)
        if scanner.take(UInt8(ascii: "[")) { result.extras = try extras(&scanner) }
        skipSpaces(&scanner)
        if scanner.take(UInt8(ascii: "@")) {
            skipSpaces(&scanner)
            let address = scanner.take { !ASCII.isSpace($0) }
            guard !address.isEmpty else { throw .missingAddress }
            result.address = address
        } else {
            result.versions = try versions(&scanner)
        }
        skipSpaces(&scanner)
        if scanner.take(UInt8(ascii: ";")) {
            do {
                result.marker = try Marker(parsing: scanner.rest)
            } catch {
                throw .marker(error)
            }
        } else if !scanner.isAtEnd {
            throw .trailing
        }
        return result
    }

    private static func name(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> PackageName {
        let text = scanner.take(while: PackageName.isNameByte)
        do {
            return try PackageName(parsing: text)
        } catch {
            throw .name(error)
        }
    }

    private static func extras(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> [PackageName] {
        var result: [PackageName] = []
        skipSpaces(&scanner)
        while !scanner.take(UInt8(ascii: "]")) {
            if !result.isEmpty {
                guard scanner.take(UInt8(ascii: ",")) else { throw .unclosedExtras }
                skipSpaces(&scanner)
            }
            result.append(try name(&scanner))
            skipSpaces(&scanner)
        }
        return result
    }

    private static func versions(_ scanner: inout ByteScanner) throws(ParseError.Reason) -> VersionSpecifierSet {
        let inParentheses = scanner.take(UInt8(ascii: "("))
        let end = inParentheses ? UInt8(ascii: ")") : UInt8(ascii: ";")
        let text = scanner.take { $0 != end }
        if inParentheses, !scanner.take(end) { throw .unclosedParenthesis }
        if !inParentheses, let first = text.utf8.first(where: { !ASCII.isSpace($0) }),
            !"=<>!~".utf8.contains(first)
        {
            scanner.position -= text.utf8.count
            throw .trailing
        }
        do {
            return try VersionSpecifierSet(parsing: text)
        } catch {
            scanner.position -= text.utf8.count + (inParentheses ? 1 : 0)
            throw .versions(error)
        }
    }

    private static func skipSpaces(_ scanner: inout ByteScanner) {
        while let byte = scanner.next, ASCII.isSpace(byte) { scanner.position += 1 }
    }
}
