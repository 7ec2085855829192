import ConfigurationValues
import Diagnostics
import OrderedJSON

/// The tags that a configuration may contain: YAML's own, and CloudFormation's short forms.
enum YAMLTag {
    /// The functions that have a short form; `Ref` and `Condition` have the same name in the long form.
    static let functions: Set<String> = [
        "And", "Base64", "Cidr", "Condition", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join",
        "Not", "Or", "Ref", "Select", "Split", "Sub",
    ]

    /// Applies the tag of an event to its value.
    ///
    /// - Throws: ``YAMLError`` if the tag is unknown or does not fit the value.
    static func apply(
        _ event: YAMLEvent,
        to node: ConfigurationValue,
        place: SourcePlace
    ) throws(YAMLError) -> ConfigurationValue {
        guard let tag = event.tag else { return node }
        if tag == "!" {
            // This tag makes a scalar a string, except for an empty one, which is `null`.
            guard case .scalar(text: "", _, style: .plain) = event.kind else { return node }
            return ConfigurationValue(.null, at: place)
        }
        if let type = tag.suffix(after: "tag:yaml.org,2002:") {
            guard let content = standard(type, node) else {
                throw YAMLError(.tagDoesNotFit("!!\(type)"), line: event.line, column: event.column)
            }
            return ConfigurationValue(content, at: place)
        }
        guard tag.utf8.first == UInt8(ascii: "!"), functions.contains(String(tag.dropFirst())) else {
            throw YAMLError(.unknownTag(tag), line: event.line, column: event.column)
        }
        let name = tag.dropFirst()
        var argument = node
        if case .scalar(text: "", _, style: .plain) = event.kind { argument.content = .null }
        if name == "GetAtt", let text = argument.string { argument.content = attribute(text, at: place) }
        let key = name == "Ref" || name == "Condition" ? String(name) : "Fn::\(name)"
        argument.keyPlace = place
        return ConfigurationValue(.map([key: argument]), at: place)
    }

    /// The list of `Resource` and `Attribute` for `Resource.Attribute`; the attribute may contain more dots.
    private static func attribute(_ text: String, at place: SourcePlace) -> ConfigurationValue.Content {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let attribute = parts.count > 1 ? String(parts[1]) : ""
        return .list([
            ConfigurationValue(.string(String(parts[0])), at: place), ConfigurationValue(.string(attribute), at: place),
        ])
    }

    /// The value as one of YAML's own types; `nil` if it does not fit, or the type is unknown.
    private static func standard(_ type: Substring, _ node: ConfigurationValue) -> ConfigurationValue.Content? {
        switch (type, node.content) {
        case ("str", .string), ("seq", .list), ("map", .map), ("binary", .string), ("omap", .list), ("pairs", .list),
            ("set", .map):
            return node.content
        case ("null", .string(let text)): return YAMLScalar.content(of: text).isNull ? .null : nil
        case ("bool", .string(let text)):
            guard case .bool(let value) = YAMLScalar.content(of: text) else { return nil }
            return .bool(value)
        case ("int", .string(var text)): return text.withUTF8 { YAMLScalar.integer($0) }.map { .number($0) }
        case ("float", .string(var text)):
            return text.withUTF8 { YAMLScalar.float($0) ?? YAMLScalar.integer($0) }.map { .number($0) }
        case ("timestamp", .string(var text)):
            return text.withUTF8 { bytes in
                if YAMLScalar.isDate(bytes) { return .string(String(decoding: bytes, as: UTF8.self)) }
                return YAMLScalar.instant(bytes).map { .string($0) }
            }
        default: return nil
        }
    }
}

extension ConfigurationValue.Content {
    /// Whether the content is `null`.
    fileprivate var isNull: Bool {
        guard case .null = self else { return false }
        return true
    }
}

extension String {
    /// The part after a prefix; `nil` if the string does not start with it.
    func suffix(after prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
