package import ConfigurationValues
import Diagnostics
import OrderedJSON

/// A validator that checks values against a schema and converts them as ``Coercion`` describes.
package struct SchemaValidator {
    /// The rules of the schema.
    var library: SchemaLibrary
    /// The keys and indexes that lead to the value being checked.
    private(set) var path: [String] = []
    /// The issues found so far.
    var issues: [SchemaIssue] = []

    /// Makes a validator with the rules of a library.
    package init(_ library: SchemaLibrary) { self.library = library }

    /// Checks a configuration against a named rule.
    ///
    /// - Returns: the configuration with converted values, and its issues.
    package mutating func validate(
        _ root: ConfigurationValue,
        as name: String
    ) -> (root: ConfigurationValue, issues: [SchemaIssue]) {
        issues = []
        var value = CheckedValue(root)
        check(&value, library.schema(name))
        return (value.stored, issues)
    }

    /// Checks a value, and adds its issues.
    mutating func check(_ value: inout CheckedValue, _ schema: Schema) {
        let parts = schema.parts
        guard parts.isNew else { return checkKnown(&value, parts) }
        let before = issues.count
        checkKnown(&value, parts)
        for index in before..<issues.count { issues[index].isOfNewProperty = true }
    }

    /// The order of the steps is that of Ajv: the rules for items and members see what alternatives converted.
    private mutating func checkKnown(_ value: inout CheckedValue, _ parts: Schema.Parts) {
        if let reference = parts.reference { return check(&value, library.schema(reference)) }
        if let type = parts.type {
            let found = value.node
            guard value.convert(to: type) else { return add(.type(type, found: found), at: found) }
        }
        checkScalar(value.node, parts)
        if !parts.anyOf.isEmpty { check(&value, parts.anyOf, isExclusive: false) }
        if !parts.oneOf.isEmpty { check(&value, parts.oneOf, isExclusive: true) }
        for part in parts.allOf { check(&value, part) }
        checkParts(of: &value, parts)
    }

    private mutating func checkScalar(_ node: ConfigurationValue, _ parts: Schema.Parts) {
        if let allowed = parts.allowed, node.list != nil || node.map != nil || !allowed.contains(node.json) {
            add(.value(allowed: allowed, found: node), at: node)
        }
        if let text = node.string {
            if let lengths = parts.lengths, !lengths.contains(text.unicodeScalars.count) {
                add(.length(lengths, found: text.unicodeScalars.count), at: node)
            }
            if let pattern = parts.pattern, !pattern.matches(text) { add(.pattern(pattern, found: text), at: node) }
            if let format = parts.format, !format.matches(text) { add(.format(format, found: text), at: node) }
        }
        if let number = node.number, number.isFinite, let range = parts.numbers, !range.contains(number) {
            add(.number(range, found: number), at: node)
        }
    }

    private mutating func checkParts(of value: inout CheckedValue, _ parts: Schema.Parts) {
        switch value.node.content {
        case .list(let items): checkItems(items, of: &value, parts)
        case .map(let members):
            parts.hasOneKey ? checkEvent(members, of: &value, parts) : checkMembers(members, of: &value, parts)
        default: break
        }
    }

    private mutating func checkItems(_ items: [ConfigurationValue], of value: inout CheckedValue, _ parts: Schema.Parts)
    {
        if let range = parts.items, !range.contains(items.count) {
            add(.itemCount(range, found: items.count), at: value.node)
        }
        if parts.isUnique, Set(items).count < items.count { add(.repeatedItem, at: value.node) }
        guard parts.item != nil || !parts.tuple.isEmpty else { return }
        var changed: [ConfigurationValue]?
        for (index, item) in items.enumerated() {
            guard let schema = index < parts.tuple.count ? parts.tuple[index] : parts.item else { continue }
            path.append(String(index))
            if let converted = converted(item, schema) {
                if changed == nil { changed = items }
                changed?[index] = converted
            }
            path.removeLast()
        }
        if let changed { value.update(.list(changed)) }
    }

    /// Checks an item or a member; returns the value to replace it with, `nil` if it stays.
    private mutating func converted(_ node: ConfigurationValue, _ schema: Schema) -> ConfigurationValue? {
        var value = CheckedValue(node)
        check(&value, schema)
        return value.isChanged ? value.stored : nil
    }

    private mutating func checkMembers(
        _ members: OrderedMap<ConfigurationValue>,
        of value: inout CheckedValue,
        _ parts: Schema.Parts
    ) {
        let node = value.node
        let count = members.values.count { !$0.isNull }
        if let range = parts.propertyCount, !range.contains(count) {
            add(.propertyCount(range, found: count), at: node)
        }
        for name in parts.required where node[name] == nil { add(.missingProperty(name), at: node) }
        for name in parts.forbidden where node[name] != nil { add(.propertyNotAllowed(name), at: node) }
        for (name, needed) in parts.dependencies where node[name] != nil {
            for other in needed where node[other] == nil { add(.companionMissing(other, of: name), at: node) }
        }
        var changed: OrderedMap<ConfigurationValue>?
        for (key, member) in members where !member.isNull {
            if let names = parts.propertyNames { check(name: key, of: member, names) }
            for schema in schemas(of: key, member, in: parts) {
                path.append(key)
                if let converted = converted(changed?[key] ?? member, schema) {
                    if changed == nil { changed = members }
                    changed?[key] = converted
                }
                path.removeLast()
            }
        }
        if let changed { value.update(.map(changed)) }
    }

    /// Checks the key of a member.
    private mutating func check(name: String, of member: ConfigurationValue, _ schema: Schema) {
        var value = CheckedValue(ConfigurationValue(.string(name), at: member.keyPlace ?? member.place))
        let before = issues.count
        check(&value, schema)
        for index in before..<issues.count { issues[index] = issues[index].ofKey(name) }
    }

    /// The rules for a member; a member without a rule is an issue if the mapping is closed.
    private mutating func schemas(of key: String, _ value: ConfigurationValue, in parts: Schema.Parts) -> [Schema] {
        var result: [Schema] = []
        if let schema = parts.properties[key] { result.append(schema) }
        for (pattern, schema) in parts.patternProperties where pattern.matches(key) { result.append(schema) }
        if result.isEmpty {
            if let other = parts.otherProperties { return [other] }
            if parts.isClosed {
                let problem = Self.unknown(key, in: parts)
                issues.append(SchemaIssue(problem: problem, path: path, place: value.keyPlace ?? value.place))
            }
        }
        return result
    }

    /// The problem of an unknown key: its format if there is a pattern for keys and no similar name, otherwise the
    /// known names.
    private static func unknown(_ key: String, in parts: Schema.Parts) -> SchemaIssue.Problem {
        guard let (pattern, _) = parts.patternProperties.first,
            NearestNames.nearest(to: key, among: parts.properties.keys) == nil
        else { return .unknownProperty(key, known: parts.properties.keys) }
        return .key(key, .pattern(pattern, found: key))
    }

    /// Checks an event, which has one key that names its source; only the rule of that source applies.
    ///
    /// If there are several keys, their values are converted, too.
    private mutating func checkEvent(
        _ members: OrderedMap<ConfigurationValue>,
        of value: inout CheckedValue,
        _ parts: Schema.Parts
    ) {
        let set = members.filter { !$0.value.isNull }
        let before = issues
        var changed = members
        for (key, member) in set {
            guard let schema = parts.properties[key] else { continue }
            path.append(key)
            if let converted = converted(member, schema) {
                changed[key] = converted
                value.update(.map(changed))
            }
            path.removeLast()
        }
        guard set.count == 1, let (key, member) = set.first else {
            issues = before
            return add(.notOneKey(set.map(\.key)), at: value.node)
        }
        if parts.properties[key] == nil {
            let problem = SchemaIssue.Problem.unknownEvent(key, known: parts.properties.keys)
            issues.append(SchemaIssue(problem: problem, path: path, place: member.keyPlace ?? value.node.place))
        }
    }

    /// Adds an issue of a value.
    mutating func add(_ problem: SchemaIssue.Problem, at node: ConfigurationValue) {
        issues.append(SchemaIssue(problem: problem, path: path, place: node.place))
    }
}
