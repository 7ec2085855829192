import ConfigurationValues

/// A pattern in JavaScript's regular expression notation, as far as configuration schemas use it.
///
/// It knows alternatives, groups, classes, the quantifiers `* + ? {m,n}`, anchors and lookahead, and matches by
/// backtracking over UTF-16 units (ECMA-262, section "RegExp (Regular Expression) Objects"). Captures are not kept. A
/// matcher of our own starts in microseconds, where a general engine takes longer than a whole `print`.
package struct RegularExpression: Sendable {
    /// Why a text is no pattern.
    package struct ParseError: Error, Hashable {
        /// The text.
        package let source: String
        /// The offset in UTF-16 units at which it cannot go on.
        package let offset: Int
    }

    /// A step of a pattern.
    indirect enum Element: Sendable {
        case set(CharacterSet)
        case start
        case end
        case group([[Element]])
        case lookahead([[Element]], negated: Bool)
        case repeated(Element, minimum: Int, maximum: Int, isGreedy: Bool)
    }

    /// A set of UTF-16 units.
    struct CharacterSet: Sendable {
        var ranges: [ClosedRange<UInt16>] = []
        var isNegated = false

        func contains(_ unit: UInt16) -> Bool {
            for range in ranges where range.contains(unit) { return !isNegated }
            return isNegated
        }
    }

    /// The pattern as it was written.
    package let source: String
    private let alternatives: [[Element]]
    private let ignoresCase: Bool

    /// Parses a pattern.
    ///
    /// - Parameters:
    ///   - source: the pattern, without delimiters.
    ///   - ignoresCase: whether ASCII letters of either case are alike.
    /// - Throws: ``ParseError`` for what the notation does not know.
    package init(parsing source: String, ignoresCase: Bool = false) throws(ParseError) {
        self.source = source
        self.ignoresCase = ignoresCase
        var parser = RegularExpressionParser(source, ignoresCase: ignoresCase)
        alternatives = try parser.parse()
    }

    /// Whether the pattern matches anywhere in a text.
    package func matches(_ text: String) -> Bool {
        var units = Array(text.utf16)
        if ignoresCase { units = units.map(Self.lowercased) }
        for start in 0...units.count {
            if Self.match(alternatives: alternatives, units, start, then: { _ in true }) { return true }
            if alternatives.allSatisfy({ if case .start? = $0.first { true } else { false } }) { return false }
        }
        return false
    }

    static func lowercased(_ unit: UInt16) -> UInt16 {
        (0x41...0x5A).contains(unit) ? unit + 0x20 : unit
    }

    private static func match(
        alternatives: [[Element]],
        _ units: [UInt16],
        _ position: Int,
        then next: (Int) -> Bool
    ) -> Bool {
        alternatives.contains { match($0[...], units, position, then: next) }
    }

    private static func match(
        _ elements: ArraySlice<Element>,
        _ units: [UInt16],
        _ position: Int,
        then next: (Int) -> Bool
    ) -> Bool {
        guard let element = elements.first else { return next(position) }
        let rest = elements.dropFirst()
        switch element {
        case .set(let set):
            guard position < units.count, set.contains(units[position]) else { return false }
            return match(rest, units, position + 1, then: next)
        case .start: return position == 0 && match(rest, units, position, then: next)
        case .end: return position == units.count && match(rest, units, position, then: next)
        case .group(let alternatives):
            return match(alternatives: alternatives, units, position) { match(rest, units, $0, then: next) }
        case .lookahead(let alternatives, let isNegated):
            let isThere = match(alternatives: alternatives, units, position) { _ in true }
            return isThere != isNegated && match(rest, units, position, then: next)
        case .repeated(.set(let set), let minimum, let maximum, let isGreedy):
            return match(set: set, minimum...maximum, isGreedy, units, position) { match(rest, units, $0, then: next) }
        case .repeated(let body, let minimum, let maximum, let isGreedy):
            return match(body, minimum...maximum, isGreedy, units, position) { match(rest, units, $0, then: next) }
        }
    }

    /// Matches a repeated set without recursion, so that long texts need no deep stack.
    private static func match(
        set: CharacterSet,
        _ count: ClosedRange<Int>,
        _ isGreedy: Bool,
        _ units: [UInt16],
        _ position: Int,
        then next: (Int) -> Bool
    ) -> Bool {
        var longest = position
        while longest < units.count, longest - position < count.upperBound, set.contains(units[longest]) {
            longest += 1
        }
        guard longest - position >= count.lowerBound else { return false }
        let ends = (position + count.lowerBound)...longest
        return isGreedy ? ends.reversed().contains(where: next) : ends.contains(where: next)
    }

    private static func match(
        _ body: Element,
        _ count: ClosedRange<Int>,
        _ isGreedy: Bool,
        _ units: [UInt16],
        _ position: Int,
        then next: (Int) -> Bool
    ) -> Bool {
        func more() -> Bool {
            guard count.upperBound > 0 else { return false }
            let remaining = max(count.lowerBound - 1, 0)...(count.upperBound == .max ? .max : count.upperBound - 1)
            return match([body], units, position) { end in
                // A round that takes nothing would go on forever.
                guard end > position || count.lowerBound > 0 else { return false }
                return match(body, remaining, isGreedy, units, end, then: next)
            }
        }
        if count.lowerBound > 0 { return more() }
        return isGreedy ? more() || next(position) : next(position) || more()
    }
}
