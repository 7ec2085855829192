import PythonPackaging

/// A version constraint in the syntax of Poetry: `^1.2`, `~1.2`, `1.*`, comparisons, and `||` between alternatives
/// (<https://python-poetry.org/docs/dependency-specification/#version-constraints>).
struct PoetryConstraint: Hashable, Sendable {
    /// Version sets of which a version must satisfy one; empty for any version.
    let alternatives: [VersionSpecifierSet]

    /// A string that is not a valid constraint.
    struct ParseError: Error, Hashable, CustomStringConvertible {
        let text: String
        let cause: VersionSpecifier.ParseError

        var description: String { "invalid version constraint '\(text)': \(cause)" }
    }

    /// Parses a constraint such as `^1.2`.
    init(parsing text: String) throws(ParseError) {
        var alternatives: [VersionSpecifierSet] = []
        do throws(VersionSpecifier.ParseError) {
            for part in text.split(separator: "|") where !part.trimmingBlanks.isEmpty {
                var clauses: [VersionSpecifier] = []
                for word in Self.words(of: part.trimmingBlanks) { clauses += try Self.clauses(of: word) }
                alternatives.append(VersionSpecifierSet(clauses))
            }
        } catch {
            throw ParseError(text: text, cause: error)
        }
        self.alternatives = alternatives.contains(where: \.isEmpty) || alternatives.isEmpty ? [] : alternatives
    }

    /// The constraint as one version set; `nil` if no single set is equivalent.
    var singleSet: VersionSpecifierSet? {
        if alternatives.count <= 1 { return alternatives.first ?? VersionSpecifierSet() }
        guard alternatives.count == 2 else { return nil }
        // Poetry writes `!=1.5` as `<1.5 || >1.5` in a lock.
        for (lower, upper) in [(alternatives[0], alternatives[1]), (alternatives[1], alternatives[0])] {
            guard let low = lower.clauses.last, let high = upper.clauses.first, low.comparison == .less,
                high.comparison == .greater, low.version == high.version
            else { continue }
            let gap = VersionSpecifier(.notEqual, low.version)
            return VersionSpecifierSet(lower.clauses.dropLast() + [gap] + upper.clauses.dropFirst())
        }
        return nil
    }

    /// The constraint as a marker about the Python version; `nil` if it allows any version.
    var pythonMarker: Marker? {
        let sets = alternatives.compactMap { set -> Marker? in
            let parts = set.clauses.map(Self.pythonMarker)
            return parts.count > 1 ? .all(parts) : parts.first
        }
        return sets.count > 1 ? .any(sets) : sets.first
    }

    private static func pythonMarker(_ clause: VersionSpecifier) -> Marker {
        let variable: Marker.Variable = clause.version.release.count > 2 ? .pythonFullVersion : .pythonVersion
        return .comparison(.variable(variable), .relation(clause.comparison), .literal(clause.versionText))
    }

    /// The clauses, which commas or spaces separate; a space after a comparison operator does not.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var current = ""
        for character in text {
            guard character == "," || character.isWhitespace else {
                current.append(character)
                continue
            }
            if character == "," || current.contains(where: { $0.isNumber || $0 == "*" || $0 == "x" }) {
                if !current.isEmpty { words.append(current) }
                current = ""
            }
        }
        return current.isEmpty ? words : words + [current]
    }

    private static func clauses(of word: String) throws(VersionSpecifier.ParseError) -> [VersionSpecifier] {
        if word.hasPrefix("^") { return try range(String(word.dropFirst()), upper: caretUpper) }
        if word.hasPrefix("~"), !word.hasPrefix("~=") { return try range(String(word.dropFirst()), upper: tildeUpper) }
        let comparisons = word.prefix { "<>=!~".contains($0) }
        let rest = word.dropFirst(comparisons.count)
        // `*`, and `1.x` for `1.*`
        let isAny = !rest.isEmpty && rest.utf8.allSatisfy { "*xX.".utf8.contains($0) }
        if isAny { return [] }
        let version = rest.hasSuffix(".x") || rest.hasSuffix(".X") ? rest.dropLast() + "*" : rest
        var plain = version
        while plain.hasSuffix(".*.*") { plain = plain.dropLast(2) }
        let comparison = comparisons.isEmpty || comparisons == "=" ? "==" : String(comparisons)
        return [try VersionSpecifier(parsing: comparison + plain)]
    }

    private static func range(
        _ text: String,
        upper: (Version) -> [Int]
    ) throws(VersionSpecifier.ParseError) -> [VersionSpecifier] {
        let version: Version
        do {
            version = try Version(parsing: text.trimmingBlanks)
        } catch {
            throw .version(text, error)
        }
        var limit = Version(release: upper(version))
        limit.epoch = version.epoch
        return [VersionSpecifier(.greaterOrEqual, version), VersionSpecifier(.less, limit)]
    }

    /// The first release that may be incompatible: the leftmost number that is not zero, or the last one, plus one.
    private static func caretUpper(_ version: Version) -> [Int] {
        let position = version.release.firstIndex { $0 != 0 } ?? version.release.count - 1
        return next(version.release, at: position)
    }

    /// The next minor release, or the next major one if the version has no minor number.
    private static func tildeUpper(_ version: Version) -> [Int] {
        next(version.release, at: min(1, version.release.count - 1))
    }

    private static func next(_ release: [Int], at position: Int) -> [Int] {
        var result = Array(release[...position])
        result[position] += 1
        if result.count == 1 { result.append(0) }
        return result
    }
}
