import HostSystem
import LambdaBundle
import ServerlessConfig
import ServiceLifecycle

/// `requirements cleanCache`: empties the caches of wheels, resolutions and artifacts, which all services share.
struct RequirementsCleanCache: FuroshikiCommand {
    let command = Command("requirements cleanCache", "Remove the caches of requirements, which all services share")

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let request = BundleRequest(requirementsOf: configuration)
        let removed = try run.bundler(in: configuration.environment).cleanCache(of: request)
        run.terminal.report(removed: removed, from: request.directory)
    }
}
