import ConfigurationValues
import Diagnostics
import OrderedJSON

extension SchemaValidator {
    /// Checks a value against alternatives.
    ///
    /// A conversion by one alternative stays for those after it, even if that alternative fails in the end, as in
    /// Ajv. So the order of alternatives decides what a number becomes.
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
            issues += nearest(failed) ?? [noAlternative(start, alternatives, failed)]
        } else if isExclusive, fitting > 1 {
            add(.severalAlternatives, at: start)
        }
    }

    /// The issues of the alternative that the value was most likely meant for; `nil` if several are equally likely.
    ///
    /// Alternatives of another type are dropped first, then those with another constant in a member, then those whose
    /// issues are less deep.
    private func nearest(_ failed: [[SchemaIssue]]) -> [SchemaIssue]? {
        var candidates = failed
        if candidates.count > 1 { candidates.removeAll(where: isOfOtherType) }
        if candidates.count > 1 {
            let alike = candidates.filter { issues in
                !issues.contains { $0.isOtherConstant && $0.path.count == path.count + 1 }
            }
            if !alike.isEmpty { candidates = alike }
        }
        if candidates.count > 1 {
            let depths = candidates.map { $0.map(\.path.count).max() ?? 0 }
            let deepest = depths.max() ?? 0
            candidates = zip(candidates, depths).filter { $0.1 == deepest }.map(\.0)
        }
        return candidates.count == 1 ? candidates.first : nil
    }

    private func isOfOtherType(_ issues: [SchemaIssue]) -> Bool {
        issues.count == 1 && issues[0].isTypeMismatch && issues[0].path.count == path.count
    }

    private mutating func noAlternative(
        _ node: ConfigurationValue,
        _ alternatives: [Schema],
        _ failed: [[SchemaIssue]]
    ) -> SchemaIssue {
        let groups = failed.compactMap { missingProperties($0) }
        if groups.count == failed.count, !groups.isEmpty {
            // If every other group contains the smallest one, its property is missing in any case.
            let least = groups.min { $0.count < $1.count } ?? []
            let isCommon = groups.allSatisfy { Set(least).isSubset(of: $0) }
            return issue(isCommon && least.count == 1 ? .missingProperty(least[0]) : .missingChoice(groups), node)
        }
        let values = alternatives.flatMap { allowedValues(of: $0) ?? [.null] }
        if !values.contains(.null) { return issue(.value(allowed: values, found: node), node) }
        let expected = alternatives.flatMap { forms(of: $0, depth: 0) }
        let isOther = failed.allSatisfy(isOfOtherType)
        return issue(.noAlternative(expected, found: node, isOfOtherType: isOther), node)
    }

    private func issue(_ problem: SchemaIssue.Problem, _ node: ConfigurationValue) -> SchemaIssue {
        SchemaIssue(problem: problem, path: path, place: node.place)
    }

    /// The properties that an alternative requires; `nil` if it has other issues.
    private func missingProperties(_ issues: [SchemaIssue]) -> [String]? {
        var names: [String] = []
        for issue in issues {
            guard case .missingProperty(let name) = issue.problem, issue.path.count == path.count else { return nil }
            names.append(name)
        }
        return names.isEmpty ? nil : names
    }

    /// The values that an alternative lists; `nil` if it is another kind of rule.
    private mutating func allowedValues(of schema: Schema) -> [JSONValue]? {
        guard let reference = schema.parts.reference else { return schema.parts.allowed }
        return allowedValues(of: library.schema(reference))
    }

    /// What an alternative, or the alternatives that it refers to, allow.
    private mutating func forms(of schema: Schema, depth: Int) -> [SchemaIssue.Alternative] {
        let parts = schema.parts
        if let reference = parts.reference {
            return depth > 8 ? [] : forms(of: library.schema(reference), depth: depth + 1)
        }
        if parts.type == nil, !parts.anyOf.isEmpty { return parts.anyOf.flatMap { forms(of: $0, depth: depth + 1) } }
        if let allowed = parts.allowed { return allowed.map { .value($0) } }
        if let pattern = parts.pattern { return [.pattern(pattern)] }
        guard let type = parts.type else { return [] }
        if type == .object {
            let keys = parts.required.isEmpty ? parts.properties.keys : parts.required
            if !keys.isEmpty { return [.map(keys: keys)] }
        }
        return [.type(type)]
    }
}
