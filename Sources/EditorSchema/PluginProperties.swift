import OrderedJSON
import SchemaValidation
import ServicePlugins

/// The properties that plugins add to a configuration, which are only valid if the service has the plugin.
enum PluginProperties {
    /// Adds the properties to the mappings that may have them.
    static func add(to additions: inout JSONSchemaWriter.Additions) {
        let added = PluginTable.addedProperties
        for (paths, properties) in [
            (["service"], added.root), (["function"], added.function), (["event http", "event httpApi"], added.route),
        ] {
            for path in paths {
                var members = additions.properties[path] ?? [:]
                for (name, plugins) in properties.sorted(by: { $0.key < $1.key }) {
                    members[name] = ["description": .string("Property of the plugin \(words(plugins)).")]
                }
                additions.properties[path] = members
            }
        }
    }

    /// The rules that forbid the properties in services without the plugin.
    static var conditions: [JSONValue] {
        let added = PluginTable.addedProperties
        var byOwners: [[String]: (root: [String], function: [String], route: [String])] = [:]
        for (name, owners) in added.root { byOwners[owners, default: ([], [], [])].root.append(name) }
        for (name, owners) in added.function { byOwners[owners, default: ([], [], [])].function.append(name) }
        for (name, owners) in added.route { byOwners[owners, default: ([], [], [])].route.append(name) }
        return byOwners.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { owners, names in
                var absent = without(names.root)
                if !names.function.isEmpty || !names.route.isEmpty {
                    var function = without(names.function)
                    if !names.route.isEmpty {
                        let route: JSONValue = ["properties": .object(without(names.route))]
                        let sources: JSONValue = ["properties": ["http": route, "httpApi": route]]
                        function["events"] = ["items": sources]
                    }
                    let members: JSONValue = ["additionalProperties": ["properties": .object(function)]]
                    absent["functions"] = members
                }
                return ["if": hasNone(of: owners), "then": ["properties": .object(absent)]]
            }
    }

    private static func without(_ names: [String]) -> OrderedMap<JSONValue> {
        OrderedMap(names.filter { !ownNames.contains($0) }.sorted().map { ($0, ["type": "null"]) })
    }

    /// Properties of plugins that a function has anyway.
    private static let ownNames: Set<String> = ["logRetentionInDays", "tracing"]

    /// A service whose list of plugins is known and has none of these.
    private static func hasNone(of plugins: [String]) -> JSONValue {
        let names: JSONValue = .array(plugins.map { .string($0) })
        let other: JSONValue = ["not": ["contains": ["enum": names]]]
        return [
            "properties": [
                "plugins": [
                    "anyOf": [
                        ["type": "array", "allOf": [other]],
                        ["type": "object", "properties": ["modules": ["type": "array", "allOf": [other]]]],
                        ["type": "null"],
                    ]
                ]
            ]
        ]
    }

    private static func words(_ plugins: [String]) -> String {
        plugins.count == 1 ? plugins[0] : plugins.dropLast().joined(separator: ", ") + " or " + (plugins.last ?? "")
    }
}
