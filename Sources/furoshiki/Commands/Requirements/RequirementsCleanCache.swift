import HostSystem
import LambdaBundle
import ServerlessConfig

/// `requirements cleanCache`: empties the caches of wheels, resolutions and artifacts, which services share.
enum RequirementsCleanCache: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let request = BundleRequest(requirementsOf: configuration)
        let removed = try Bundler.live(in: configuration.environment).cleanCache(of: request)
        run.terminal.tell(removed: removed, from: request.directory)
    }
}
