import ConfigurationValues
import Diagnostics
import OrderedJSON

/// The plugins that a service lists, and what its configuration says about them.
struct PluginSettings {
    /// The items of `plugins`, or of its `modules`.
    let listed: [ConfigurationValue]
    /// The directory with local plugins, relative to the service.
    let localDirectory: String
    /// The plugins in `custom.furoshiki.withoutPlugins`, without which the user wants to package the service.
    let without: [ConfigurationValue]
    /// What is wrong with `custom.furoshiki`.
    let problems: [Diagnostic]

    private static let withoutKey = FuroshikiSetting.withoutPlugins.rawValue

    /// Reads the settings of a service.
    init(_ root: ConfigurationValue) {
        let plugins = root["plugins"]
        listed = plugins?.list ?? plugins?["modules"]?.list ?? []
        localDirectory = plugins?["localPath"]?.string ?? ".serverless_plugins"
        var problems: [Diagnostic] = []
        let own = root["custom"]?["furoshiki"]
        for (key, value) in own?.map ?? [:] where FuroshikiSetting(rawValue: key) == nil {
            problems.append(
                Diagnostic(
                    .warning,
                    .unknownProperty,
                    "'custom.furoshiki' has the unknown property '\(key)'",
                    at: value.keyPlace ?? value.place,
                    help: NearestNames.help(for: key, among: FuroshikiSetting.allCases.map(\.rawValue))
                )
            )
        }
        let setting = own?[Self.withoutKey]
        // A single name is accepted, as a list with one item.
        let items = setting?.list ?? (setting?.string != nil ? [setting].compactMap(\.self) : [])
        if let setting, setting.list == nil && setting.string == nil || items.contains(where: { $0.string == nil }) {
            problems.append(
                Diagnostic(
                    .error,
                    .invalidType,
                    "'custom.furoshiki.\(Self.withoutKey)' must be a list of names of plugins",
                    at: setting.place
                )
            )
        }
        without = items.filter { $0.string != nil }
        let names = listed.compactMap(\.string)
        for item in without where !names.contains(item.string ?? "") {
            problems.append(
                Diagnostic(
                    .warning,
                    .ineffectiveProperty,
                    "'\(item.string ?? "")' in 'custom.furoshiki.\(Self.withoutKey)' has no effect: 'plugins' does not list it",
                    at: item.place,
                    help: NearestNames.help(for: item.string ?? "", among: names, else: ["remove it"])
                )
            )
        }
        for item in without where item.string == PluginTable.builtIn && names.contains(PluginTable.builtIn) {
            problems.append(
                Diagnostic(
                    .warning,
                    .ineffectiveProperty,
                    "'\(PluginTable.builtIn)' in 'custom.furoshiki.\(Self.withoutKey)' has no effect: Furoshiki runs it itself",
                    at: item.place,
                    help: ["to install no requirements, remove it from 'plugins'"]
                )
            )
        }
        self.problems = problems
    }

    /// Whether the user wants to package the service without a plugin.
    func isWithout(_ name: String) -> Bool { without.contains { $0.string == name } }
}
