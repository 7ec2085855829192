package import OrderedJSON

/// The values that an option of the Python requirements plugin accepts.
package enum OptionForm: Sendable, CaseIterable {
    /// `true` or `false`, also as strings, as variables of the environment produce them.
    case flag
    /// A string, a number that counts as one, or `false`.
    case string
    /// A list of scalars, or `false`.
    case strings
    /// An integer that is not negative, also as a string, or `false`.
    case count
    /// A boolean, or a mapping.
    case flagOrMapping
    /// A boolean, or `non-linux`.
    case container
    /// A string, a mapping whose values are strings, or `false`.
    case stringOrMapping
    /// A list of strings, a mapping, or `false`.
    case stringsOrMapping

    /// The JSON Schema of the values; an empty string counts as not set in all of them.
    package var schema: JSONValue {
        switch self {
        case .flag: Self.flagSchema
        case .string:
            ["anyOf": [["type": ["string", "number", "null"]], ["const": false]]]
        case .strings:
            ["anyOf": [Self.list, ["const": false], Self.variable]]
        case .count:
            ["anyOf": [["type": "integer", "minimum": 0], ["const": false], Self.text(#"^\+?\d*$"#)]]
        case .flagOrMapping:
            ["anyOf": [Self.flagSchema, ["type": "object"]]]
        case .container:
            ["anyOf": [["type": "boolean"], ["const": "non-linux"], Self.text("^(true|false|)$")]]
        case .stringOrMapping:
            [
                "anyOf": [
                    ["type": ["string", "null"]], ["const": false],
                    ["type": "object", "additionalProperties": ["type": "string"]],
                ]
            ]
        case .stringsOrMapping:
            ["anyOf": [Self.list, ["const": false], ["type": "object"], Self.variable]]
        }
    }

    private static let flagSchema: JSONValue = [
        "type": ["boolean", "string", "null"], "pattern": .string("^(true|false|)$|\(SchemaDocument.variablePattern)"),
    ]

    private static let list: JSONValue = ["type": "array", "items": ["type": ["string", "number", "boolean", "null"]]]

    /// A string that is empty or has a variable, or `null`.
    private static let variable = text("^$")

    private static func text(_ pattern: String) -> JSONValue {
        ["type": ["string", "null"], "pattern": .string("\(pattern)|\(SchemaDocument.variablePattern)")]
    }
}

/// An option that the schema describes.
package struct DescribedOption: Sendable {
    /// The name of the option.
    package let name: String
    /// What the option does, in Markdown.
    package let effect: String
    /// The value that counts if the option is not set; `nil` if it is not a constant.
    package let fallback: JSONValue?
    /// The values that it accepts.
    package let form: OptionForm

    /// Describes an option with its values.
    package init(name: String, effect: String, fallback: JSONValue?, form: OptionForm) {
        self.name = name
        self.effect = effect
        self.fallback = fallback
        self.form = form
    }

    /// Whether the option says something about containers, so that its type only matters if they are used.
    var isForContainers: Bool {
        name.hasPrefix("docker") && name != "dockerizePip" || name == "bundleSystemLibraries"
    }

    /// The JSON Schema of the option.
    var schema: JSONValue {
        var members: OrderedMap<JSONValue> = ["description": .string(effect)]
        if let fallback { members["default"] = fallback }
        if isForContainers { return .object(members) }
        for (key, value) in form.schema.objectValue ?? [:] { members[key] = value }
        return .object(members)
    }
}
