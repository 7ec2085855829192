import OrderedJSON
import ServicePlugins

/// Commands of Serverless v3 that the program recognizes but does not run.
enum UnimplementedCommands {
    private static let force = CommandOption("force", nil, .flag, "Deploy even if nothing has changed")
    private static let conceal = CommandOption("conceal", nil, .flag, "Hide secrets in the output")
    private static let data = [
        CommandOption("data", "d", "Event, as a string"),
        CommandOption("path", "p", "JSON or YAML file that contains the event"),
    ]

    /// Commands that are not implemented yet, in the order of help.
    static let planned: [Command] = deployment + operation + setup

    private static let deployment: [Command] = [
        Command(
            "deploy",
            "Deploy the service",
            .planned,
            options: [
                CommandOption("package", "p", "Directory of a package that was made earlier"), force, conceal,
                CommandOption("aws-s3-accelerate", nil, .flag, "Upload through S3 Transfer Acceleration"),
                CommandOption("enforce-hash-update", nil, .flag, "Publish a new version of every function"),
                .minifiedTemplate,
            ]
        )
        .redirected(to: "deploy function", ifGiven: "function"),
        Command(
            "deploy function",
            "Deploy the code or the configuration of one function",
            .planned,
            options: [
                .function, force, CommandOption("update-config", "u", .flag, "Change only the configuration"),
            ]
        ),
        Command("deploy list", "List the deployments that are available for a rollback", .planned),
        Command("deploy list functions", "List the deployed functions and their versions", .planned),
        Command("info", "Show information about the deployed service", .planned, options: [conceal]),
        Command("remove", "Remove the deployed service and all of its resources", .planned),
        Command(
            "rollback",
            "Roll back to an earlier deployment",
            .planned,
            options: [CommandOption("timestamp", "t", "Timestamp of the deployment, as shown by 'deploy list'")]
        ),
        Command(
            "rollback function",
            "Roll back a function to an earlier version",
            .planned,
            options: [.function, CommandOption("function-version", "Version to roll back to", isRequired: true)]
        ),
    ]

    private static let operation: [Command] = [
        Command(
            "invoke",
            "Invoke a deployed function",
            .planned,
            options: [.function] + data + [
                CommandOption("type", "t", "Invocation type: RequestResponse, Event or DryRun"),
                CommandOption("qualifier", "q", "Version or alias to invoke"),
                CommandOption("log", "l", .flag, "Show the last part of the log"),
                CommandOption("raw", nil, .flag, "Pass the data on as a string"),
                CommandOption("context", "Client context, as a string"),
                CommandOption("contextPath", "JSON or YAML file that contains the client context"),
            ]
        ),
        Command(
            "logs",
            "Show the log of a deployed function",
            .planned,
            options: [
                .function, CommandOption("tail", "t", .flag, "Stream new log events"),
                CommandOption("startTime", "Start of the log events: a time, or an age such as 10m"),
                CommandOption("filter", "Filter pattern for log events"),
                CommandOption("interval", "i", "Polling interval in milliseconds (default: 1000)"),
            ]
        ),
        Command(
            "metrics",
            "Show metrics of the service or of one function",
            .planned,
            options: [
                CommandOption("function", "f", "Key of the function in the configuration"),
                CommandOption("startTime", "Start of the period"), CommandOption("endTime", "End of the period"),
            ]
        ),
    ]

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
