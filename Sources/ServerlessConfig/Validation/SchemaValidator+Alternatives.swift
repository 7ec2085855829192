import OrderedJSON

extension SchemaValidator {
    /// Holds a value against alternatives.
    ///
    /// A conversion that one alternative makes stays for those after it, even where that one fails in the end, as it
    /// does in Ajv; so the order of alternatives decides what a number becomes.
    mutating func check(_ value: inout CheckedValue, _ alternatives: [Schema], isExclusive: Bool) {
        let before = issues
        let start = value.node
        var failed: [[SchemaIssue]] = []
        var fitting = 0
        for schema in alternatives {
            issues = []
            check(&value, schema)
            if issues.isEmpty {
                fitting += 1
                if !isExclusive || fitting > 1 { break }
            } else {
                failed.append(issues)
            }
        }
        issues = before
        if fitting == 0 {
            issues += Self.nearest(failed, path: path) ?? [noAlternative(start, alternatives, failed)]
        } else if isExclusive, fitting > 1 {
            add(.severalAlternatives, at: start)
        }
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
}
