import Diagnostics
import OrderedJSON

/// The plugins of Serverless that Furoshiki knows; `docs/plugins.md` is made from this table.
package enum PluginTable {
    /// The plugin that is part of this program.
    package static let builtIn = "serverless-python-requirements"

    /// All plugins that are not built in, sorted by their names.
    package static let all = (commands + deployment + package).sorted { $0.name < $1.name }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The plugin of a name; `nil` if it is not in the table.
    package static func plugin(named name: String) -> KnownPlugin? { byName[name] }

    /// The names of all plugins, including the built-in one.
    static var names: [String] { [builtIn] + all.map(\.name) }

    /// The name of a plugin that is most similar to an unknown name; `nil` if none is similar.
    ///
    /// Only the words that distinguish plugins are compared, as nearly all names contain `serverless` and `plugin`.
    static func nearest(to name: String) -> String? {
        let own = distinctiveWords(of: name)
        guard !own.isEmpty else { return nil }
        let candidates = names.map { (name: $0, words: distinctiveWords(of: $0)) }
        let nearest = NearestNames.nearest(to: own, among: candidates.map(\.words))
        return candidates.first { $0.words == nearest }?.name
    }

    private static func distinctiveWords(of name: String) -> String {
        name.split { $0 == "-" || $0 == "/" || $0 == "@" }
            .filter { NearestNames.nearest(to: String($0), among: ["serverless", "plugin", "sls"]) == nil }
            .joined(separator: "-")
    }

    /// Whether a plugin that is not run may add files to artifacts, such as a handler or compiled code.
    ///
    /// Plugins that are in no table may add files; the others add only what the table says.
    package static func mayAddFiles(_ name: String) -> Bool {
        guard name != builtIn, let plugin = byName[name] else { return name != builtIn }
        return code.contains { $0.name == name } || !plugin.hooks.isEmpty
            || ["serverless-plugin-ifelse", "serverless-lift"].contains(name)
    }

    /// The properties that plugins add to the configuration, each with the names of all plugins that add it.
    package static var addedProperties:
        (root: [String: [String]], function: [String: [String]], route: [String: [String]])
    {
        func owners(_ part: KeyPath<KnownPlugin.Properties, Set<String>>) -> [String: [String]] {
            var owners: [String: [String]] = [:]
            for plugin in all {
                for name in plugin.properties[keyPath: part] { owners[name, default: []].append(plugin.name) }
            }
            return owners
        }
        return (owners(\.root), owners(\.function), owners(\.route))
    }

    /// Whether one of the plugins adds a property to the configuration.
    ///
    /// - Parameters:
    ///   - name: the property.
    ///   - path: the keys and indexes that lead to the mapping that contains it.
    ///   - plugins: the names of the service's plugins.
    /// - Returns: whether a plugin adds it.
    package static func hasProperty(_ name: String, at path: [String], of plugins: [String]) -> Bool {
        plugins.contains { plugin in
            guard let properties = byName[plugin]?.properties else { return false }
            return switch path.count {
            case 0: properties.root.contains(name)
            case 2 where path[0] == "functions": properties.function.contains(name)
            case 5 where path[0] == "functions" && path[2] == "events" && ["http", "httpApi"].contains(path[4]):
                properties.route.contains(name)
            default: false
            }
        }
    }
}
