import ConfigurationValues

/// A range of semantic versions in the notation of the npm package semver, such as `^3.1 || >=2.70 <3`.
struct VersionRange {
    /// The major, minor and patch numbers of a version that is not a prerelease.
    typealias Version = [Int]

    /// The alternatives; a version is in the range if it satisfies all comparators of one of them.
    private let alternatives: [[VersionComparator]]

    /// Parses a range; `nil` if the text is not one.
    init?(_ text: String) {
        let words = text.split { $0.isWhitespace }
        var alternatives: [[VersionComparator]] = []
        for part in Self.alternatives(of: words.joined(separator: " ")) {
            guard let all = Self.hyphenRange(part) ?? Self.comparators(of: part), all.allSatisfy(\.isSafe) else {
                return nil
            }
            alternatives.append(all)
        }
        self.alternatives = alternatives
    }

    /// Whether a version is in the range.
    func contains(_ version: Version) -> Bool {
        alternatives.contains { all in all.allSatisfy { $0.admits(version) } }
    }

    /// Whether a version with a major number is in the range.
    ///
    /// If there is one, so is the first of that number, a bound of the range, or the version after a bound.
    func includes(major: Int) -> Bool {
        let bounds = alternatives.joined().map(\.bound).filter { $0.first == major }
        let next = bounds.map { Array($0.dropLast()) + [($0.last ?? 0) + 1] }
        return ([[major, 0, 0]] + bounds + next).contains(where: contains)
    }

    private static func alternatives(of text: String) -> [Substring] {
        var result: [Substring] = []
        var rest = text[...]
        while let bar = rest.indices.first(where: { rest[$0...].hasPrefix("||") }) {
            result.append(rest[..<bar])
            rest = rest[bar...].dropFirst(2)
        }
        return (result + [rest]).map { $0.trimmed }
    }

    /// The range of `1.2 - 2.3`; `nil` if the text has another form.
    private static func hyphenRange(_ text: Substring) -> [VersionComparator]? {
        guard let hyphen = text.indices.first(where: { text[$0...].hasPrefix(" - ") }),
            let low = PartialVersion(text[..<hyphen].trimmed),
            let high = PartialVersion(text[hyphen...].dropFirst(3).trimmed)
        else { return nil }
        // A whole version is used with its prefix, which must then be allowed in a comparator.
        guard !low.isWhole || low.hasPlainPrefix, !high.isWhole || high.isPrerelease || high.hasPlainPrefix else {
            return nil
        }
        var result: [VersionComparator] = []
        if !low.numbers.isEmpty {
            result.append(VersionComparator(.atLeast, low.filled, isPrerelease: low.isPrerelease))
        }
        if high.isWhole {
            result.append(VersionComparator(.atMost, high.numbers, isPrerelease: high.isPrerelease))
        } else if !high.numbers.isEmpty {
            result.append(VersionComparator(.below, high.next, isPrerelease: true))
        }
        return result
    }

    /// The comparators that are separated by spaces; `nil` if one of them is not valid.
    private static func comparators(of text: Substring) -> [VersionComparator]? {
        var result: [VersionComparator] = []
        for word in joined(text).split(separator: " ") {
            guard let found = comparators(ofWord: word) else { return nil }
            result += found
        }
        return result
    }

    /// The text without the spaces after operators, so that `>= 1` becomes `>=1`.
    private static func joined(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let character = rest.first {
            result.append(character)
            rest = rest.dropFirst()
            guard "<>=~^".contains(character) else { continue }
            if character == "<" || character == ">", rest.first == "=" {
                result.append("=")
                rest = rest.dropFirst()
            }
            let following = rest.drop { $0 == " " }
            let version = following.drop { "v= ".contains($0) }
            let isOperand = version.first.map { $0.isDigit || "xX*".contains($0) } ?? false
            if isOperand, character != "~", character != "^" {
                // The text between operator and version is kept, with its spaces.
                result += following[..<version.startIndex]
                rest = version
            } else if character == "~" || character == "^" || result.hasSuffix("~>") {
                rest = following
            }
        }
        return result
    }

    private static func comparators(ofWord word: Substring) -> [VersionComparator]? {
        if word.first == "^" { return PartialVersion(word.dropFirst()).map(caret) }
        if word.first == "~" {
            let version = word.dropFirst()
            return PartialVersion(version.first == ">" ? version.dropFirst() : version).map(tilde)
        }
        let name = ["<=", ">=", "<", ">", "="].first { word.hasPrefix($0) } ?? ""
        guard let version = PartialVersion(word.dropFirst(name.count)) else { return starred(word) }
        guard version.isWhole else { return comparators(name, version) }
        guard version.hasPlainPrefix, let relation = VersionComparator.Relation(rawValue: name) else { return nil }
        return [VersionComparator(relation, version.numbers, isPrerelease: version.isPrerelease)]
    }

    /// The comparators of a word with a star before them, which has no meaning; `nil` for any other word.
    private static func starred(_ word: Substring) -> [VersionComparator]? {
        guard let star = word.firstIndex(of: "*") else { return nil }
        var before = word[..<star]
        if before.last == "=" { before = before.dropLast() }
        if before.last == "<" || before.last == ">" { before = before.dropLast() }
        let rest = before + word[star...].dropFirst()
        guard !rest.contains("*"), rest.first != "^", rest.first != "~" else { return nil }
        let found = comparators(ofWord: rest)
        let version = PartialVersion(rest.drop { "<>=".contains($0) })
        return version?.isWhole == true ? found : nil
    }

    private static func comparators(_ name: String, _ version: PartialVersion) -> [VersionComparator] {
        guard !version.numbers.isEmpty else {
            return name == "<" || name == ">" ? [VersionComparator(.below, [0, 0, 0], isPrerelease: true)] : []
        }
        switch name {
        case "<": return [VersionComparator(.below, version.filled, isPrerelease: true)]
        case "<=": return [VersionComparator(.below, version.next, isPrerelease: true)]
        case ">": return [VersionComparator(.atLeast, version.next)]
        case ">=": return [VersionComparator(.atLeast, version.filled)]
        default:
            return [
                VersionComparator(.atLeast, version.filled),
                VersionComparator(.below, version.next, isPrerelease: true),
            ]
        }
    }

    /// The range of versions with the same major number, which is not 0.
    private static func caret(_ version: PartialVersion) -> [VersionComparator] {
        guard !version.numbers.isEmpty else { return [] }
        let fixed = version.numbers.firstIndex { $0 > 0 } ?? version.numbers.count - 1
        return range(from: version, fixed: fixed + 1)
    }

    /// The range of versions with the same major and minor numbers.
    private static func tilde(_ version: PartialVersion) -> [VersionComparator] {
        version.numbers.isEmpty ? [] : range(from: version, fixed: min(version.numbers.count, 2))
    }

    private static func range(from version: PartialVersion, fixed: Int) -> [VersionComparator] {
        [
            VersionComparator(.atLeast, version.filled, isPrerelease: version.isPrerelease),
            VersionComparator(.below, PartialVersion.next(Array(version.numbers.prefix(fixed))), isPrerelease: true),
        ]
    }
}

extension Substring {
    /// The text without white space around it.
    fileprivate var trimmed: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text = text.dropLast() }
        return text
    }
}

extension Character {
    /// Whether the character is an ASCII digit.
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
