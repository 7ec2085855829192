import ConfigurationValues

/// A parser of the notation of ``RegularExpression``.
struct RegularExpressionParser {
    typealias Element = RegularExpression.Element
    typealias CharacterSet = RegularExpression.CharacterSet

    private let source: String
    private let units: [UInt16]
    private let ignoresCase: Bool
    private var position = 0

    init(_ source: String, ignoresCase: Bool) {
        self.source = source
        units = Array(source.utf16)
        self.ignoresCase = ignoresCase
    }

    mutating func parse() throws(RegularExpression.ParseError) -> [[Element]] {
        let result = try alternatives()
        guard position == units.count else { throw error() }
        return result
    }

    private mutating func alternatives() throws(RegularExpression.ParseError) -> [[Element]] {
        var result: [[Element]] = [[]]
        while let unit = peek(), unit != ascii(")") {
            if take("|") {
                result.append([])
                continue
            }
            let element = try quantified(try single())
            result[result.count - 1].append(element)
        }
        return result
    }

    private mutating func single() throws(RegularExpression.ParseError) -> Element {
        if take("^") { return .start }
        if take("$") { return .end }
        if take(".") {
            return .set(CharacterSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true))
        }
        if take("(") { return try group() }
        if take("[") { return .set(try bracket()) }
        if take("\\") { return .set(folded(try escape())) }
        guard let unit = peek(), unit != ascii("*"), unit != ascii("+"), unit != ascii("?") else { throw error() }
        position += 1
        return .set(folded(CharacterSet(ranges: [unit...unit])))
    }

    private mutating func group() throws(RegularExpression.ParseError) -> Element {
        var lookahead: Bool?
        if take("?") {
            if take("=") {
                lookahead = false
            } else if take("!") {
                lookahead = true
            } else if !take(":") {
                throw error()
            }
        }
        let body = try alternatives()
        guard take(")") else { throw error() }
        return lookahead.map { .lookahead(body, negated: $0) } ?? .group(body)
    }

    private mutating func quantified(_ element: Element) throws(RegularExpression.ParseError) -> Element {
        let bounds: (Int, Int)
        if take("*") {
            bounds = (0, .max)
        } else if take("+") {
            bounds = (1, .max)
        } else if take("?") {
            bounds = (0, 1)
        } else if let counted = counts() {
            bounds = counted
        } else {
            return element
        }
        let isGreedy = !take("?")
        guard bounds.0 <= bounds.1 else { throw error() }
        return .repeated(element, minimum: bounds.0, maximum: bounds.1, isGreedy: isGreedy)
    }

    /// The bounds of `{m}`, `{m,}` or `{m,n}`; `nil` for any other text after a brace, which is literal.
    private mutating func counts() -> (Int, Int)? {
        let start = position
        guard take("{"), let minimum = number() else {
            position = start
            return nil
        }
        var maximum = minimum
        if take(",") { maximum = number() ?? .max }
        guard take("}") else {
            position = start
            return nil
        }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        let start = position
        while let unit = peek(), (0x30...0x39).contains(unit) { position += 1 }
        return Int(String(decoding: units[start..<position], as: UTF16.self))
    }

    private mutating func bracket() throws(RegularExpression.ParseError) -> CharacterSet {
        var set = CharacterSet()
        set.isNegated = take("^")
        while !take("]") {
            guard peek() != nil else { throw error() }
            let part = try classPart()
            // A hyphen is a range only between two single characters; in `\w-_` it is a literal.
            if let low = single(part), position + 1 < units.count, peek() == ascii("-"),
                units[position + 1] != ascii("]")
            {
                position += 1
                let upper = try classPart()
                guard let high = single(upper), low <= high else {
                    set.ranges += part.ranges + upper.ranges + [ascii("-")...ascii("-")]
                    continue
                }
                set.ranges.append(low...high)
            } else {
                set.ranges += part.ranges
            }
        }
        return folded(set)
    }

    private mutating func classPart() throws(RegularExpression.ParseError) -> CharacterSet {
        if take("\\") { return try escape() }
        guard let unit = peek() else { throw error() }
        position += 1
        return CharacterSet(ranges: [unit...unit])
    }

    private func single(_ set: CharacterSet) -> UInt16? {
        guard !set.isNegated, set.ranges.count == 1, let range = set.ranges.first, range.count == 1 else { return nil }
        return range.lowerBound
    }

    private mutating func escape() throws(RegularExpression.ParseError) -> CharacterSet {
        guard let unit = peek(), let scalar = Unicode.Scalar(unit) else { throw error() }
        position += 1
        switch scalar {
        case "d": return CharacterSet(ranges: [0x30...0x39])
        case "w": return CharacterSet(ranges: Self.word)
        case "s": return CharacterSet(ranges: Self.space)
        case "D": return CharacterSet(ranges: Self.complement(of: [0x30...0x39]))
        case "W": return CharacterSet(ranges: Self.complement(of: Self.word))
        case "S": return CharacterSet(ranges: Self.complement(of: Self.space))
        case "n": return CharacterSet(ranges: [0x0A...0x0A])
        case "r": return CharacterSet(ranges: [0x0D...0x0D])
        case "t": return CharacterSet(ranges: [0x09...0x09])
        case "x": return try hexadecimal(digits: 2)
        case "u": return try hexadecimal(digits: 4)
        default: return CharacterSet(ranges: [unit...unit])
        }
    }

    private mutating func hexadecimal(digits: Int) throws(RegularExpression.ParseError) -> CharacterSet {
        let end = min(position + digits, units.count)
        guard end - position == digits,
            let value = UInt16(String(decoding: units[position..<end], as: UTF16.self), radix: 16)
        else {
            throw error()
        }
        position = end
        return CharacterSet(ranges: [value...value])
    }

    /// If case is ignored, texts are compared in lower case, so that upper case in a set is converted.
    private func folded(_ set: CharacterSet) -> CharacterSet {
        guard ignoresCase else { return set }
        var result = set
        for range in set.ranges {
            let overlap = range.clamped(to: 0x41...0x5A)
            if range.overlaps(0x41...0x5A) {
                result.ranges.append((overlap.lowerBound + 0x20)...(overlap.upperBound + 0x20))
            }
        }
        return result
    }

    private static let word: [ClosedRange<UInt16>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    private static let space: [ClosedRange<UInt16>] = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]

    /// The UTF-16 units outside of some ascending ranges.
    private static func complement(of ranges: [ClosedRange<UInt16>]) -> [ClosedRange<UInt16>] {
        var result: [ClosedRange<UInt16>] = []
        var next: UInt16 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            guard range.upperBound < .max else { return result }
            next = range.upperBound + 1
        }
        result.append(next...UInt16.max)
        return result
    }

    private func peek() -> UInt16? { position < units.count ? units[position] : nil }

    private func ascii(_ scalar: Unicode.Scalar) -> UInt16 { UInt16(scalar.value) }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == ascii(scalar) else { return false }
        position += 1
        return true
    }

    private func error() -> RegularExpression.ParseError {
        RegularExpression.ParseError(source: source, offset: position)
    }
}
