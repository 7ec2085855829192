import ConfigurationValues
import OrderedJSON

/// A plugin of Serverless that Furoshiki does not run, and what a service lacks without it.
package struct KnownPlugin: Sendable {
    /// What a plugin changes, which decides how its absence is reported.
    package enum Effect: Sendable, CaseIterable {
        /// Only commands, or the local machine; package, template and deployment are the same without it.
        case commands
        /// Something while or after a service is deployed or removed; the package is the same without it.
        case deployment
        /// The configuration, the code or the template.
        case package
    }

    /// The properties that a plugin adds to the configuration, by the place where they are allowed.
    struct Properties: Sendable {
        var root: Set<String> = []
        var function: Set<String> = []
        /// The properties of `http` and `httpApi` events.
        var route: Set<String> = []
    }

    /// The name of the npm package.
    package let name: String
    /// What the plugin changes at most.
    package let effect: Effect
    /// What is missing without the plugin, as a sentence without its end.
    package let loss: String
    /// What a user can do instead; `nil` if there is no replacement.
    package private(set) var replacement: String?
    /// The first words of the commands that the plugin adds.
    package private(set) var commands: [String] = []
    /// The sources of variables that the plugin adds, as `construct` in `${construct:name}`.
    package private(set) var variables: [String] = []
    /// The parts of a configuration that only the plugin uses, and that can be counted.
    private(set) var uses: [PluginUse] = []
    /// The paths of the lifecycle hooks that a service defines for the plugin, which decide what it changes.
    private(set) var hooks: [[String]] = []
    /// The properties that the plugin adds to the configuration.
    private(set) var properties = Properties()

    private init(_ name: String, _ effect: Effect, _ loss: String) {
        self.name = name
        self.effect = effect
        self.loss = loss
    }

    /// A plugin with commands only.
    static func commands(_ name: String, _ loss: String, _ commands: String...) -> Self {
        var plugin = Self(name, .commands, loss)
        plugin.commands = commands
        return plugin
    }

    /// A plugin that acts while or after a service is deployed or removed.
    static func deployment(
        _ name: String,
        _ loss: String,
        instead replacement: String? = nil,
        commands: [String] = []
    ) -> Self {
        var plugin = Self(name, .deployment, loss)
        plugin.replacement = replacement
        plugin.commands = commands
        return plugin
    }

    /// A plugin that changes the configuration, the code or the template.
    static func package(
        _ name: String,
        _ loss: String,
        instead replacement: String? = nil,
        uses: [PluginUse] = [],
        hooks: [[String]] = [],
        commands: [String] = [],
        variables: [String] = [],
        root: Set<String> = [],
        function: Set<String> = [],
        route: Set<String> = []
    ) -> Self {
        var plugin = Self(name, .package, loss)
        plugin.replacement = replacement
        plugin.uses = uses
        if !hooks.isEmpty { plugin.uses = [.others(.members(hooks), "hook", " would not run")] }
        plugin.hooks = hooks
        plugin.commands = commands
        plugin.variables = variables
        plugin.properties = Properties(root: root, function: function, route: route)
        return plugin
    }

    /// What the plugin changes in a service.
    ///
    /// A plugin that runs hooks changes the package only if one of them may run before the package is complete.
    func effect(in root: ConfigurationValue) -> Effect {
        guard !hooks.isEmpty else { return effect }
        let names = hooks.flatMap { path -> [String] in
            var node: ConfigurationValue? = root
            for key in path { node = node?[key] }
            return node?.map?.keys ?? []
        }
        if names.isEmpty { return .commands }
        return names.allSatisfy(Self.isAfterPackage) ? .deployment : .package
    }

    private static func isAfterPackage(_ hook: String) -> Bool {
        let event =
            hook.hasPrefix("before:") || hook.hasPrefix("after:") ? hook.drop { $0 != ":" }.dropFirst() : hook[...]
        let command = event.prefix { $0 != ":" }
        return hook.hasPrefix("after:deploy:") || event == "deploy:finalize"
            || ["remove", "info", "invoke", "logs", "metrics", "rollback", "offline"].contains(command)
    }
}
