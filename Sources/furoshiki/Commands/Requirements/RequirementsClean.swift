import ConfigurationValues
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// `requirements clean`: removes what `requirements install` left in the service's folder.
enum RequirementsClean: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let request = BundleRequest(requirementsOf: configuration)
        var removed = try Bundler.live(in: configuration.environment).cleanRequirements(of: request)
        let files = LiveFileSystem()
        let output = request.directory / ".serverless"
        let entries = files.isDirectory(output) ? try files.entries(of: output) : []
        for entry in entries where entry.name.hasPrefix("requirements") {
            try files.remove(output / entry.name)
            removed.append(output / entry.name)
        }
        run.terminal.tell(removed: removed, from: request.directory)
    }
}

extension Terminal {
    /// Tells what was removed: an object for machines, a line each for people.
    func tell(removed paths: [LocalPath], from directory: LocalPath) {
        if isJSON { return write(["removed": .array(paths.map { .string($0.string) })]) }
        for path in paths {
            say("removed \(path.isWithin(directory) ? path.relative(to: directory) : path)")
        }
        if paths.isEmpty { say("there was nothing to remove") }
    }
}
