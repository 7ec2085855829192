import ConfigurationValues
package import OrderedJSON

/// A writer of the rules of a library as JSON Schema (draft 7), for editors and other validators.
///
/// A value has the same verdict from the written schema as from ``SchemaValidator``, which converts values as Ajv does.
/// So the schema allows what would be converted: `"30"` and `[30]` for a number, a scalar for a list of scalars, and `null`
/// for a property that is not set. It also allows a string with a variable in each place, since editors see files
/// before variables are resolved.
package struct JSONSchemaWriter {
    /// What is added to the rules of a library, by path.
    ///
    /// A path is the name of a rule, and the properties that lead to the value, separated by dots. Items and alternatives
    /// of a value have its path; a key that matches a pattern is `*`.
    package struct Additions {
        /// Members of the schema of a value, such as `description` and `default`.
        package var annotations: [String: OrderedMap<JSONValue>] = [:]
        /// Properties that a mapping may have, too.
        package var properties: [String: OrderedMap<JSONValue>] = [:]
        /// Other forms that a value may have.
        package var forms: [String: [JSONValue]] = [:]
        /// Rules that replace those of the library, by their names.
        package var rules: [String: JSONValue] = [:]

        /// Makes additions that add nothing.
        package init() {}
    }

    /// The name of the definition for a string with a variable.
    static let variable = "variable"
    /// The name of the definition for a value that is not set, or is a string with a variable.
    static let unset = "unset"
    /// A string that contains a variable, such as `${self:custom.name}`, but not `${AWS::Region}` of CloudFormation.
    package static let variablePattern = #"\$\{\s*[A-Za-z][A-Za-z0-9_-]*(\(|:(?!:))"#

    private var library: SchemaLibrary
    private let additions: Additions
    private var definitions = OrderedMap<JSONValue>()
    private var waiting: [String] = []
    /// The paths of all values in the rules that were written.
    package private(set) var paths: Set<String> = []

    /// Makes a writer of the rules of a library.
    package init(_ library: SchemaLibrary, _ additions: Additions = Additions()) {
        self.library = library
        self.additions = additions
    }

    /// The schema of a rule, with the definitions of all rules that it refers to.
    package mutating func schema(of name: String) -> OrderedMap<JSONValue> {
        definitions[Self.variable] = ["type": "string", "pattern": .string(Self.variablePattern)]
        definitions[Self.unset] = ["type": ["string", "null"], "pattern": .string(Self.variablePattern)]
        var root = rule(library.schema(name), at: name)
        while let next = waiting.popLast() {
            guard definitions[Self.definition(next)] == nil else { continue }
            definitions[Self.definition(next)] = .null
            definitions[Self.definition(next)] =
                additions.rules[next] ?? .object(rule(library.schema(next), at: next))
        }
        root["definitions"] = .object(OrderedMap(definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        return root
    }

    /// The name of a rule in `definitions`, which needs no escapes in a reference.
    static func definition(_ name: String) -> String { name.replacing(" ", with: "-") }

    /// A reference to a definition.
    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/definitions/\(definition(name))")] }

    // MARK: Rules

    /// The schema of a value, before it is adapted to its place.
    mutating func rule(_ schema: Schema, at path: String) -> OrderedMap<JSONValue> {
        paths.insert(path)
        let parts = schema.parts
        var result = OrderedMap<JSONValue>()
        if let name = parts.reference {
            waiting.append(name)
            result["$ref"] = .string("#/definitions/\(Self.definition(name))")
            return result
        }
        switch parts.type {
        case .string?: result = ScalarSchema(parts).string
        case .number?, .integer?: result = ScalarSchema(parts).number
        case .boolean?: result = ScalarSchema(parts).boolean
        case .array?: result = list(parts, at: path)
        case .object?: result["type"] = "object"
        case nil:
            if let allowed = parts.allowed { result[allowed.count == 1 ? "const" : "enum"] = Self.constant(allowed) }
            if let pattern = parts.pattern { result["pattern"] = .string(pattern.portableSource) }
        }
        addMembers(of: parts, at: path, to: &result)
        if !parts.anyOf.isEmpty { result["anyOf"] = .array(alternatives(parts.anyOf, at: path)) }
        if !parts.oneOf.isEmpty { result["oneOf"] = .array(parts.oneOf.map { .object(rule($0, at: path)) }) }
        if !parts.allOf.isEmpty { result["allOf"] = .array(parts.allOf.map { .object(rule($0, at: path)) }) }
        return result
    }

    private static func constant(_ allowed: [JSONValue]) -> JSONValue {
        if allowed.count == 1, let only = allowed.first { return only }
        return .array(allowed)
    }

    private mutating func alternatives(_ schemas: [Schema], at path: String) -> [JSONValue] {
        var result: [JSONValue] = []
        var hasScalar = false
        for schema in schemas {
            let value: JSONValue = .object(rule(schema, at: path))
            result.append(value)
            let isScalar = startsWithScalar(schema)
            // An alternative for scalars takes a single item out of its list, also for the alternatives after it.
            if hasScalar, !isScalar { result.append(ScalarSchema.listOfOne(value)) }
            hasScalar = hasScalar || isScalar
        }
        return result
    }

    /// Whether a rule, or its first alternative, is for a scalar.
    private mutating func startsWithScalar(_ schema: Schema) -> Bool {
        if let name = schema.parts.reference { return startsWithScalar(library.schema(name)) }
        if let type = schema.parts.type { return type != .object && type != .array }
        return schema.parts.anyOf.first.map { startsWithScalar($0) } ?? false
    }

    // MARK: Mappings

    private mutating func addMembers(of parts: Schema.Parts, at path: String, to result: inout OrderedMap<JSONValue>) {
        let needed = parts.required
        if !needed.isEmpty { result["required"] = .array(needed.map { .string($0) }) }
        var properties = OrderedMap<JSONValue>()
        for (name, schema) in parts.properties {
            let isRequired = needed.contains(name) || parts.hasOneKey
            properties[name] = member(schema, at: "\(path).\(name)", isRequired: isRequired)
        }
        for name in needed where parts.properties[name] == nil { properties[name] = ["not": ["type": "null"]] }
        if parts.isClosed || !properties.isEmpty {
            for (name, schema) in additions.properties[path] ?? [:] where properties[name] == nil {
                properties[name] = schema
            }
        }
        if !properties.isEmpty { result["properties"] = .object(properties) }
        var patterns = OrderedMap<JSONValue>()
        for (pattern, schema) in parts.patternProperties {
            patterns[pattern.portableSource] = member(schema, at: path + ".*", isRequired: false)
        }
        if !patterns.isEmpty { result["patternProperties"] = .object(patterns) }
        if let other = parts.otherProperties {
            result["additionalProperties"] = member(other, at: path + ".*", isRequired: false)
        } else if parts.isClosed {
            result["additionalProperties"] = false
        }
        if let names = parts.propertyNames { result["propertyNames"] = .object(ScalarSchema(names.parts).key) }
        addCounts(of: parts, to: &result)
        for (name, others) in parts.dependencies {
            var dependencies = result["dependencies"]?.objectValue ?? [:]
            dependencies[name] = .array(others.map { .string($0) })
            result["dependencies"] = .object(dependencies)
        }
        if !parts.forbidden.isEmpty {
            let present = parts.forbidden.map { name -> JSONValue in
                ["required": [.string(name)], "properties": .object([name: ["not": ["type": "null"]]])]
            }
            result["not"] = ["type": "object", "anyOf": .array(present)]
        }
    }

    private func addCounts(of parts: Schema.Parts, to result: inout OrderedMap<JSONValue>) {
        if parts.hasOneKey {
            result["minProperties"] = 1
            result["maxProperties"] = 1
        }
        guard let count = parts.propertyCount else { return }
        let names = parts.properties.keys
        if count == 0...1, parts.isClosed, names.count == 2 {
            // Only properties that are set count.
            let areSet: JSONValue = ["not": ["type": "null"]]
            result["not"] = [
                "required": .array(names.map { .string($0) }),
                "properties": .object(OrderedMap(names.map { ($0, areSet) })),
            ]
            return
        }
        if count.lowerBound > 0 { result["minProperties"] = .number(Double(count.lowerBound)) }
        if count.upperBound < .max { result["maxProperties"] = .number(Double(count.upperBound)) }
    }

    /// The schema of a member of a mapping, which may be a variable, and `null` unless it is required.
    private mutating func member(_ schema: Schema, at path: String, isRequired: Bool) -> JSONValue {
        var result = adapted(rule(schema, at: path), mayBeUnset: !isRequired)
        if result.isEmpty, isRequired { result["not"] = ["type": "null"] }
        for form in additions.forms[path] ?? [] { result = Self.either(result, form) }
        var annotated = additions.annotations[path] ?? [:]
        for (key, value) in result { annotated[key] = value }
        return .object(annotated)
    }

    /// The schema of a value that may also be a string with a variable.
    private func adapted(_ schema: OrderedMap<JSONValue>, mayBeUnset: Bool) -> OrderedMap<JSONValue> {
        if schema.isEmpty { return schema }
        var schema = schema
        if ScalarSchema.accepts(variables: &schema) {
            if mayBeUnset, case .array(let types)? = schema["type"], !types.contains("null") {
                schema["type"] = .array(types + ["null"])
            }
            return schema
        }
        return Self.either(schema, Self.reference(mayBeUnset ? Self.unset : Self.variable))
    }

    /// The schema of a value that has one of two forms.
    private static func either(_ schema: OrderedMap<JSONValue>, _ other: JSONValue) -> OrderedMap<JSONValue> {
        let known = schema.count == 1 ? schema["anyOf"]?.arrayValue : nil
        return ["anyOf": .array((known ?? [.object(schema)]) + [other])]
    }

    // MARK: Lists

    private mutating func list(_ parts: Schema.Parts, at path: String) -> OrderedMap<JSONValue> {
        var result: OrderedMap<JSONValue> = ["type": "array"]
        let count = parts.items ?? 0...Int.max
        if count.lowerBound > 0 { result["minItems"] = .number(Double(count.lowerBound)) }
        if count.upperBound < .max { result["maxItems"] = .number(Double(count.upperBound)) }
        if parts.isUnique { result["uniqueItems"] = true }
        let item = parts.item.map { rule($0, at: path) }
        if !parts.tuple.isEmpty {
            result["items"] = .array(
                parts.tuple.map { .object(adapted(rule($0, at: path), mayBeUnset: false)) }
            )
            if let item { result["additionalItems"] = .object(adapted(item, mayBeUnset: false)) }
        } else if let item {
            let mayBeNull = parts.item.map { ScalarSchema($0.parts).acceptsNull } ?? false
            result["items"] = .object(adapted(item, mayBeUnset: mayBeNull))
        }
        guard count.contains(1), parts.tuple.isEmpty, parts.item?.parts.type != .object else { return result }
        let scalars: JSONValue = ["string", "number", "boolean"]
        var single: OrderedMap<JSONValue> = ["type": scalars]
        if let item, item != ScalarSchema(Schema.Parts()).string { single["allOf"] = [.object(item)] }
        return ["anyOf": [.object(result), .object(single)]]
    }
}
