import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `requirements install`: installs the requirements of the functions in `.serverless`, for inspection and for editors.
struct RequirementsInstall: FuroshikiCommand {
    /// The command that groups those of requirements.
    static let group = Command("requirements", "Manage the Python requirements of a service", .group)

    let command = Command(
        "requirements install",
        "Install the requirements in .serverless, for inspection and for editors"
    )

    let activity: String? = "Reading the configuration"

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration(for: .requirements)
        let progress = PackagingProgress("Installing requirements", on: run.terminal)
        let request = BundleRequest(requirementsOf: configuration)
        let (installed, findings) = try await run.bundler(in: configuration.environment)
            .installRequirements(
                of: request,
                onWait: { run.terminal.log(waiting: $0, from: request.directory) },
                progress: { progress.report($0) }
            )
        run.terminal.report(findings)
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
            run.terminal.log("\(folder): \(part.target), for \(part.functions.joined(separator: ", "))")
        }
        if installed.isEmpty { run.terminal.log("No requirements to install") }
    }
}

extension BundleRequest {
    /// Creates the request for the requirements of a service, or of one of its functions.
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
