/// A range of semantic versions as npm's semver reads it, such as `^3.1 || >=2.70 <3`.
struct VersionRange {
    /// Major, minor, patch.
    typealias Version = [Int]

    /// The alternatives; a version is in the range where it is in one of them.
    private let alternatives: [[ClosedOpen]]

    /// A part of the versions: from `lower` on, up to and without `upper`.
    private struct ClosedOpen {
        var lower: Version = [0, 0, 0]
        var upper: Version?
    }

    /// Reads a range, `nil` where it is none.
    init?(_ text: String) {
        var alternatives: [[ClosedOpen]] = []
        for part in text.split(separator: "||", omittingEmptySubsequences: false) {
            guard let all = Self.comparators(part.split(whereSeparator: \.isWhitespace).map(String.init)) else {
                return nil
            }
            alternatives.append(all)
        }
        self.alternatives = alternatives
    }

    /// Whether a version is in the range.
    func contains(_ version: Version) -> Bool {
        alternatives.contains { all in
            all.allSatisfy { part in
                !version.lexicographicallyPrecedes(part.lower)
                    && part.upper.map { version.lexicographicallyPrecedes($0) } ?? true
            }
        }
    }

    private static func comparators(_ words: [String]) -> [ClosedOpen]? {
        var words = words
        // `>= 1.2` is one comparator.
        for index in words.indices.reversed()
        where [">", "<", ">=", "<=", "=", "^", "~"].contains(words[index]) && index + 1 < words.count {
            words[index] += words.remove(at: index + 1)
        }
        if words.count == 3, words[1] == "-" {
            guard let low = partial(words[0]), let high = partial(words[2]) else { return nil }
            return [ClosedOpen(lower: filled(low), upper: high.isEmpty ? nil : next(high))]
        }
        var result: [ClosedOpen] = []
        for word in words {
            guard let part = comparator(word) else { return nil }
            result.append(part)
        }
        return result
    }

    private static func comparator(_ word: String) -> ClosedOpen? {
        let name = ["<=", ">=", "~>", "<", ">", "=", "^", "~"].first { word.hasPrefix($0) } ?? ""
        guard let version = partial(String(word.dropFirst(name.count))) else { return nil }
        let lower = filled(version)
        if version.isEmpty { return name == "<" || name == ">" ? ClosedOpen(upper: [0, 0, 0]) : ClosedOpen() }
        switch name {
        case "<": return ClosedOpen(upper: lower)
        case "<=": return ClosedOpen(upper: next(version))
        case ">": return ClosedOpen(lower: next(version))
        case ">=": return ClosedOpen(lower: lower)
        case "~", "~>": return ClosedOpen(lower: lower, upper: next(Array(version.prefix(2))))
        case "^":
            let fixed = version.firstIndex { $0 > 0 } ?? version.count - 1
            return ClosedOpen(lower: lower, upper: next(Array(version[...fixed])))
        default: return ClosedOpen(lower: lower, upper: next(version))
        }
    }

    /// The numbers that a version gives, fewer than three where the rest is left open; `nil` where it is no version.
    private static func partial(_ text: String) -> Version? {
        let text = text.drop { $0 == "v" || $0 == "=" }
        let core = text.prefix { $0 != "-" && $0 != "+" }
        if core.isEmpty { return text.isEmpty ? [] : nil }
        var numbers: Version = []
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 3 else { return nil }
        for part in parts {
            if ["x", "X", "*"].contains(part) { return numbers }
            guard part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private static func filled(_ version: Version) -> Version {
        version + Array(repeating: 0, count: 3 - version.count)
    }

    /// The first version after all that begin with some numbers.
    private static func next(_ version: Version) -> Version {
        guard let last = version.last else { return [Int.max, 0, 0] }
        return filled(version.dropLast() + [last + 1])
    }
}
