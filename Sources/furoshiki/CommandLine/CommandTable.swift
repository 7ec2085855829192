import ConfigurationValues
import Diagnostics

/// The one table of commands and options, in the order of help.
enum CommandTable {
    /// What the program does with all commands that work on a service.
    static let serviceOptions: [CommandOption] = [
        CommandOption("config", "c", "The configuration file, where it is not serverless.yml"),
        CommandOption("service-dir", "The folder of the service, where it is not the current one"),
        CommandOption("stage", "s", "The stage, before provider.stage and the default dev"),
        CommandOption("region", "r", "The region, before provider.region and the default us-east-1"),
        CommandOption("param", nil, .repeated, "A value for ${param:NAME}, as NAME=VALUE"),
        CommandOption("aws-profile", "The profile of the AWS credentials"),
        CommandOption("app", "Accepted without effect: the vendor's dashboard is not used"),
        CommandOption("org", "Accepted without effect: the vendor's dashboard is not used"),
        CommandOption("use-local-credentials", nil, .flag, "Accepted without effect: credentials are always local"),
    ]

    /// What all commands take.
    static let globalOptions: [CommandOption] = [
        CommandOption("verbose", nil, .flag, "Tell more, such as which distributions are in which artifact"),
        CommandOption("debug", "Tell also what helps to find faults of the program itself (a namespace, or '*')"),
        CommandOption("json", nil, .flag, "Write results and faults as JSON, for machines"),
        CommandOption("help", "h", .flag, "Show this help"),
        CommandOption("version", "v", .flag, "Show the version"),
    ]

    private static let function = CommandOption(
        "function",
        "f",
        "The function's key in the configuration",
        isRequired: true
    )
    private static let minify = CommandOption("minify-template", nil, .flag, "Write the template without white space")

