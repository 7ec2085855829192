package import ConfigurationValues
package import Diagnostics
package import HostSystem
import OrderedJSON

/// The plugins of a service, and what the service lacks without those that are not run.
package struct PluginReview: Sendable {
    /// A plugin that the service lists.
    package struct Entry: Sendable {
        /// What Furoshiki knows about a plugin.
        package enum Status: Hashable, Sendable {
            /// Furoshiki does the same itself.
            case builtIn
            /// The plugin is in the table, and changes this much of this service.
            case known(KnownPlugin.Effect)
            /// The plugin is installed or local, but not in the table, so that it may change anything.
            case unknown
            /// The plugin is not in the table, and is not installed.
            case missing
        }

        /// The name, or the path, as the service lists it.
        package let name: String
        /// What Furoshiki knows about the plugin.
        package let status: Status
        /// What is missing without the plugin, each as a sentence without its end; empty for the built-in plugin.
        package let losses: [String]
        /// Whether the user wants to package the service without the plugin.
        package let isAccepted: Bool
        /// The place of the name in the configuration.
        let place: SourcePlace?
        let notes: [String]
        let help: [String]
    }

    /// The plugins, in the order in which the service lists them.
    package let entries: [Entry]
    /// What is wrong with the settings of plugins.
    private let problems: [Diagnostic]

    /// Reviews the plugins of a service.
    ///
    /// - Parameters:
    ///   - root: the configuration of the service.
    ///   - directory: the directory of the service, absolute.
    ///   - files: the file system, which is only read for plugins that are not in the table.
    package init(of root: ConfigurationValue, in directory: LocalPath, _ files: any FileSystem) {
        let settings = PluginSettings(root)
        let lookup = PluginLookup(directory: directory, localDirectory: settings.localDirectory, files: files)
        var entries: [Entry] = []
        for item in settings.listed {
            guard let name = item.string, !entries.contains(where: { $0.name == name }) else { continue }
            entries.append(Self.entry(name, at: item.place, of: root, settings, lookup))
        }
        self.entries = entries
        problems = settings.problems + Self.notListed(root, entries)
    }

    /// The diagnostics about plugins that are not run, and about the settings of plugins.
    ///
    /// - Parameter makesPackage: whether a package or a deployment is made from the configuration. A plugin that changes
    ///   the package is then an error, unless the user accepts that it is not run.
    /// - Returns: the diagnostics, in the order of the plugins.
    package func diagnostics(makesPackage: Bool) -> [Diagnostic] {
        // The setting is for all of them, so it is shown once.
        let last = entries.last { $0.preventsPackage && $0.status != .missing }?.name
        return entries.compactMap { entry in
            entry.diagnostic(makesPackage: makesPackage, omitting: entry.name == last ? omitted : [])
        }
            + problems.map { problem in
                var problem = problem
                if problem.severity == .error, !makesPackage { problem.severity = .warning }
                return problem
            }
    }

    /// The diagnostic about one plugin; `nil` if it is built in or not listed.
    package func diagnostic(about name: String, makesPackage: Bool) -> Diagnostic? {
        entries.first { $0.name == name }?.diagnostic(makesPackage: makesPackage, omitting: omitted)
    }

    /// The plugins to name in the setting that makes errors warnings.
    private var omitted: [String] {
        entries.filter { $0.isAccepted || $0.preventsPackage && $0.status != .missing }.map(\.name)
    }

    /// The name of a plugin as an item of a list in YAML.
    fileprivate static func item(_ name: String) -> String { name.hasPrefix("@") ? "\"\(name)\"" : name }

    // MARK: Entries

    private static func entry(
        _ name: String,
        at place: SourcePlace?,
        of root: ConfigurationValue,
        _ settings: PluginSettings,
        _ lookup: PluginLookup
    ) -> Entry {
        func entry(
            _ status: Entry.Status,
            _ losses: [String],
            _ notes: [String] = [],
            _ help: [String] = []
        ) -> Entry {
            Entry(
                name: name,
                status: status,
                losses: losses,
                isAccepted: settings.isWithout(name),
                place: place,
                notes: notes,
                help: help
            )
        }
        if name == PluginTable.builtIn { return entry(.builtIn, []) }
        if let plugin = PluginTable.plugin(named: name) {
            let counted = plugin.uses.compactMap { $0.loss(in: root) }
            var notes: [String] = []
            for note in counted.compactMap(\.note) where !notes.contains(note) { notes.append(note) }
            return entry(
                .known(plugin.effect(in: root)),
                counted.isEmpty ? [plugin.loss] : counted.map(\.text),
                notes,
                plugin.replacement.map { [$0] } ?? []
            )
        }
        if lookup.isInstalled(name) {
            return entry(.unknown, ["what it changes in configuration, code and template is not known"])
        }
        let nearest = lookup.nearest(toPath: name) ?? PluginTable.nearest(to: name)
        return entry(
            .missing,
            ["it is not known, and not installed"],
            [],
            [
                nearest.map(NearestNames.question),
                PluginLookup.isPath(name)
                    ? "create the file, or remove the plugin"
                    : "correct the name, or remove the plugin from 'plugins'",
                nearest == nil
                    ? "to package without it, set 'custom.furoshiki.withoutPlugins: [\(Self.item(name))]'" : nil,
            ]
            .compactMap(\.self)
        )
    }

    private static func notListed(_ root: ConfigurationValue, _ entries: [Entry]) -> [Diagnostic] {
        guard let settings = root["custom"]?["pythonRequirements"],
            !entries.contains(where: { $0.status == .builtIn })
        else { return [] }
        let builtIn = PluginTable.builtIn
        return [
            Diagnostic(
                .warning,
                .pluginNotListed,
                "'custom.pythonRequirements' has no effect, because 'plugins' does not list '\(builtIn)'",
                at: settings.keyPlace ?? settings.place,
                notes: ["no Python requirements are installed"],
                help: ["add '\(builtIn)' to 'plugins'"]
            )
        ]
    }
}

