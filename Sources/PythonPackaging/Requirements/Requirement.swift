/// A requirement for a distribution: a name with extras, versions or an address, and a marker (PEP 508).
///
/// See <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.
package struct Requirement: Hashable, Sendable {
    /// The distribution.
    package var name: PackageName
    /// The extras that are asked for, as written.
    package var extras: [PackageName]
    /// The versions that will do; empty for any.
    package var versions: VersionSpecifierSet
    /// Where the distribution is to be had, `nil` for an index.
    package var address: String?
    /// When the requirement counts, `nil` for always.
    package var marker: Marker?

    /// Makes a requirement.
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

    /// Whether the requirement counts in an environment.
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
    /// The requirement in the form that other programs read.
    package var description: String {
        var text = name.written
        if !extras.isEmpty { text += "[\(extras.map(\.written).joined(separator: ","))]" }
        if let address { text += " @ \(address)" } else { text += versions.description }
        if let marker { text += (address == nil ? "" : " ") + "; \(marker)" }
        return text
    }
}

extension Requirement {
    /// Why a text is no requirement.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What was to be read.
        package let text: String
        /// The number of bytes before the fault.
        package let offset: Int
        /// What was found.
        package let reason: Reason

        /// Kinds of fault.
        package enum Reason: Error, Hashable, Sendable {
            case name(PackageName.ParseError)
            case unclosedExtras
            case unclosedParenthesis
            case missingAddress
            case versions(VersionSpecifier.ParseError)
            case marker(Marker.ParseError)
            /// Something follows that is neither versions nor a marker.
            case trailing
        }

        /// The number of bytes before the fault, that of a marker counted from the begin of the requirement.
        package var faultOffset: Int {
            if case .marker(let cause) = reason { offset + cause.offset } else { offset }
        }

        package var description: String {
            let what =
                switch reason {
                case .name(let cause): "\(cause)"
                case .unclosedExtras: "']' is missing after the extras"
                case .unclosedParenthesis: "')' is missing after the versions"
                case .missingAddress: "an address is missing after '@'"
                case .versions(let cause): "\(cause)"
                case .marker(let cause): "\(cause)"
                case .trailing: "something unexpected follows"
                }
            return if case .marker = reason { what } else { "requirement '\(text)': \(what)" }
        }
    }

    /// Reads a requirement.
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
