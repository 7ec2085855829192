import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `requirements clean`: removes what `requirements install` left in the service's directory.
struct RequirementsClean: FuroshikiCommand {
    let command = Command("requirements clean", "Remove the requirements that 'requirements install' installed")

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let request = BundleRequest(requirementsOf: configuration)
        var removed = try run.bundler(in: configuration.environment).cleanRequirements(of: request)
        let files = run.machine.files
        let output = request.directory / ".serverless"
        let entries = files.isDirectory(output) ? try files.entries(of: output) : []
        for entry in entries where entry.name.hasPrefix("requirements") {
            try files.remove(output / entry.name)
            removed.append(output / entry.name)
        }
        run.terminal.report(removed: removed, from: request.directory)
    }
}

extension Terminal {
    /// Shows which paths were removed: one JSON object, or one line each.
    func report(removed paths: [LocalPath], from directory: LocalPath) {
        if isJSON { return write(["removed": .array(paths.map { .string($0.string) })]) }
        for path in paths {
            log("Removed \(path.isWithin(directory) ? path.relative(to: directory) : path)")
        }
        if paths.isEmpty { log("Nothing to remove") }
    }
}
