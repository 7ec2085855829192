import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import SchemaValidation

extension SchemaIssue {
    /// The issue as it is told to the user.
    func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
        let subject = path.isEmpty ? "the configuration" : "'\(path.joined(separator: "."))'"
        return Diagnostic(severity, "\(subject) \(Self.complaint(of: problem))", at: place, help: help)
    }

    private static func complaint(of problem: Problem) -> String {
        switch problem {
        case .type(let type, let found): "must be \(name(of: type)), found \(text(of: found))"
        case .value(let allowed, let found):
            "must be \(choice(of: allowed, nearestTo: found)), found \(text(of: found))"
        case .pattern(let pattern, let found):
            pattern.words.map { "must be \($0), found '\(found)'" }
                ?? "is '\(found)', which does not fit the pattern /\(pattern.source)/"
        case .format(let format, let found): "must be \(format.name), found '\(found)'"
        case .number(let range, let found): "must be \(text(of: range)), found \(JSONWriter.text(of: found))"
        case .length(let range, let found): "must have \(text(of: range)) characters, found \(found)"
        case .itemCount(let range, let found): "must have \(text(of: range)) items, found \(found)"
        case .propertyCount(let range, let found): "must have \(text(of: range)) properties, found \(found)"
        case .repeatedItem: "must not hold the same item twice"
        case .unknownProperty(let name, _): "has the unknown property '\(name)'"
        case .key(let name, .pattern(let pattern, _)):
            "has the key '\(name)', which "
                + (pattern.words.map { "must be \($0)" } ?? "does not fit the pattern /\(pattern.source)/")
        case .key(let name, let problem): "has the key '\(name)', which \(complaint(of: problem))"
        case .missingProperty(let name): "lacks the property '\(name)'"
        case .missingChoice(let groups): "needs \(alternatives(groups.map { quoted($0).joined(separator: " with ") }))"
        case .companionMissing(let name, let other): "needs the property '\(name)' beside '\(other)'"
        case .propertyNotAllowed(let name): "must not have the property '\(name)' here"
        case .noAlternative(let expected, let found, _):
            "must be \(alternatives(words(of: expected))), found \(text(of: found))"
        case .severalAlternatives: "fits several forms of which only one may be used"
        case .unknownEvent(let name, _): "is an event of the unknown source '\(name)'"
        case .notOneKey(let keys) where keys.isEmpty: "is an event without a source"
        case .notOneKey(let keys): "must have one source, found \(quoted(keys).joined(separator: ", "))"
        }
    }

    private var help: [String] {
        switch problem {
        case .unknownProperty(let name, let known), .unknownEvent(let name, let known):
            if let near = NearestNames.nearest(to: name, among: known) { return [NearestNames.question(near)] }
            return path == ["resources"] ? ["what belongs to a template's resources stands below 'Resources'"] : []
        case .value(let allowed, let found):
            guard let text = found.string else { return [] }
            return NearestNames.help(for: text, among: allowed.compactMap(\.stringValue))
        case .notOneKey(let keys) where keys.count > 1:
            return ["give each event an item of its own; mind the indentation of its settings"]
        default: return []
        }
    }

    /// What a type is called.
    private static func name(of type: Schema.ValueType) -> String {
        switch type {
        case .string: "text"
        case .number: "a number"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .array: "a list"
        case .object: "a map"
        }
    }

    /// The alternatives in words, each once; where any string fits, none that is a string itself.
    private static func words(of expected: [Alternative]) -> [String] {
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
        case .pattern(let pattern): pattern.words ?? "text like /\(pattern.source)/"
        case .map(let keys) where keys.contains { $0 == "Ref" || $0.hasPrefix("Fn::") }: "an intrinsic function"
        case .map(let keys): "a map with \(keys.prefix(4).joined(separator: ", "))"
        }
    }

    /// The values that are allowed; of many, those nearest to the one found.
    private static func choice(of allowed: [JSONValue], nearestTo found: ConfigurationValue) -> String {
        guard allowed.count > 1 else { return allowed.first.map(text(of:)) ?? "absent" }
        let names = allowed.compactMap(\.stringValue)
        guard allowed.count > 8, names.count == allowed.count, let text = found.string else {
            return "one of \(allowed.map(text(of:)).joined(separator: ", "))"
        }
        let nearest = NearestNames.ordered(names, nearestTo: text).prefix(5)
        return "one of \(quoted(Array(nearest)).joined(separator: ", ")) … (\(allowed.count) in all)"
    }

    private static func alternatives(_ texts: [String]) -> String {
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "absent" }
        return "\(texts.dropLast().joined(separator: ", ")) or \(last)"
    }

    private static func quoted(_ names: [String]) -> [String] { names.map { "'\($0)'" } }

    /// A value as messages show it: scalars as they are, the rest by kind.
    private static func text(of node: ConfigurationValue) -> String {
        switch node.content {
        case .list: "a list"
        case .map: "a map"
        default: text(of: node.json)
        }
    }

    /// A value in quotation marks or as JSON writes it, cut where it is long.
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
    /// What texts of this pattern are, in words; `nil` for patterns that are seldom met.
    ///
    /// The words must say all that the pattern asks for.
    var words: String? {
        switch source {
        case "^arn:": "an ARN (arn:…)"
        case "^[a-zA-Z0-9-_]+$": "letters, digits, '-' and '_' only"
        case "^[a-zA-Z0-9-]+$": "letters, digits and '-' only"
        case "^[a-zA-Z0-9]{1,255}$": "letters and digits only, at most 255"
        case "^[A-Za-z_][a-zA-Z0-9_]*$": "letters, digits and '_' only, no digit first"
        case "^[a-zA-Z][0-9a-zA-Z-]+$": "letters, digits and '-' only, a letter first, at least two"
        case "^[A-Z0-9_]+$": "capital letters, digits and '_' only"
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
            "'rate(5 minutes)', 'rate(1 hour)' or the like, or a 'cron(…)' with six fields"
        default: nil
        }
    }
}

extension StringFormat {
    /// What a text of this form is called.
    var name: String {
        switch self {
        case .uri: "an address with its scheme, such as https://example.com/path"
        case .dateTime: "a date with a time, such as 2030-01-31T00:00:00Z"
        }
    }
}
