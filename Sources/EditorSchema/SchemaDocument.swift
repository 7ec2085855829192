import LambdaRuntimes
package import OrderedJSON
import SchemaValidation
import ServerlessConfig

/// The JSON Schema of `serverless.yml`, made from the tables that validate it.
package struct SchemaDocument {
    /// The schema, with all definitions.
    package let json: JSONValue
    /// The paths of the values that the tables have rules for, as descriptions name them.
    package let paths: Set<String>

    /// A string that contains a variable.
    static let variablePattern = JSONSchemaWriter.variablePattern

    /// Makes the schema.
    ///
    /// - Parameters:
    ///   - version: the version of the program, for the title.
    ///   - requirements: the options in `custom.pythonRequirements`.
    ///   - own: the settings in `custom.furoshiki`.
    package init(version: String, requirements: [DescribedOption], own: [DescribedOption]) {
        var additions = JSONSchemaWriter.Additions()
        additions.annotations = Description.all.mapValues(\.annotation)
        additions.rules["awsLambdaRuntime"] = [
            "description": "Runtime of Lambda, such as python3.13.",
            "enum": .array((RuntimeCatalog.acceptedNames + RuntimeCatalog.laterNames).map { .string($0) }),
        ]
        additions.properties["service.custom"] = [
            "pythonRequirements": Self.options(
                "Options of the plugin serverless-python-requirements, which is built in.",
                requirements
            ),
            "furoshiki": Self.options("Settings of Furoshiki, which Serverless ignores.", own),
        ]
        // Lists of parts, which are merged.
        for path in ["service.functions", "service.resources"] {
            additions.forms[path] = [
                [
                    "type": "array", "items": ["type": ["object", "string", "null"]],
                    "description": "Parts, such as contents of other files, which are merged.",
                ]
            ]
        }
        additions.forms["service.provider"] = [["type": "string", "description": "The name of the provider, aws."]]
        PluginProperties.add(to: &additions)
        var writer = JSONSchemaWriter(ServerlessSchema.library(), additions)
        let root = writer.schema(of: "service")
        paths = writer.paths
        var document: OrderedMap<JSONValue> = [
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": .string("serverless.yml, as Furoshiki \(version) validates it"),
        ]
        for (key, value) in root where key != "definitions" { document[key] = value }
        document["allOf"] = .array(PluginProperties.conditions)
        document["definitions"] = root["definitions"]
        json = .object(document)
    }

    private static func options(_ description: String, _ options: [DescribedOption]) -> JSONValue {
        var mapping: OrderedMap<JSONValue> = [
            "type": "object",
            "properties": .object(OrderedMap(options.map { ($0.name, $0.schema) })),
            "additionalProperties": false,
        ]
        let ofContainers = options.filter(\.isForContainers)
        if !ofContainers.isEmpty {
            mapping["if"] = [
                "required": ["dockerizePip"], "properties": ["dockerizePip": ["enum": [true, "true"]]],
            ]
            mapping["then"] = ["properties": .object(OrderedMap(ofContainers.map { ($0.name, $0.form.schema) }))]
        }
        return [
            "description": .string(description),
            "anyOf": [
                .object(mapping),
                ["type": ["string", "null"], "pattern": .string("^$|\(variablePattern)")],
            ],
        ]
    }
}
