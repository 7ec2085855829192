import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import SchemaValidation

extension SchemaIssue {
    /// The diagnostic that reports the issue, without its ``help``.
    func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
        let subject = path.isEmpty ? "the configuration" : "'\(path.joined(separator: "."))'"
        return Diagnostic(
            severity,
            Self.code(of: problem),
            "\(subject) \(Self.complaint(of: problem))",
            at: place
        )
    }

    private static func code(of problem: Problem) -> DiagnosticCode {
        switch problem {
        case .type, .noAlternative: .invalidType
        case .value: .invalidValue
        case .pattern, .format: .invalidFormat
        case .number, .length, .itemCount, .propertyCount: .valueOutOfRange
        case .repeatedItem: .duplicateItem
        case .unknownProperty: .unknownProperty
        case .key: .invalidKey
        case .missingProperty, .missingChoice, .companionMissing: .missingProperty
        case .propertyNotAllowed, .severalAlternatives: .conflictingProperties
        case .unknownEvent: .unknownEvent
        case .notOneKey: .invalidEvent
        }
    }

    /// What is wrong, as the end of a sentence about the value.
    static func complaint(of problem: Problem) -> String {
        switch problem {
        case .type(let type, let found): "must be \(name(of: type)), found \(text(of: found))"
        case .value(let allowed, let found):
            "must be \(choice(of: allowed, nearestTo: found)), found \(text(of: found))"
        case .pattern(let pattern, let found):
            pattern.words == nil
                ? "must match /\(pattern.source)/, found \(text(of: .string(found)))"
                : "has the invalid value \(text(of: .string(found)))"
        case .format(_, let found): "has the invalid value \(text(of: .string(found)))"
        case .number(let range, let found): "must be \(text(of: range)), found \(JSONWriter.text(of: found))"
        case .length(let range, 0) where range.lowerBound == 1: "must not be empty"
        case .length(let range, let found): "must have \(text(of: range)) characters, found \(found)"
        case .itemCount(let range, let found): "must have \(text(of: range)) items, found \(found)"
        case .propertyCount(let range, let found): "must have \(text(of: range)) properties, found \(found)"
        case .repeatedItem: "must not contain the same item twice"
        case .unknownProperty(let name, _): "has the unknown property '\(name)'"
        case .key(let name, .pattern(let pattern, _)):
            "has the key '\(name)', which "
                + (pattern.words.map { "must be \($0)" } ?? "must match /\(pattern.source)/")
        case .key(let name, let problem): "has the key '\(name)', which \(complaint(of: problem))"
        case .missingProperty(let name): "lacks the property '\(name)'"
        case .missingChoice(let groups): "needs \(alternatives(groups.map { quoted($0).joined(separator: " and ") }))"
        case .companionMissing(let name, let other): "needs the property '\(name)', because '\(other)' is set"
        case .propertyNotAllowed(let name): "must not have the property '\(name)' here"
        case .noAlternative(let expected, let found, _):
            "must be \(alternatives(words(of: expected))), found \(text(of: found))"
        case .severalAlternatives: "matches several alternatives, of which only one is allowed"
        case .unknownEvent(let name, _): "has the unknown source '\(name)'"
        case .notOneKey(let keys) where keys.isEmpty: "has no source"
        case .notOneKey(let keys): "must have one source, found \(quoted(keys).joined(separator: ", "))"
        }
    }

    /// The name of a type in messages.
    static func name(of type: Schema.ValueType) -> String {
        switch type {
        case .string: "a string"
        case .number: "a number"
        case .integer: "an integer"
        case .boolean: "true or false"
        case .array: "a list"
        case .object: "a mapping"
        }
    }

    /// The descriptions of alternatives, each once; strings in quotes are omitted if any string is allowed.
    static func words(of expected: [Alternative]) -> [String] {
        var texts: [String] = []
        for alternative in expected {
            let text = words(of: alternative)
            if !texts.contains(text) { texts.append(text) }
        }
        if texts.contains(name(of: .string)) { texts.removeAll { $0.hasPrefix("'") } }
        return texts
    }

    private static func words(of alternative: Alternative) -> String {
        switch alternative {
        case .type(let type): name(of: type)
        case .value(let value): text(of: value)
        case .pattern(let pattern): pattern.words ?? "a string that matches /\(pattern.source)/"
        case .map(let keys) where keys.contains { $0 == "Ref" || $0.hasPrefix("Fn::") }: "an intrinsic function"
        case .map(let keys): "a mapping with \(keys.prefix(4).joined(separator: ", "))"
        }
    }

    /// The allowed values; of many, those that are most similar to the value found.
    private static func choice(of allowed: [JSONValue], nearestTo found: ConfigurationValue) -> String {
        guard allowed.count > 1 else { return allowed.first.map(text(of:)) ?? "absent" }
        let names = allowed.compactMap(\.stringValue)
        guard allowed.count > 8, names.count == allowed.count, let text = found.string else {
            return "one of \(allowed.map(text(of:)).joined(separator: ", "))"
        }
        let nearest = NearestNames.ordered(names, nearestTo: text).prefix(5)
        return "one of \(quoted(Array(nearest)).joined(separator: ", ")) … (\(allowed.count) in all)"
    }

    static func alternatives(_ texts: [String]) -> String {
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "absent" }
        return "\(texts.dropLast().joined(separator: ", ")) or \(last)"
    }

    private static func quoted(_ names: [String]) -> [String] { names.map { "'\($0)'" } }

    /// A value in messages: scalars as they are, lists and mappings by their type.
    private static func text(of node: ConfigurationValue) -> String {
        switch node.content {
        case .list: "a list"
        case .map: "a mapping"
        default: text(of: node.json)
        }
    }

    /// A value in quotes, or as JSON; a long string is shortened.
    private static func text(of value: JSONValue) -> String {
        guard let text = value.stringValue else { return JSONWriter().text(of: value) }
        return "'\(text.count > 60 ? text.prefix(57) + "..." : text[...])'"
    }

    private static func text(of range: ClosedRange<Int>) -> String {
        if range.upperBound == .max { return "at least \(range.lowerBound)" }
        if range.lowerBound == 0 { return "at most \(range.upperBound)" }
        return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func text(of range: ClosedRange<Double>) -> String {
        let (low, high) = (JSONWriter.text(of: range.lowerBound), JSONWriter.text(of: range.upperBound))
        if range.upperBound == .infinity { return "at least \(low)" }
        return range.lowerBound == -.infinity ? "at most \(high)" : "\(low) to \(high)"
    }
}

