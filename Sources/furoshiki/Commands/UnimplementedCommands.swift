import OrderedJSON
import ServicePlugins

/// Commands of Serverless v3 that the program recognizes, and answers with the reason why it does not have them.
enum UnimplementedCommands {
    /// Commands that Furoshiki deliberately omits: those of the Serverless dashboard and of npm.
    static let omitted: [Command] =
        ["login", "logout", "dashboard", "output", "param", "test"]
        .map { omitted($0, "it belongs to the Serverless dashboard, which Furoshiki does not use") }
        + [
            omitted("slstats", "Furoshiki does not collect statistics"),
            omitted("plugin", "use npm to manage Node.js packages"),
            omitted("install", "use git to fetch a service"),
        ]

    /// Commands of plugins that Furoshiki does not run.
    static var ofPlugins: [Command] {
        var owners = OrderedMap<[String]>()
        for plugin in PluginTable.all {
            for name in plugin.commands { owners[name, default: []].append("'\(plugin.name)'") }
        }
        return owners.map { name, plugins in
            omitted(
                name,
                "it belongs to the plugin \(plugins.joined(separator: " or ")), which Furoshiki does not run"
            )
        }
    }

    private static func omitted(_ name: String, _ reason: String) -> Command {
        Command(name, "Omitted", .omitted(reason: "Furoshiki does not have the command '\(name)': \(reason)"))
    }
}
