import HostSystem
import OrderedJSON

/// Holds values against a schema, and converts them on the way as ``Coercion`` says.
struct SchemaValidator {
    private var library = SchemaLibrary()
    private var path: [String] = []
    private var issues: [SchemaIssue] = []

    init() {}

    /// Holds a configuration against the rule of a name.
    ///
    /// - Returns: the configuration with values converted, and what is wrong with it.
    mutating func validate(_ root: Node, as name: String) -> (root: Node, issues: [SchemaIssue]) {
        issues = []
        let converted = check(root, library.schema(name))
        return (converted ?? root, issues)
    }

    /// Checks one value and adds to the issues; the converted value, or `nil` where nothing was converted.
    private mutating func check(_ node: Node, _ schema: Schema) -> Node? {
        let parts = schema.parts
        guard parts.isNew else { return checkKnown(node, parts) }
        let before = issues.count
        let converted = checkKnown(node, parts)
        for index in before..<issues.count { issues[index].isOfNewProperty = true }
        return converted
    }

    private mutating func checkKnown(_ node: Node, _ parts: Schema.Parts) -> Node? {
        if let reference = parts.reference { return check(node, library.schema(reference)) }
        var current = node
        var isChanged = false
        if let type = parts.type, !Coercion.has(node, type) {
            guard let converted = Coercion.convert(node, to: type) else {
                add(.type(type, found: node), at: node)
                return nil
            }
            current = converted
            isChanged = true
        }
        checkScalar(current, parts)
        if let changed = checkParts(of: current, parts) {
            current = changed
            isChanged = true
        }
        for alternatives in [(parts.anyOf, false), (parts.oneOf, true)] where !alternatives.0.isEmpty {
            if let changed = check(current, alternatives.0, isExclusive: alternatives.1) {
                current = changed
                isChanged = true
            }
        }
        for part in parts.allOf {
            guard let changed = check(current, part) else { continue }
            current = changed
            isChanged = true
        }
        return isChanged ? current : nil
    }

    private mutating func checkScalar(_ node: Node, _ parts: Schema.Parts) {
        if let allowed = parts.allowed, !allowed.contains(node.json) {
            add(.value(allowed: allowed, found: node), at: node)
        }
        if let text = node.string {
            if let lengths = parts.lengths, !lengths.contains(text.unicodeScalars.count) {
                add(.length(lengths, found: text.unicodeScalars.count), at: node)
            }
            if let pattern = parts.pattern, !pattern.matches(text) { add(.pattern(pattern, found: text), at: node) }
        }
        if let number = node.number, let range = parts.numbers, !range.contains(number) {
            add(.number(range, found: number), at: node)
        }
    }

    private mutating func checkParts(of node: Node, _ parts: Schema.Parts) -> Node? {
        switch node.content {
        case .list(let items): checkItems(items, of: node, parts)
        case .map(let members):
            parts.hasOneKey ? checkEvent(members, of: node, parts) : checkMembers(members, of: node, parts)
        default: nil
        }
    }

    private mutating func checkItems(_ items: [Node], of node: Node, _ parts: Schema.Parts) -> Node? {
        if let range = parts.items, !range.contains(items.count) {
            add(.itemCount(range, found: items.count), at: node)
        }
        if parts.isUnique, Set(items).count < items.count { add(.repeatedItem, at: node) }
        guard parts.item != nil || !parts.tuple.isEmpty else { return nil }
        var changed: [Node]?
        for (index, item) in items.enumerated() {
            guard let schema = index < parts.tuple.count ? parts.tuple[index] : parts.item else { continue }
            path.append(String(index))
            if let converted = check(item, schema) {
                if changed == nil { changed = items }
                changed?[index] = converted
            }
            path.removeLast()
        }
        return changed.map { Node(.list($0), at: node.place, keyAt: node.keyPlace) }
    }

    private mutating func checkMembers(_ members: OrderedMap<Node>, of node: Node, _ parts: Schema.Parts) -> Node? {
        let count = members.values.count { !$0.isNull }
        if let range = parts.propertyCount, !range.contains(count) {
            add(.propertyCount(range, found: count), at: node)
        }
        for name in parts.required where node[name] == nil { add(.missingProperty(name), at: node) }
        for name in parts.forbidden where node[name] != nil { add(.propertyNotAllowed(name), at: node) }
        for (name, needed) in parts.dependencies where node[name] != nil {
            for other in needed where node[other] == nil { add(.companionMissing(other, of: name), at: node) }
        }
        var changed: OrderedMap<Node>?
        for (key, value) in members where !value.isNull {
            if let names = parts.propertyNames { _ = check(Node(.string(key), at: value.keyPlace), names) }
            let schemas = self.schemas(of: key, value, in: parts)
            for schema in schemas {
                path.append(key)
                if let converted = check(changed?[key] ?? value, schema) {
                    if changed == nil { changed = members }
                    changed?[key] = converted
                }
                path.removeLast()
            }
        }
        return changed.map { Node(.map($0), at: node.place, keyAt: node.keyPlace) }
    }

