import HostSystem
import ServerlessConfig

/// `print`: shows the configuration with all variables resolved.
enum PrintCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let text = try ConfigurationPrint.text(
            of: configuration.root,
            format: run.invocation.text("format") ?? (run.terminal.isJSON ? "json" : nil),
            path: run.invocation.text("path"),
            transform: run.invocation.text("transform")
        )
        run.terminal.write(text + "\n")
    }
}
