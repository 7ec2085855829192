import OrderedJSON
import ServicePlugins

/// Commands of Serverless v3 that the program recognizes but does not run.
enum UnimplementedCommands {
    /// Commands that are not implemented yet, in the order of help.
    static let planned: [Command] = setup

    private static let setup: [Command] = [
        Command(
            "config",
            "Configure Furoshiki",
            .group,
            options: [CommandOption("autoupdate", nil, .flag, "Accepted and ignored")]
        ),
        Command(
            "config credentials",
            "Store AWS credentials in a profile",
            .planned,
            options: [
                CommandOption("provider", "p", "Name of the provider: aws", isRequired: true),
                CommandOption("key", "k", "Access key ID", isRequired: true),
                CommandOption("secret", "s", "Secret access key", isRequired: true),
                CommandOption("profile", "n", "Name of the profile (default: default)"),
                CommandOption("overwrite", "o", .flag, "Replace the existing credentials of the profile"),
            ]
        ),
        Command(
            "create",
            "Create a service from a template",
            .planned,
            options: [
                CommandOption("template", "t", "Name of the template"),
                CommandOption("template-url", "u", "URL of the template"),
                CommandOption("template-path", "Directory of the template"),
                CommandOption("path", "p", "Directory to create"), CommandOption("name", "n", "Name of the service"),
            ]
        ),
        Command(
            "generate-event",
            "Print a sample event of an AWS service",
            .planned,
            options: [
                CommandOption("type", "t", "Event source", isRequired: true),
                CommandOption("body", "b", "Body of the event"),
            ]
        ),
        Command("doctor", "Check the installation for problems", .planned),
    ]

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