    /// The rules for a member; a member that none is for is an issue where no other is allowed.
    private mutating func schemas(of key: String, _ value: Node, in parts: Schema.Parts) -> [Schema] {
        var result: [Schema] = []
        if let schema = parts.properties[key] { result.append(schema) }
        for (pattern, schema) in parts.patternProperties where pattern.matches(key) { result.append(schema) }
        if result.isEmpty {
            if let other = parts.otherProperties { return [other] }
            if parts.isClosed {
                let fault: SchemaIssue.Fault =
                    path == ["functions"] ? .unfitName(key) : .unknownProperty(key, known: parts.properties.keys)
                issues.append(SchemaIssue(fault: fault, path: path, place: value.keyPlace ?? value.place))
            }
        }
        return result
    }

    /// An event has one key, which names its source; only that source's rule is held against it.
    private mutating func checkEvent(_ members: OrderedMap<Node>, of node: Node, _ parts: Schema.Parts) -> Node? {
        let set = members.filter { !$0.value.isNull }
        guard set.count == 1, let (key, value) = set.first else {
            add(.notOneKey(set.map(\.key)), at: node)
            return nil
        }
        guard let schema = parts.properties[key] else {
            let fault = SchemaIssue.Fault.unknownEvent(key, known: parts.properties.keys)
            issues.append(SchemaIssue(fault: fault, path: path, place: value.keyPlace ?? node.place))
            return nil
        }
        path.append(key)
        defer { path.removeLast() }
        guard let converted = check(value, schema) else { return nil }
        var changed = members
        changed[key] = converted
        return Node(.map(changed), at: node.place, keyAt: node.keyPlace)
    }

    /// Holds a value against alternatives.
    ///
    /// A conversion that one alternative makes stays for those after it, even where that one fails in the end, as it
    /// does in Ajv; so the order of alternatives decides what a number becomes.
    private mutating func check(_ node: Node, _ alternatives: [Schema], isExclusive: Bool) -> Node? {
        let before = issues
        var current = node
        var isChanged = false
        var failed: [[SchemaIssue]] = []
        var fitting = 0
        for schema in alternatives {
            issues = []
            if let changed = check(current, schema) {
                current = changed
                isChanged = true
            }
            if issues.isEmpty {
                fitting += 1
                if !isExclusive { break }
            } else {
                failed.append(issues)
            }
        }
        issues = before
        if fitting == 0 {
            issues += Self.nearest(failed, path: path) ?? [noAlternative(node, alternatives, failed)]
        } else if isExclusive, fitting > 1 {
            add(.severalAlternatives, at: node)
        }
        return isChanged ? current : nil
    }

    /// The issues of the one alternative that the value was most likely meant to be.
    ///
    /// Alternatives of another type are left out, then those whose issues lie less deep; `nil` where several remain.
    private static func nearest(_ failed: [[SchemaIssue]], path: [String]) -> [SchemaIssue]? {
        var candidates = failed
        if candidates.count > 1 {
            candidates.removeAll { $0.count == 1 && $0[0].isTypeMismatch && $0[0].path.count == path.count }
        }
        if candidates.count > 1 {
            let depths = candidates.map { $0.map(\.path.count).max() ?? 0 }
            let deepest = depths.max() ?? 0
            candidates = zip(candidates, depths).filter { $0.1 == deepest }.map(\.0)
        }
        return candidates.count == 1 ? candidates.first : nil
    }

    private mutating func noAlternative(
        _ node: Node,
        _ alternatives: [Schema],
        _ failed: [[SchemaIssue]]
    ) -> SchemaIssue {
        var expected: [String] = []
        for schema in alternatives {
            for text in forms(of: schema, depth: 0) where !expected.contains(text) { expected.append(text) }
        }
        let isOfOtherType = failed.allSatisfy {
            $0.count == 1 && $0[0].isTypeMismatch && $0[0].path.count == path.count
        }
        return SchemaIssue(fault: .noAlternative(expected, isOfOtherType: isOfOtherType), path: path, place: node.place)
    }

    /// What may stand at a place, in words, for an alternative or for the alternatives that it refers to.
    private mutating func forms(of schema: Schema, depth: Int) -> [String] {
        let parts = schema.parts
        if let reference = parts.reference {
            return depth > 8 ? [] : forms(of: library.schema(reference), depth: depth + 1)
        }
        if parts.type == nil, !parts.anyOf.isEmpty { return parts.anyOf.flatMap { forms(of: $0, depth: depth + 1) } }
        if let allowed = parts.allowed { return allowed.map { JSONWriter().text(of: $0) } }
        if let pattern = parts.pattern { return ["text like /\(pattern.source)/"] }
        guard let type = parts.type else { return [] }
        if type == .object {
            let keys = parts.required.isEmpty ? parts.properties.keys : parts.required
            if keys.contains(where: { $0 == "Ref" || $0.hasPrefix("Fn::") }) { return ["an intrinsic function"] }
            if !keys.isEmpty { return ["a map with \(keys.prefix(4).joined(separator: ", "))"] }
        }
        return [SchemaIssue.name(of: type)]
    }

    private mutating func add(_ fault: SchemaIssue.Fault, at node: Node) {
        issues.append(SchemaIssue(fault: fault, path: path, place: node.place))
    }
}
