/// One clause of a version specifier, such as `>=1.2` (PEP 440, "Version specifiers").
package struct VersionSpecifier: Hashable, Sendable {
    /// The comparison operators of PEP 440.
    package enum Operator: String, Hashable, Sendable, CaseIterable {
        case compatible = "~="
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case identical = "==="
    }

    /// An error in a version specifier.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The clause does not start with an operator.
        case missingOperator(String)
        /// The version in the clause is invalid.
        case version(String, Version.ParseError)
        /// The operator does not support this form of version: `.*`, a local label, or a single number.
        case formNotAllowed(String)

        package var description: String {
            switch self {
            case .missingOperator(let text): "expected a comparison such as '==' or '>=', found '\(text)'"
            case .version(_, let cause): "\(cause)"
            case .formNotAllowed(let text):
                "invalid version specifier '\(text)': the operator does not support this form of version"
            }
        }
    }

    /// The operator before the version.
    package let comparison: Operator
    /// The version to compare with; meaningless for ``Operator/identical`` if the text is not a valid version.
    package let version: Version
    /// Whether the version ends with `.*`.
    package let isPrefix: Bool
    /// The text after the operator, without surrounding whitespace.
    package let versionText: String

    /// Creates a clause from an operator and a version.
    package init(_ comparison: Operator, _ version: Version, isPrefix: Bool = false) {
        self.comparison = comparison
        self.version = version
        self.isPrefix = isPrefix
        versionText = "\(version)" + (isPrefix ? ".*" : "")
    }

    /// Parses a clause, which may have surrounding whitespace.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        let original = ASCII.trimmed(String(text))
        let operators: [Operator] = [
            .identical, .compatible, .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater,
        ]
        guard let comparison = operators.first(where: { original.hasPrefix($0.rawValue) }) else {
            throw .missingOperator(original)
        }
        let rest = ASCII.trimmed(String(original.dropFirst(comparison.rawValue.count)))
        self.comparison = comparison
        versionText = rest
        if comparison == .identical {
            guard !rest.isEmpty, !rest.utf8.contains(where: { ASCII.isSpace($0) || $0 == 0x3B || $0 == 0x29 }) else {
                throw .formNotAllowed(original)
            }
            version = (try? Version(parsing: rest)) ?? Version(release: [0])
            isPrefix = false
            return
        }
        isPrefix = rest.hasSuffix(".*")
        do {
            version = try Version(parsing: isPrefix ? String(rest.dropLast(2)) : rest)
        } catch {
            throw .version(original, error)
        }
        let isEquality = comparison == .equal || comparison == .notEqual
        let isBare = version.preRelease == nil && version.post == nil && version.dev == nil
        guard !isPrefix || (isEquality && isBare && version.local.isEmpty), isEquality || version.local.isEmpty,
            comparison != .compatible || version.release.count > 1
        else { throw .formNotAllowed(original) }
    }

    /// Whether the clause contains a pre-release, so that pre-releases can satisfy it.
    package var namesPreRelease: Bool {
        guard version.isPreRelease else { return false }
        switch comparison {
        case .equal, .identical, .compatible, .lessOrEqual, .greaterOrEqual: return true
        case .notEqual, .less, .greater: return false
        }
    }

    /// Whether a version satisfies the clause, regardless of whether pre-releases are accepted.
    package func contains(_ candidate: Version) -> Bool {
        switch comparison {
        case .identical: return "\(candidate)".lowercased() == versionText.lowercased()
        case .equal: return equals(candidate)
        case .notEqual: return !equals(candidate)
        case .lessOrEqual: return candidate.publicVersion <= version
        case .greaterOrEqual: return candidate.publicVersion >= version
        case .less:
            guard candidate < version else { return false }
            return version.isPreRelease || !candidate.isPreRelease || candidate.baseVersion != version.baseVersion
        case .greater:
            guard candidate > version else { return false }
            guard candidate.baseVersion == version.baseVersion else { return true }
            return candidate.local.isEmpty && (version.isPostRelease || !candidate.isPostRelease)
        case .compatible:
            return candidate.publicVersion >= version && Self.isPrefix(version.release.dropLast(), version, candidate)
        }
    }

    private func equals(_ candidate: Version) -> Bool {
        if isPrefix { return Self.isPrefix(version.release[...], version, candidate) }
        return (version.local.isEmpty ? candidate.publicVersion : candidate) == version
    }

    private static func isPrefix(_ prefix: ArraySlice<Int>, _ version: Version, _ candidate: Version) -> Bool {
        candidate.epoch == version.epoch
            && prefix.enumerated().allSatisfy { candidate.releaseNumber($0.offset) == $0.element }
    }
}

extension VersionSpecifier: CustomStringConvertible {
    package var description: String { comparison.rawValue + versionText }
}

/// A version specifier, such as `>=1.2,<2`: clauses that a version must all satisfy; empty for any version.
package struct VersionSpecifierSet: Hashable, Sendable {
    /// The clauses, in their original order.
    package var clauses: [VersionSpecifier]

    /// Creates a version specifier from its clauses.
    package init(_ clauses: [VersionSpecifier] = []) { self.clauses = clauses }

    /// Parses clauses that are separated by commas; an empty string is the empty set.
    package init(parsing text: some StringProtocol) throws(VersionSpecifier.ParseError) {
        clauses = []
        for clause in String(text).split(separator: ",", omittingEmptySubsequences: true)
        where !ASCII.trimmed(clause).isEmpty {
            clauses.append(try VersionSpecifier(parsing: clause))
        }
    }

    /// Whether all versions satisfy the set.
    package var isEmpty: Bool { clauses.isEmpty }

    /// Whether a clause contains a pre-release, so that pre-releases can satisfy the set.
    package var namesPreRelease: Bool { clauses.contains(where: \.namesPreRelease) }

    /// The only version that satisfies the set (`==` without `.*`, or `===`), or `nil` if there are several.
    package var exactVersion: Version? {
        guard clauses.count == 1, let clause = clauses.first, !clause.isPrefix,
            clause.comparison == .equal || clause.comparison == .identical
        else { return nil }
        return clause.version
    }

    /// Whether a version satisfies every clause.
    ///
    /// - Parameters:
    ///   - version: The version to check.
    ///   - preReleases: Whether pre-releases are accepted; if `nil`, they are if a clause contains a pre-release.
    /// - Returns: Whether the version satisfies the set.
    package func contains(_ version: Version, preReleases: Bool? = nil) -> Bool {
        if version.isPreRelease, !(preReleases ?? namesPreRelease) { return false }
        return clauses.allSatisfy { $0.contains(version) }
    }
}

extension VersionSpecifierSet: CustomStringConvertible {
    package var description: String { clauses.map(\.description).joined(separator: ",") }
}
