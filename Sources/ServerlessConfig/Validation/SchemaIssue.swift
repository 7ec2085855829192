import HostSystem
import OrderedJSON

/// A value of a configuration that its schema does not allow.
struct SchemaIssue {
    /// What is wrong with the value.
    indirect enum Fault {
        case type(Schema.ValueType, found: Node)
        case value(allowed: [JSONValue], found: Node)
        case pattern(TextPattern, found: String)
        case format(TextFormat, found: String)
        case number(ClosedRange<Double>, found: Double)
        case length(ClosedRange<Int>, found: Int)
        case itemCount(ClosedRange<Int>, found: Int)
        case propertyCount(ClosedRange<Int>, found: Int)
        case repeatedItem
        case unknownProperty(String, known: [String])
        case unfitName(String)
        /// Something is wrong with a key of the map.
        case key(String, Fault)
        case missingProperty(String)
        case companionMissing(String, of: String)
        case propertyNotAllowed(String)
        /// No alternative fits; whether because the value has another type than all of them.
        case noAlternative([String], isOfOtherType: Bool)
        case severalAlternatives
        case unknownEvent(String, known: [String])
        case notOneKey([String])
    }

    let fault: Fault
    /// The keys and indexes that lead to the value.
    let path: [String]
    let place: SourcePlace?
    /// Whether the value belongs to a property that came after Serverless 3.
    var isOfNewProperty = false

    /// The issue with a key, told of the map that holds it.
    func ofKey(_ key: String) -> SchemaIssue {
        SchemaIssue(fault: .key(key, fault), path: path, place: place, isOfNewProperty: isOfNewProperty)
    }

    /// Whether the value is simply of another type than this rule is about.
    var isTypeMismatch: Bool {
        switch fault {
        case .type: true
        case .noAlternative(_, let isOfOtherType): isOfOtherType
        default: false
        }
    }

    /// Whether a plugin that this program does not run might have made the property or the event known.
    var mayBeOfPlugin: Bool {
        switch fault {
        case .unknownProperty, .unknownEvent: true
        default: false
        }
    }

    /// The issue as it is told to the user.
    func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
        Diagnostic(severity, "\(subject) \(complaint)", at: place, help: help)
    }

    private var subject: String { path.isEmpty ? "the configuration" : "'\(path.joined(separator: "."))'" }

    private var complaint: String { Self.complaint(of: fault) }

    private static func complaint(of fault: Fault) -> String {
        switch fault {
        case .type(let type, let found): "must be \(Self.name(of: type)), found \(Self.text(of: found))"
        case .value(let allowed, let found) where allowed.count == 1:
            "must be \(Self.text(of: allowed[0])) where it is set, found \(Self.text(of: found))"
        case .value(let allowed, let found):
            "must be one of \(allowed.map(Self.text(of:)).joined(separator: ", ")), found \(Self.text(of: found))"
        case .pattern(let pattern, let found): "is '\(found)', which does not fit the pattern /\(pattern.source)/"
        case .format(let format, let found): "must be \(format.name), found '\(found)'"
        case .number(let range, let found): "must be \(Self.text(of: range)), found \(JSONWriter.text(of: found))"
        case .length(let range, let found): "must have \(Self.text(of: range)) characters, found \(found)"
        case .itemCount(let range, let found): "must have \(Self.text(of: range)) items, found \(found)"
        case .propertyCount(let range, let found): "must have \(Self.text(of: range)) properties, found \(found)"
        case .repeatedItem: "must not hold the same item twice"
        case .unknownProperty(let name, _): "has the unknown property '\(name)'"
        case .unfitName(let name): "has the name '\(name)', which may hold letters, digits, '-' and '_' only"
        case .key(let name, .pattern(let pattern, _)):
            "has the key '\(name)', which does not fit the pattern /\(pattern.source)/"
        case .key(let name, let fault): "has the key '\(name)', which \(complaint(of: fault))"
        case .missingProperty(let name): "lacks the property '\(name)'"
        case .companionMissing(let name, let other): "needs the property '\(name)' beside '\(other)'"
        case .propertyNotAllowed(let name): "must not have the property '\(name)' here"
        case .noAlternative(let expected, _): "has none of the forms it may have: \(expected.joined(separator: "; "))"
        case .severalAlternatives: "fits several forms of which only one may be used"
        case .unknownEvent(let name, _): "is an event of the unknown source '\(name)'"
        case .notOneKey(let keys) where keys.isEmpty: "is an event without a source"
        case .notOneKey(let keys):
            "must have one source, found \(keys.map { "'\($0)'" }.joined(separator: ", "))"
        }
    }

    private var help: [String] {
        switch fault {
        case .unknownProperty(let name, let known), .unknownEvent(let name, let known):
            NearestNames.nearest(to: name, among: known).map { ["did you mean '\($0)'?"] } ?? []
        case .value(let allowed, let found):
            (found.string.flatMap { NearestNames.nearest(to: $0, among: allowed.compactMap(\.stringValue)) })
                .map { ["did you mean '\($0)'?"] } ?? []
        case .notOneKey(let keys) where keys.count > 1:
            ["give each event an item of its own; mind the indentation of its settings"]
        default: []
        }
    }

    static func name(of type: Schema.ValueType) -> String {
        switch type {
        case .string: "text"
        case .number: "a number"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .array: "a list"
        case .object: "a map"
        }
    }

    /// A value as messages show it: scalars as they are, the rest by kind.
    static func text(of node: Node) -> String {
        switch node.content {
        case .list: "a list"
        case .map: "a map"
        default: text(of: node.json)
        }
    }

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
