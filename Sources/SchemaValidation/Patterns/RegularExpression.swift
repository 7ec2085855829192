import ConfigurationValues

/// A regular expression in JavaScript's notation, as far as schemas of configurations use it.
///
/// Alternatives, groups, classes, the quantifiers `* + ? {m,n}`, anchors and lookahead are supported, and matched by
/// backtracking over UTF-16 units (ECMA-262, section "RegExp (Regular Expression) Objects"); groups do not capture.
/// This matcher starts in microseconds, while a general engine takes longer to start than `print` needs in total.
package struct RegularExpression: Sendable {
    /// The error for a regular expression that is invalid or not supported.
    package struct ParseError: Error, Hashable {
        /// The text of the expression.
        package let source: String
        /// The offset of the error in UTF-16 units.
        package let offset: Int
    }

    /// An element of the expression.
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

    /// The expression as it is written.
    package let source: String
    private let alternatives: [[Element]]
    /// Whether ASCII letters match in either case.
    let ignoresCase: Bool

    /// Parses a regular expression.
    ///
    /// - Parameters:
    ///   - source: the expression, without delimiters.
    ///   - ignoresCase: whether ASCII letters match in either case.
    /// - Throws: ``ParseError`` for a notation that is not supported.
    package init(parsing source: String, ignoresCase: Bool = false) throws(ParseError) {
        self.source = source
        self.ignoresCase = ignoresCase
        var parser = RegularExpressionParser(source, ignoresCase: ignoresCase)
        alternatives = try parser.parse()
    }

    /// Whether the expression matches anywhere in a string.
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

    /// Matches a repeated set without recursion, so that long strings do not need a deep stack.
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
                // A repetition that matches nothing would never end.
                guard end > position || count.lowerBound > 0 else { return false }
                return match(body, remaining, isGreedy, units, end, then: next)
            }
        }
        if count.lowerBound > 0 { return more() }
        return isGreedy ? more() || next(position) : next(position) || more()
    }
}