extension PluginReview.Entry {
    /// Whether the package differs from that of Serverless without the plugin, and the user has not accepted this.
    package var preventsPackage: Bool {
        guard !isAccepted else { return false }
        return switch status {
        case .known(.package), .unknown, .missing: true
        case .builtIn, .known(.commands), .known(.deployment): false
        }
    }

    /// The diagnostic about the plugin; `nil` for the built-in one.
    ///
    /// - Parameters:
    ///   - makesPackage: whether a package is made, so that the plugin may be an error.
    ///   - omitted: the plugins to name in the setting that makes the errors warnings.
    /// - Returns: the diagnostic.
    fileprivate func diagnostic(makesPackage: Bool, omitting omitted: [String]) -> Diagnostic? {
        let isShown = makesPackage && !isAccepted && !omitted.isEmpty
        let list = omitted.map(PluginReview.item).joined(separator: ", ")
        let accept =
            "to package without \(omitted.count == 1 ? "it" : "them"), set 'custom.furoshiki.withoutPlugins: [\(list)]'"
        let severity: Diagnostic.Severity = makesPackage && preventsPackage ? .error : .warning
        let losses = losses.joined(separator: ", and ")
        switch status {
        case .builtIn: return nil
        case .known(.package):
            return Diagnostic(
                severity,
                .pluginChangesPackage,
                "the plugin '\(name)' is not run: \(losses)",
                at: place,
                notes: notes,
                help: help + (isShown ? [accept] : [])
            )
        case .known(let effect):
            return Diagnostic(
                effect == .commands ? .note : .warning,
                .pluginNotRun,
                "the plugin '\(name)' is not run: \(losses)",
                at: place,
                help: help
            )
        case .unknown:
            return Diagnostic(
                severity,
                .pluginChangesPackage,
                "the plugin '\(name)' is not run: \(losses)",
                at: place,
                help: isAccepted || !makesPackage
                    ? []
                    : ["package the service with Serverless v3 if it changes any of these"] + (isShown ? [accept] : [])
            )
        case .missing:
            return Diagnostic(severity, .unknownPlugin, "cannot find the plugin '\(name)'", at: place, help: help)
        }
    }
}
