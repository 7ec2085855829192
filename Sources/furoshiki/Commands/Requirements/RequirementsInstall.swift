import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// `requirements install`: puts the requirements of the functions below `.serverless`, for a look or for editors.
enum RequirementsInstall: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration(isBundled: true)
        let progress = PackagingProgress(terminal: run.terminal)
        let request = BundleRequest(requirementsOf: configuration)
        let (installed, findings) = try await Bundler.live(in: configuration.environment)
            .installRequirements(of: request) { progress.tell($0) }
        run.terminal.tell(findings)
        if run.terminal.isJSON {
            let parts = installed.map { part -> JSONValue in
                [
                    "directory": .string(part.directory.string),
                    "target": .string(part.target),
                    "functions": .array(part.functions.map { .string($0) }),
                ]
            }
            return run.terminal.write(["installed": .array(parts)])
        }
        for part in installed {
            let folder = part.directory.relative(to: request.directory)
            run.terminal.say("\(folder): \(part.target), for \(part.functions.joined(separator: ", "))")
        }
        if installed.isEmpty { run.terminal.say("there are no requirements to install") }
    }
}

extension BundleRequest {
    /// The request for the requirements of a service, or of one of its functions.
    init(requirementsOf configuration: ResolvedConfiguration, function: String? = nil) {
        self.init(
            configuration.service,
            configurationFile: nil,
            outputDirectory: nil,
            environment: configuration.environment
        )
        if let function { functions.removeAll { $0.key != function } }
    }
}
