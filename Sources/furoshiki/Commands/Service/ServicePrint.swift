import ConfigurationValues
import Diagnostics
import HostSystem
import ServerlessConfig

/// `print`: shows the configuration with all variables resolved.
struct ServicePrint: FuroshikiCommand {
    var command: Command {
        var command = Command("print", "Show the configuration with all variables resolved", options: Self.options)
        command.examples = ["print --stage prod", "print --format json --path provider.environment"]
        return command
    }

    private static let options = [
        CommandOption("format", "Output format: yaml, json or text (default: yaml)"),
        CommandOption("path", "Part of the configuration to show, such as provider.name"),
        CommandOption("transform", "Transformation of the output; 'keys' shows only the keys"),
    ]

    let activity: String? = "Reading the configuration"

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let path = run.invocation.text("path")
        var root = configuration.root
        if path != nil, root["provider"]?["stage"]?.place == nil {
            // The whole document shows the default stage, as in Serverless v3, even if `--stage` replaces it. A user who
            // selects a part wants the stage that is used.
            root["provider"]?["stage"] = ConfigurationValue(.string(configuration.service.stage))
        }
        let text = try ConfigurationPrint.text(
            of: root,
            format: run.invocation.text("format") ?? (run.terminal.isJSON ? "json" : nil),
            path: path,
            transform: run.invocation.text("transform")
        )
        run.terminal.write(text + "\n")
    }
}
