import ConfigurationValues
import Diagnostics
import HostSystem
import ServerlessConfig

/// `print`: shows the configuration with all variables resolved.
enum ServicePrint: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let path = run.invocation.text("path")
        var root = configuration.root
        if path != nil, root["provider"]?["stage"]?.place == nil {
            // The whole document shows the default, as in Serverless v3, also where `--stage` replaces it; whoever asks
            // for a part wants what counts.
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
