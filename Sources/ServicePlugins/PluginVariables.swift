package import ConfigurationValues
import OrderedJSON

/// Who adds a source of variables that is not one of Serverless v3 itself.
package enum VariableSourceOwner: Hashable, Sendable {
    /// A plugin that the service lists, and that is not run.
    case plugin(String)
    /// A plugin that the service does not list.
    case unlistedPlugin(String)
    /// Another product or version, as a message names it.
    case product(String)
}

extension PluginTable {
    /// The sources of variables of other products, of which some plugins add the same.
    private static let products = [
        "output": "the Serverless Dashboard", "state": "the Serverless Dashboard", "git": "Serverless Framework 4",
        "terraform": "Serverless Framework 4", "vault": "Serverless Framework 4", "doppler": "Serverless Framework 4",
    ]

    /// Who adds a source of variables; `nil` if that is not known.
    ///
    /// - Parameters:
    ///   - source: the name of the source, such as `construct`.
    ///   - listed: the names of the service's plugins.
    /// - Returns: the plugin or the product; a listed plugin first.
    package static func owner(ofSource source: String, listed: [String]) -> VariableSourceOwner? {
        let plugins = all.filter { $0.variables.contains(source) }.map(\.name)
        if let plugin = plugins.first(where: listed.contains) { return .plugin(plugin) }
        if let product = products[source] { return .product(product) }
        return plugins.first.map { .unlistedPlugin($0) }
    }

    /// The names of the plugins that a configuration lists; its variables do not have to be resolved.
    package static func listed(in root: ConfigurationValue) -> [String] {
        PluginSettings(root).listed.compactMap(\.string)
    }

    /// Those of the plugins that are in no table, so that what they add is not known.
    package static func unknown(among plugins: [String]) -> [String] {
        plugins.filter { $0 != builtIn && plugin(named: $0) == nil }
    }
}
