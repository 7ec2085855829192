import OrderedJSON

/// A reader of the rule in one line of an outline.
struct SchemaRuleReader {
    /// Whether only one of the alternatives below the line may match.
    private(set) var isOneOf = false
    private var rest: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) { rest = text.drop { $0 == UInt8(ascii: " ") } }

    /// The parts of the rule that are in the line itself.
    mutating func parts() -> Schema.Parts {
        var parts = Schema.Parts()
        while true {
            if readValues(into: &parts) || readPattern(into: &parts) { continue }
            guard let word = next() else { return parts }
            switch word {
            case "any", "all": _ = next()
            case "one":
                if next() == "key" { parts.hasOneKey = true } else { isOneOf = true }
            case "closed": parts.isClosed = true
            case "unique": parts.isUnique = true
            case "new": parts.isNew = true
            case "format": parts.format = format()
            case "requires": parts.required = names()
            case "without": parts.forbidden = names()
            case ">=", "<=": Self.limit(&parts.numbers, word[...], Double(number()), -.infinity...Double.infinity)
            case "length>=", "length<=": Self.limit(&parts.lengths, word.suffix(2), number(), 0...Int.max)
            case "items>=", "items<=": Self.limit(&parts.items, word.suffix(2), number(), 0...Int.max)
            case "properties>=", "properties<=":
                Self.limit(&parts.propertyCount, word.suffix(2), number(), 0...Int.max)
            case "→":
                parts.reference = String(decoding: rest, as: UTF8.self)
                return parts
            case "=":
                parts.allowed = Self.values(rest)
                return parts
            default:
                guard let type = Schema.ValueType(rawValue: word) else {
                    preconditionFailure("unknown word in the schema's outline: \(word)")
                }
                parts.type = type
            }
        }
    }

    /// Reads the list of allowed values `{…}`; returns `false` if there is none at the position.
    private mutating func readValues(into parts: inout Schema.Parts) -> Bool {
        guard rest.first == UInt8(ascii: "{"), let end = rest.lastIndex(of: UInt8(ascii: "}")) else { return false }
        parts.allowed = Self.values(rest[..<end].dropFirst())
        rest = rest[rest.endIndex...]
        return true
    }

    /// Reads `/pattern/` with its flag, but not the limits of length after it; returns `false` if there is none.
    private mutating func readPattern(into parts: inout Schema.Parts) -> Bool {
        guard rest.first == UInt8(ascii: "/") else { return false }
        let limits = Array(" length".utf8)
        let end = rest.indices.first { rest[$0...].starts(with: limits) } ?? rest.endIndex
        let literal = rest[..<end]
        guard let close = literal.lastIndex(of: UInt8(ascii: "/")), close > literal.startIndex else {
            preconditionFailure("no pattern in the schema's outline: \(String(decoding: rest, as: UTF8.self))")
        }
        let source = String(decoding: literal[..<close].dropFirst(), as: UTF8.self)
        parts.pattern = Self.pattern(source, ignoresCase: literal[close...].count == 2)
        rest = rest[end...].drop { $0 == UInt8(ascii: " ") }
        return true
    }

    private mutating func names() -> [String] {
        var result: [String] = []
        while let word = next() {
            let isMore = word.last == ","
            result.append(isMore ? String(word.dropLast()) : word)
            if !isMore { break }
        }
        return result
    }

    private mutating func format() -> StringFormat {
        guard let word = next(), let format = StringFormat(rawValue: word) else {
            preconditionFailure("no form of texts in the schema's outline")
        }
        return format
    }

    private mutating func number() -> Int {
        guard let word = next(), let value = Int(word) else {
            preconditionFailure("a number is missing in the schema's outline")
        }
        return value
    }

    private mutating func next() -> String? {
        guard !rest.isEmpty else { return nil }
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest[word.endIndex...].drop { $0 == UInt8(ascii: " ") }
        return String(decoding: word, as: UTF8.self)
    }

    private static func limit<Bound: Comparable>(
        _ range: inout ClosedRange<Bound>?,
        _ side: Substring,
        _ bound: Bound,
        _ all: ClosedRange<Bound>
    ) {
        let known = range ?? all
        range = side == ">=" ? bound...known.upperBound : known.lowerBound...bound
    }

    /// The regular expression of a source that is part of the program.
    static func pattern(_ source: String, ignoresCase: Bool) -> RegularExpression {
        do { return try RegularExpression(parsing: source, ignoresCase: ignoresCase) } catch {
            preconditionFailure("no pattern in the schema's outline: \(source), at \(error.offset)")
        }
    }

    /// The JSON values of a list without its brackets.
    static func values(_ text: ArraySlice<UInt8>) -> [JSONValue] {
        let list = [UInt8(ascii: "[")] + text + [UInt8(ascii: "]")]
        guard let values = (try? JSONValue(parsing: list))?.arrayValue else {
            preconditionFailure("no values in the schema's outline: \(String(decoding: text, as: UTF8.self))")
        }
        return values
    }
}