    /// The commands.
    static let commands: [Command] =
        [
            Command(
                "package",
                "Make the artifacts and the CloudFormation template of a service",
                .runs(ServicePackage.self),
                options: [CommandOption("package", "p", "The folder to write to, instead of .serverless"), minify]
            ),
            Command(
                "print",
                "Show the configuration with all variables resolved",
                .runs(ServicePrint.self),
                options: [
                    CommandOption("format", "yaml (the default), json or text"),
                    CommandOption("path", "The part to show, keys joined by dots, such as provider.name"),
                    CommandOption("transform", "keys: show the keys of the part only"),
                ]
            ),
            Command("requirements", "Work with the Python requirements of a service", .group),
            Command(
                "requirements install",
                "Install the requirements below .serverless, for a look or an editor",
                .runs(RequirementsInstall.self)
            ),
            Command(
                "requirements clean",
                "Remove what 'requirements install' left below .serverless",
                .runs(RequirementsClean.self)
            ),
            Command("requirements cleanCache", "Empty the caches of requirements", .runs(RequirementsCleanCache.self)),
            Command(
                "deploy",
                "Deploy the service",
                .notYet,
                options: [
                    CommandOption("package", "p", "The folder of a package made before"),
                    CommandOption("force", nil, .flag, "Deploy even where nothing changed"),
                    CommandOption("conceal", nil, .flag, "Hide secrets in what is shown"),
                    CommandOption("aws-s3-accelerate", nil, .flag, "Upload through S3 Transfer Acceleration"),
                    CommandOption("enforce-hash-update", nil, .flag, "Make new versions of all functions"),
                    minify,
                ]
            )
            .whenGiven("function", means: "deploy function"),
            Command(
                "deploy function",
                "Deploy the code or the settings of one function",
                .notYet,
                options: [
                    function, CommandOption("force", nil, .flag, "Deploy even where nothing changed"),
                    CommandOption("update-config", "u", .flag, "Change the settings only"),
                ]
            ),
            Command("deploy list", "List the deployments that are kept", .notYet),
            Command("deploy list functions", "List the deployed functions and their versions", .notYet),
            Command(
                "info",
                "Show what is deployed",
                .notYet,
                options: [CommandOption("conceal", nil, .flag, "Hide secrets in what is shown")]
            ),
            Command(
                "invoke",
                "Call a deployed function",
                .notYet,
                options: [
                    function, CommandOption("data", "d", "The event, as text"),
                    CommandOption("path", "p", "A JSON or YAML file with the event"),
                    CommandOption("type", "t", "RequestResponse, Event or DryRun"),
                    CommandOption("qualifier", "q", "The version or alias to call"),
                    CommandOption("log", "l", .flag, "Show the end of the log"),
                    CommandOption("raw", nil, .flag, "Pass the data on as it is"),
                    CommandOption("context", "The client context"),
                    CommandOption("contextPath", "A JSON or YAML file with the client context"),
                ]
            ),
            Command(
                "invoke local",
                "Call a function on this machine",
                .runs(FunctionInvokeLocal.self),
                options: [
                    function, CommandOption("data", "d", "The event, as text"),
                    CommandOption("path", "p", "A JSON or YAML file with the event"),
                    CommandOption("raw", nil, .flag, "Pass the data on as it is"),
                    CommandOption("context", "The context, as text"),
                    CommandOption("contextPath", "x", "A JSON or YAML file with the context"),
                    CommandOption("env", "e", .repeated, "An environment variable, as NAME=VALUE"),
                    CommandOption("docker", nil, .flag, "Run the function in a container"),
                    CommandOption("docker-arg", "More words for docker run"),
                ]
            ),
            Command(
                "logs",
                "Show the log of a deployed function",
                .notYet,
                options: [
                    function, CommandOption("tail", "t", .flag, "Go on as the log grows"),
                    CommandOption("startTime", "Where to begin: a time, or an age such as 10m"),
                    CommandOption("filter", "A filter pattern"),
                    CommandOption("interval", "i", "Milliseconds between looks at the log"),
                ]
            ),
            Command(
                "metrics",
                "Show the metrics of the service or of a function",
                .notYet,
                options: [
                    CommandOption("function", "f", "The function's key in the configuration"),
                    CommandOption("startTime", "Where to begin"), CommandOption("endTime", "Where to end"),
                ]
            ),
            Command("remove", "Remove the deployed service with all its resources", .notYet),
            Command(
                "rollback",
                "Go back to a deployment before",
                .notYet,
                options: [CommandOption("timestamp", "t", "The deployment, as deploy list shows it")]
            ),
            Command(
                "rollback function",
                "Go back to a version of a function before",
                .notYet,
                options: [function, CommandOption("function-version", "The version to go back to", isRequired: true)]
            ),
            Command(
                "config",
                "Set up the program",
                .group,
                options: [CommandOption("autoupdate", nil, .flag, "Accepted without effect")]
            ),
            Command(
                "config credentials",
                "Store AWS credentials in a profile",
                .notYet,
                options: [
                    CommandOption("provider", "p", "aws", isRequired: true),
                    CommandOption("key", "k", "The access key's ID", isRequired: true),
                    CommandOption("secret", "s", "The secret access key", isRequired: true),
                    CommandOption("profile", "n", "The profile, where it is not default"),
                    CommandOption("overwrite", "o", .flag, "Replace credentials that the profile has"),
                ]
            ),
            Command(
                "create",
                "Make a new service from a template",
                .notYet,
                options: [
                    CommandOption("template", "t", "The template's name"),
                    CommandOption("template-url", "u", "The template's address"),
                    CommandOption("template-path", "The template's folder"),
                    CommandOption("path", "p", "The folder to make"), CommandOption("name", "n", "The service's name"),
                ]
            ),
            Command(
                "generate-event",
                "Write an event as AWS sends it",
                .notYet,
                options: [
                    CommandOption("type", "t", "The source of the event", isRequired: true),
                    CommandOption("body", "b", "The body of the event"),
                ]
            ),
            Command("completion", "Write a script that completes commands and options in a shell", .group),
            Command(
                "completion bash",
                "Write it for bash, which reads it by: source <(furoshiki completion bash)",
                .runs(ProgramCompletion.self)
            ),
            Command(
                "completion zsh",
                "Write it for zsh, which reads it by: source <(furoshiki completion zsh)",
                .runs(ProgramCompletion.self)
            ),
            Command(
                "completion fish",
                "Write it for fish, which reads it by: furoshiki completion fish | source",
                .runs(ProgramCompletion.self)
            ),
            Command("doctor", "Look for problems of the set-up", .notYet),
        ] + leftOut

    /// Commands of the vendor's dashboard and of npm.
    private static let leftOut: [Command] =
        ["login", "logout", "dashboard", "output", "param", "test"]
        .map {
            Command($0, "Left out", .leftOut("'\($0)' belongs to the vendor's dashboard, which Furoshiki does not use"))
        }
        + [
            Command("slstats", "Left out", .leftOut("'slstats' is left out: Furoshiki collects no statistics")),
            Command("plugin", "Left out", .leftOut("'plugin' is left out: use npm to manage Node packages")),
            Command("install", "Left out", .leftOut("'install' is left out: use git to fetch a service")),
        ]

    /// The command of a name, `nil` where there is none.
    static func named(_ name: String) -> Command? { commands.first { $0.name == name } }

    /// The commands that help lists.
    static var listed: [Command] {
        commands.filter { if case .leftOut = $0.action { false } else { true } }
    }
}
