import ConfigurationValues
import OrderedJSON

/// A part of a configuration that only a plugin uses, so that what is lost without the plugin can be counted.
struct PluginUse: Sendable {
    /// Where the parts are.
    enum Parts: Sendable {
        /// The members of the mapping, or the items of the list, at one of several paths.
        case members([[String]])
        /// The values at a path: a mapping is one, a list has one for each item.
        case values([String])
        /// The functions with a property that is not false.
        case functions(String)
        /// The functions with a property that is `false`.
        case disabledFunctions(String)
        /// The `http` and `httpApi` events with a property that is not false.
        case routes(String)
        /// The functions with one of several handlers.
        case handlers(Set<String>)
        /// The strings that contain another one.
        case strings(containing: String)
    }

    /// Where the parts are.
    let parts: Parts
    /// One of the parts, as a message names it.
    let noun: String
    /// The words before and after the number of parts.
    let before: String
    let after: String
    /// Whether the parts become resources, which a deployment without the plugin deletes.
    let isResource: Bool

    /// Parts that become resources of the template.
    static func resources(_ parts: Parts, _ noun: String) -> Self {
        Self(parts: parts, noun: noun, before: "the template would lack ", after: "", isResource: true)
    }

    /// Parts to which something else happens without the plugin.
    ///
    /// - Parameters:
    ///   - parts: where the parts are.
    ///   - noun: one of the parts.
    ///   - before: the words before the number.
    ///   - after: the words after the noun.
    /// - Returns: the use.
    static func others(_ parts: Parts, _ noun: String, before: String = "", _ after: String) -> Self {
        Self(parts: parts, noun: noun, before: before, after: after, isResource: false)
    }

    /// What a configuration loses; `nil` if it has none of the parts.
    func loss(in root: ConfigurationValue) -> (text: String, note: String?)? {
        let count = count(in: root)
        guard count > 0 else { return nil }
        let text = "\(before)\(count) \(count == 1 ? noun : Self.plural(of: noun))\(after)"
        guard isResource else { return (text, nil) }
        let pronoun = count == 1 ? "it" : "them"
        return (text, "deploying it over a stack that has \(pronoun) deletes \(pronoun)")
    }

    private static func plural(of noun: String) -> String {
        guard noun.last == "y", let before = noun.dropLast().last, !"aeiou".contains(before) else {
            return noun.hasSuffix("s") ? noun + "es" : noun + "s"
        }
        return noun.dropLast() + "ies"
    }

    private func count(in root: ConfigurationValue) -> Int {
        switch parts {
        case .members(let paths):
            paths.map { path in
                let node = Self.node(path, of: root)
                return node?.map?.count ?? node?.list?.count ?? 0
            }
            .reduce(0, +)
        case .values(let path):
            Self.node(path, of: root).map { $0.list?.count ?? 1 } ?? 0
        case .functions(let property):
            Self.functions(of: root).count { $0[property]?.isTruthy == true }
        case .disabledFunctions(let property):
            Self.functions(of: root).count { $0[property]?.isTruthy == false }
        case .routes(let property):
            Self.functions(of: root).flatMap { $0["events"]?.list ?? [] }
                .count { event in
                    ["http", "httpApi"].contains { event[$0]?[property]?.isTruthy == true }
                }
        case .handlers(let handlers):
            Self.functions(of: root).count { $0["handler"]?.string.map(handlers.contains) == true }
        case .strings(let part):
            Self.strings(of: root, containing: part)
        }
    }

    private static func node(_ path: [String], of root: ConfigurationValue) -> ConfigurationValue? {
        var node: ConfigurationValue? = root
        for key in path { node = node?[key] }
        return node.flatMap { $0.isTruthy ? $0 : nil }
    }

    private static func functions(of root: ConfigurationValue) -> [ConfigurationValue] {
        root["functions"]?.map.map { Array($0.values) } ?? []
    }

    private static func strings(of node: ConfigurationValue, containing part: String) -> Int {
        switch node.content {
        case .string(let text): text.contains(part) ? 1 : 0
        case .list(let items): items.map { strings(of: $0, containing: part) }.reduce(0, +)
        case .map(let members): members.values.map { strings(of: $0, containing: part) }.reduce(0, +)
        case .null, .bool, .number: 0
        }
    }
}
