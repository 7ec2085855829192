extension CommandOption {
    /// The options that every command accepts, in the order of help.
    static let common: [CommandOption] = service + global

    /// The options that control the program itself, in the order of help; they have an effect in every command.
    static var program: [CommandOption] { global }

    /// Options that select the service, its stage and its account.
    private static let service: [CommandOption] = [
        CommandOption("config", "c", "Configuration file to use (default: serverless.yml)"),
        CommandOption("service-dir", "Directory of the service (default: the current directory)"),
        CommandOption("stage", "s", "Stage to use; overrides provider.stage (default: dev)"),
        CommandOption("region", "r", "AWS region to use; overrides provider.region (default: us-east-1)"),
        CommandOption("param", nil, .repeated, "Value of ${param:NAME}, written as NAME=VALUE"),
        CommandOption("aws-profile", "Profile of the AWS credentials to use"),
        CommandOption("app", "Accepted and ignored; Furoshiki does not use the Serverless dashboard").hidden,
        CommandOption("org", "Accepted and ignored; Furoshiki does not use the Serverless dashboard").hidden,
        CommandOption("use-local-credentials", nil, .flag, "Accepted and ignored; credentials are always local").hidden,
    ]

    /// Options that control the program itself.
    private static let global: [CommandOption] = [
        CommandOption("verbose", nil, .flag, "Show more detail, such as the distributions in each artifact"),
        CommandOption("debug", "Show debug messages of a namespace, or of all with '*'"),
        CommandOption("json", nil, .flag, "Write results and errors as JSON"),
        CommandOption("help", "h", .flag, "Show this help"),
        CommandOption("version", "v", .flag, "Show the version of Furoshiki"),
    ]

    /// The required option that selects a function.
    static let function = CommandOption("function", "f", "Key of the function in the configuration", isRequired: true)

    /// The required option that selects one or several functions.
    static let functions = CommandOption(
        "function",
        "f",
        .repeated,
        "Key of a function in the configuration; may be repeated",
        isRequired: true
    )

    /// The option that hides secrets in results.
    static let conceal = CommandOption("conceal", nil, .flag, "Hide secrets in the output")

    /// The option that writes the template without whitespace.
    static let minifiedTemplate = CommandOption(
        "minify-template",
        nil,
        .flag,
        "Write the CloudFormation template without whitespace"
    )
}