extension RegularExpression {
    /// The description of the strings that match; `nil` for rare expressions.
    ///
    /// The description must be complete.
    var words: String? {
        switch source {
        case "^arn:": "an ARN (arn:…)"
        case "^[a-zA-Z0-9-_]+$": "made of letters, digits, '-' and '_'"
        case "^[a-zA-Z0-9-]+$": "made of letters, digits and '-'"
        case "^[a-zA-Z0-9]{1,255}$": "at most 255 letters and digits"
        case "^[A-Za-z_][a-zA-Z0-9_]*$": "made of letters, digits and '_', and not start with a digit"
        case "^[a-zA-Z][0-9a-zA-Z-]+$": "at least two letters, digits and '-', starting with a letter"
        case "^[A-Z0-9_]+$": "made of capital letters, digits and '_'"
        case #"^\d{3}$"#: "three digits"
        case #"^\d{12}$"#: "twelve digits"
        case #"^(?:\*|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY)$"#,
            #"^(?:\*|ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE)$"#:
            "an HTTP method (GET, POST, PUT, PATCH, OPTIONS, HEAD, DELETE, ANY) or '*'"
        case #"^(?:\*|(GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY) (\/\S*))$"#,
            #"^(?:\*|(ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE) (\/\S*))$"#:
            "a method and a path such as 'GET /orders', or '*'"
        case #"^(?:\*|\/\S*)$"#: "a path that starts with '/', or '*'"
        case _ where source.hasPrefix(#"^rate\("#):
            "a rate such as 'rate(5 minutes)' or 'rate(1 hour)', or a 'cron(…)' with six fields"
        default: nil
        }
    }
}

extension StringFormat {
    /// The description of strings with the format.
    var name: String {
        switch self {
        case .uri: "a URI with its scheme, such as https://example.com/path"
        case .dateTime: "a date with a time, such as 2030-01-31T00:00:00Z"
        }
    }
}
