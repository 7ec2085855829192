/// A version in a range, of which the last parts may be left open: `3`, `3.x`, `v3.38.0-beta.1+build`.
struct PartialVersion {
    /// The numbers that are given, up to the first open one.
    let numbers: [Int]
    /// Whether the version is given to its last number and has a prerelease tag.
    let isPrerelease: Bool
    /// Whether in front of the version stands nothing but perhaps a `v`.
    let hasPlainPrefix: Bool

    /// Reads a version, `nil` where the text is none.
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

    /// The version with zeros for what is open.
    var filled: [Int] { numbers + Array(repeating: 0, count: 3 - numbers.count) }

    /// The first version after all that begin with the numbers given.
    var next: [Int] { Self.next(numbers) }

    /// The first version after all that begin with some numbers, of which there is at least one.
    static func next(_ numbers: [Int]) -> [Int] {
        var result = numbers
        if let last = result.popLast() { result.append(last + 1) }
        return result + Array(repeating: 0, count: 3 - result.count)
    }

    /// A number without zeros in front, or an open part, which is an inner `nil`.
    private static func identifier(_ text: inout Substring.UnicodeScalarView.SubSequence) -> Int?? {
        if let first = text.first, ["x", "X", "*"].contains(first) {
            text = text.dropFirst()
            return .some(nil)
        }
        let digits = text.prefix { ("0"..."9").contains($0) }
        // The `01` of `01.2` cannot be read on behind its zero.
        guard !digits.isEmpty, digits.count == 1 || digits.first != "0" else { return nil }
        text = text[digits.endIndex...]
        return .some(min(Int(String(digits)) ?? .max, VersionComparator.largestNumber + 1))
    }

    /// Takes the sign and the dotted identifiers of a prerelease tag or of build metadata.
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

/// A bound of a range of versions.
struct VersionComparator {
    /// How versions must stand to the bound.
    enum Relation: String {
        case atLeast = ">="
        case above = ">"
        case atMost = "<="
        case below = "<"
        case equal = "="
        case equalWithoutSign = ""
    }

    /// The largest number that a version may have: the largest whole number that JavaScript counts exactly.
    static let largestNumber = 9_007_199_254_740_991

    private let relation: Relation
    private let bound: [Int]
    private let isPrerelease: Bool

    /// Makes a bound; a prerelease comes before the version that has its numbers.
    init(_ relation: Relation, _ bound: [Int], isPrerelease: Bool = false) {
        self.relation = relation
        self.bound = bound
        self.isPrerelease = isPrerelease
    }

    /// Whether the bound is a version.
    var isSafe: Bool { bound.allSatisfy { $0 <= Self.largestNumber } }

    /// Whether a version, which is no prerelease, is on the right side.
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
