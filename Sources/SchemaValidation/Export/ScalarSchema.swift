import ConfigurationValues
import OrderedJSON

/// The JSON Schema of a rule for scalars, with what ``Coercion`` converts to the type of the rule.
struct ScalarSchema {
    private let parts: Schema.Parts

    init(_ parts: Schema.Parts) { self.parts = parts }

    /// The rule for a key, which is a string.
    var key: OrderedMap<JSONValue> {
        var result = OrderedMap<JSONValue>()
        if let pattern = parts.pattern { result["pattern"] = .string(pattern.portableSource) }
        addLengths(to: &result)
        return result
    }

    /// Whether `null` is converted to a value that the rule accepts: an empty string, zero or `false`.
    var acceptsNull: Bool {
        switch parts.type {
        case .string?: parts.allowed == nil && accepts("")
        case .number?, .integer?: parts.allowed == nil && parts.numbers?.contains(0) ?? true
        case .boolean?: true
        case .array?, .object?, nil: false
        }
    }

    // MARK: Strings

    /// A string, or a number, a boolean or a list with one item that is converted to a string.
    var string: OrderedMap<JSONValue> {
        if let allowed = parts.allowed?.compactMap(\.stringValue) {
            let values = allowed.flatMap(Self.sources)
            let scalar: JSONValue = values.count == 1 ? ["const": values[0]] : ["enum": .array(values)]
            return ["anyOf": [scalar, Self.listOfOne(scalar)]]
        }
        var types: [JSONValue] = ["string"]
        if mayBeNumber { types.append("number") }
        if accepts("true"), accepts("false") { types.append("boolean") }
        var scalar: OrderedMap<JSONValue> = ["type": types.count == 1 ? types[0] : .array(types)]
        if let pattern = parts.pattern { scalar["pattern"] = .string(pattern.portableSource) }
        if let format = parts.format { scalar["format"] = .string(format.rawValue) }
        addLengths(to: &scalar)
        return orListOfOne(scalar)
    }

    /// The values that are converted to a string, besides the string.
    private static func sources(of text: String) -> [JSONValue] {
        var values: [JSONValue] = [.string(text)]
        if !text.isEmpty, let number = JavaScriptNumber.parse(text), JavaScriptNumber.text(of: number) == text {
            values.append(.number(number))
        }
        if ["true", "false"].contains(text) { values.append(.bool(text == "true")) }
        return values
    }

    /// Whether a string has the form that the rule describes.
    private func accepts(_ text: String) -> Bool {
        if let lengths = parts.lengths, !lengths.contains(text.unicodeScalars.count) { return false }
        if let format = parts.format, !format.matches(text) { return false }
        return parts.pattern?.matches(text) ?? true
    }

    /// Whether the text of some number has the form that the rule describes.
    ///
    /// JSON Schema cannot say which numbers match a pattern, so either all are allowed, or none.
    private var mayBeNumber: Bool { ["0", "5", "12", "123", "1.5", "123456789012"].contains(where: accepts) }

    private func addLengths(to result: inout OrderedMap<JSONValue>) {
        guard let lengths = parts.lengths else { return }
        if lengths.lowerBound > 0 { result["minLength"] = .number(Double(lengths.lowerBound)) }
        if lengths.upperBound < .max { result["maxLength"] = .number(Double(lengths.upperBound)) }
    }

    // MARK: Numbers and booleans

    /// A number in the range of the rule, or a string, a boolean or a list with one item that is converted to one.
    var number: OrderedMap<JSONValue> {
        let name: JSONValue = .string(parts.type == .integer ? "integer" : "number")
        if let allowed = parts.allowed {
            let values = allowed + allowed.compactMap { $0.numberValue.map { .string(JavaScriptNumber.text(of: $0)) } }
            return ["anyOf": [["enum": .array(values)], Self.listOfOne(["enum": .array(values)])]]
        }
        let range = parts.numbers ?? -Double.infinity...Double.infinity
        var types: [JSONValue] = [name, "string"]
        if range.contains(1) { types.append("boolean") }
        var scalar: OrderedMap<JSONValue> = ["type": .array(types)]
        if range.lowerBound.isFinite { scalar["minimum"] = .number(range.lowerBound) }
        if range.upperBound.isFinite { scalar["maximum"] = .number(range.upperBound) }
        scalar["pattern"] = .string(NumberPattern(range, isInteger: parts.type == .integer).source)
        if range.contains(1), !range.contains(0) { scalar["not"] = ["const": false] }
        return orListOfOne(scalar)
    }

    /// A boolean, or a string, a number or a list with one item that is converted to one.
    var boolean: OrderedMap<JSONValue> {
        if let allowed = parts.allowed { return ["enum": .array(allowed)] }
        return orListOfOne([
            "type": ["boolean", "string", "integer"], "pattern": "^(true|false)$", "minimum": 0, "maximum": 1,
        ])
    }

    // MARK: Lists and variables

    /// A scalar, or a list whose only item it is; the limits of scalars say nothing about lists.
    private func orListOfOne(_ scalar: OrderedMap<JSONValue>) -> OrderedMap<JSONValue> {
        var result = scalar
        let types = scalar["type"]?.arrayValue ?? [scalar["type"] ?? "string"]
        result["type"] = .array(types + ["array"])
        var item = scalar
        item["type"] = types.count == 1 ? types[0] : .array(types)
        result["items"] = .object(item)
        result["minItems"] = 1
        result["maxItems"] = 1
        return result
    }

    /// A list whose only item fits a schema.
    static func listOfOne(_ item: JSONValue) -> JSONValue {
        ["type": "array", "items": item, "minItems": 1, "maxItems": 1]
    }

    /// Lets the schema of a scalar accept strings with variables.
    ///
    /// - Parameter schema: the schema, which is changed if it has a pattern.
    /// - Returns: whether the schema accepts them now; `false` if another schema has to.
    static func accepts(variables schema: inout OrderedMap<JSONValue>) -> Bool {
        guard case .array(let types)? = schema["type"], types.contains("string"), schema["format"] == nil,
            schema["minLength"] == nil, schema["maxLength"] == nil, schema["enum"] == nil, schema["const"] == nil
        else { return false }
        if let pattern = schema["pattern"]?.stringValue {
            schema["pattern"] = .string("(?:\(pattern))|\(JSONSchemaWriter.variablePattern)")
        }
        return true
    }
}
