/// A version in a range, whose last parts may be open: `3`, `3.x`, `v3.38.0-beta.1+build`.
struct PartialVersion {
    /// The numbers before the first open part.
    let numbers: [Int]
    /// Whether all three numbers are given, with a prerelease tag.
    let isPrerelease: Bool
    /// Whether nothing precedes the version, except for an optional `v`.
    let hasPlainPrefix: Bool

    /// Parses a version; `nil` if the text is not one.
    init?(_ text: Substring) {
        let core = text.drop { "v= ".contains($0) }
        let prefix = text[..<core.startIndex]
        hasPlainPrefix = prefix.isEmpty || prefix == "v"
        var rest = core.unicodeScalars[...]
        var parts: [Int?] = []
        repeat {
            if !parts.isEmpty { rest = rest.dropFirst() }
            guard let part = Self.identifier(&rest) else { return nil }
            parts.append(part)
        } while parts.count < 3 && rest.first == "."
        var hasTag = false
        if parts.count == 3 {
            if rest.first == "-" {
                hasTag = true
                guard Self.identifiers(&rest, isBuild: false) else { return nil }
            }
            if rest.first == "+", !Self.identifiers(&rest, isBuild: true) { return nil }
        }
        guard rest.isEmpty else { return nil }
        numbers = parts.prefix { $0 != nil }.compactMap(\.self)
        isPrerelease = hasTag && numbers.count == 3
    }

    /// Whether all three numbers are given.
    var isWhole: Bool { numbers.count == 3 }

    /// The version with zeros for open parts.
    var filled: [Int] { numbers + Array(repeating: 0, count: 3 - numbers.count) }

    /// The first version after all that start with the given numbers.
    var next: [Int] { Self.next(numbers) }

    /// The first version after all that start with some numbers, of which there must be at least one.
    static func next(_ numbers: [Int]) -> [Int] {
        var result = numbers
        if let last = result.popLast() { result.append(last + 1) }
        return result + Array(repeating: 0, count: 3 - result.count)
    }

    /// A number without leading zeros, or an open part, for which the inner optional is `nil`.
    private static func identifier(_ text: inout Substring.UnicodeScalarView.SubSequence) -> Int?? {
        if let first = text.first, ["x", "X", "*"].contains(first) {
            text = text.dropFirst()
            return .some(nil)
        }
        let digits = text.prefix { ("0"..."9").contains($0) }
        // In `01.2`, parsing would stop after the zero.
        guard !digits.isEmpty, digits.count == 1 || digits.first != "0" else { return nil }
        text = text[digits.endIndex...]
        return .some(min(Int(String(digits)) ?? .max, VersionComparator.largestNumber + 1))
    }

    /// Consumes the sign and the dotted identifiers of a prerelease tag or of build metadata.
    private static func identifiers(_ text: inout Substring.UnicodeScalarView.SubSequence, isBuild: Bool) -> Bool {
        repeat {
            text = text.dropFirst()
            let part = text.prefix { scalar in
                scalar == "-" || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
                    || ("A"..."Z").contains(scalar)
            }
            let isNumber = part.allSatisfy { ("0"..."9").contains($0) }
            guard !part.isEmpty, isBuild || !isNumber || part.count == 1 || part.first != "0" else { return false }
            text = text[part.endIndex...]
        } while text.first == "."
        return true
    }
}

/// A bound of a version range.
struct VersionComparator {
    /// The relations between a version and the bound.
    enum Relation: String {
        case atLeast = ">="
        case above = ">"
        case atMost = "<="
        case below = "<"
        case equal = "="
        case equalWithoutSign = ""
    }

    /// The largest number in a version, which is the largest safe integer of JavaScript.
    static let largestNumber = 9_007_199_254_740_991

    private let relation: Relation
    /// The major, minor and patch numbers of the bound.
    let bound: [Int]
    private let isPrerelease: Bool

    /// Makes a bound; a prerelease precedes the version with the same numbers.
    init(_ relation: Relation, _ bound: [Int], isPrerelease: Bool = false) {
        self.relation = relation
        self.bound = bound
        self.isPrerelease = isPrerelease
    }

    /// Whether all numbers of the bound are in the range that versions allow.
    var isSafe: Bool { bound.allSatisfy { $0 <= Self.largestNumber } }

    /// Whether a version, which is not a prerelease, satisfies the bound.
    func admits(_ version: [Int]) -> Bool {
        let isBelow = version.lexicographicallyPrecedes(bound)
        let isEqual = version == bound && !isPrerelease
        return switch relation {
        case .atLeast: !isBelow
        case .above: !isBelow && !isEqual
        case .atMost: isBelow || isEqual
        case .below: isBelow
        case .equal, .equalWithoutSign: isEqual
        }
    }
}
