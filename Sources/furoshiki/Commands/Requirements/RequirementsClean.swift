import HostSystem
import LambdaBundle
import ServerlessConfig

/// `requirements clean`: removes what `requirements install` left in the service's folder.
enum RequirementsClean: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let request = BundleRequest(requirementsOf: configuration)
        try Bundler.live(in: configuration.environment).cleanRequirements(of: request)
        let files = LiveFileSystem()
        let output = request.directory / ".serverless"
        guard files.isDirectory(output) else { return }
        for entry in try files.entries(of: output) where entry.name.hasPrefix("requirements") {
            try files.remove(output / entry.name)
        }
    }
}
