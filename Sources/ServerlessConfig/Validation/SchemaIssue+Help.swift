import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import SchemaValidation

extension SchemaIssue {
    /// What solves the problem, the most likely remedy first.
    var help: [String] {
        switch problem {
        case .unknownProperty(let name, let known), .unknownEvent(let name, let known):
            if let near = NearestNames.nearest(to: name, among: known) { return [NearestNames.question(near)] }
            if !path.isEmpty, Self.propertiesOfService.contains(name) {
                return ["write '\(name)' at the start of a line: it is a property of the service"]
            }
            if path == ["resources"] { return ["put the resources of the template below 'Resources'"] }
            return ["remove it, or use one of \(Self.some(known))"]
        case .value(let allowed, let found):
            guard let text = found.string else { return ["use one of these values"] }
            return NearestNames.help(
                for: text,
                among: allowed.compactMap(\.stringValue),
                else: ["use one of these values"]
            )
        case .notOneKey(let keys) where keys.count > 1:
            return ["write each event as its own item, and indent its settings"]
        case .notOneKey: return ["name the source of the event, such as 'httpApi: GET /path'"]
        case .type(.object, let found) where isEvent:
            guard let name = found.string, name.allSatisfy({ $0.isLetter || $0.isNumber }) else {
                return [Self.remedy(.object, found)]
            }
            return ["write the settings of the event after its name, as '\(name): …'"]
        case .type(let type, let found): return [Self.remedy(type, found)]
        case .noAlternative(let expected, let found, _):
            if let pair = Self.pairWithoutSpace(found) { return [pair] }
            return ["write the value as \(Self.alternatives(Self.words(of: expected)))"]
        case .pattern(let pattern, _):
            guard let words = pattern.words else { return ["change the value, so that it matches the expression"] }
            return [words.hasPrefix("a ") || words.hasPrefix("an ") ? "write \(words)" : "use a value that is \(words)"]
        case .format(let format, _): return ["write \(format.name)"]
        case .key(let name, .pattern(let pattern, _)):
            return ["rename '\(name)'" + (pattern.words.map { "; a key must be \($0)" } ?? "")]
        case .key(let name, _): return ["rename '\(name)'"]
        case .number(let range, let found):
            return [
                found > range.upperBound
                    ? "use \(JSONWriter.text(of: range.upperBound)) or less"
                    : "use \(JSONWriter.text(of: range.lowerBound)) or more"
            ]
        case .length(let range, 0) where range.lowerBound == 1: return ["write a value"]
        case .length(let range, let found):
            return [found > range.upperBound ? "shorten the value" : "write a longer value"]
        case .itemCount(let range, let found): return [found > range.upperBound ? "remove items" : "add items"]
        case .propertyCount(let range, let found):
            return [found > range.upperBound ? "remove properties" : "add properties"]
        case .repeatedItem: return ["remove one of the two items"]
        case .missingProperty(let name): return ["add '\(name)'"]
        case .missingChoice(let groups): return ["add \(Self.some(groups.compactMap(\.first)))"]
        case .companionMissing(let name, let other): return ["add '\(name)', or remove '\(other)'"]
        case .propertyNotAllowed(let name): return ["remove '\(name)'"]
        case .severalAlternatives: return ["keep the properties of one alternative"]
        }
    }

    /// Properties that are sometimes indented by mistake, so that they are below another one.
    private static let propertiesOfService: Set<String> = [
        "custom", "frameworkVersion", "functions", "layers", "package", "params", "plugins", "provider", "resources",
        "service", "useDotenv",
    ]

    /// Whether the issue is about an event of a function as a whole.
    private var isEvent: Bool { path.count == 4 && path[0] == "functions" && path[2] == "events" }

    /// The remedy for a value of another type.
    private static func remedy(_ type: Schema.ValueType, _ found: ConfigurationValue) -> String {
        switch type {
        case .object: pairWithoutSpace(found) ?? "write its properties on the lines below it, each as 'key: value'"
        case .array: itemWithoutSpace(found) ?? "write its items on the lines below it, each after '- '"
        case .string:
            found.map != nil || found.list != nil
                ? "write a string" : "write a string; put it in quotation marks if it looks like a number or a boolean"
        case .number, .integer: "write a number without quotation marks and unit"
        case .boolean: "write true or false"
        }
    }

    /// The remedy for `key:value`, which is a string because the space after the colon is missing.
    private static func pairWithoutSpace(_ found: ConfigurationValue) -> String? {
        guard let text = found.string, let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
            return nil
        }
        let (key, value) = (text[..<colon], text[text.index(after: colon)...])
        guard key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }), let first = value.first,
            first != ":", first != "/", text.count < 200, !text.contains("\n")
        else { return nil }
        return "write a space after the ':', as in '\(key): \(value.drop { $0 == " " })'"
    }

    /// The remedy for `-item`, which is a string because the space after the dash is missing.
    private static func itemWithoutSpace(_ found: ConfigurationValue) -> String? {
        guard let text = found.string, text.hasPrefix("-"), text.count > 1 else { return nil }
        return "write a space after the '-' of each item"
    }

    /// Some names of many.
    private static func some(_ names: [String]) -> String {
        let shown = names.prefix(6).map { "'\($0)'" }
        return names.count > shown.count ? shown.joined(separator: ", ") + " …" : alternatives(shown)
    }
}
