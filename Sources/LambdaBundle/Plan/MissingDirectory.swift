import ConfigurationValues
import Diagnostics
import HostSystem

/// A directory that the configuration names and that does not exist, with what helps to find or make it.
struct MissingDirectory {
    /// The name in the configuration, relative to the service.
    let name: String
    /// The property that names the directory, such as `module`.
    let property: String
    let request: BundleRequest
    let files: any FileSystem

    /// The maximum number of directories to compare with the name.
    private static let searchedCount = 2000
    /// The maximum depth of directories to compare with the name.
    private static let searchedDepth = 5
    /// Directories whose content is not that of the service.
    private static let skipped: Set<String> = ["node_modules", "venv", "__pycache__", "site-packages"]

    /// The error, with the nearest directory and the hooks and plugins that may make the directory.
    ///
    /// - Parameters:
    ///   - code: the code of the error.
    ///   - subject: what has the property, such as `function 'orders'`.
    ///   - place: the place of the property.
    /// - Returns: the error.
    func error(_ code: DiagnosticCode, of subject: String, at place: SourcePlace?) -> DiagnosticError {
        let path = request.directory / name
        let isFile = files.isFile(path)
        let hooks = hookNotes
        let build = BuildStep.help(in: request.directory, files)
        let suggestion =
            nearest.map { [NearestNames.question($0)] }
            ?? [build, "create the directory, or correct '\(property)'"].compactMap(\.self)
        return DiagnosticError(
            code,
            isFile
                ? "'\(name)', the \(property) of \(subject), is not a directory"
                : "cannot find the directory '\(name)', the \(property) of \(subject)",
            at: place,
            notes: hooks.isEmpty
                ? request.pluginsNotRun.map { "the plugin '\($0)' is not run, and may make it" } : hooks,
            help: (hooks.isEmpty ? [] : ["run the command of the hook before packaging"]) + suggestion
        )
    }

    /// Notes about the commands of hooks, which are not run, that contain the name of the directory.
    private var hookNotes: [String] {
        let path = LocalPath(name).string
        return request.hookCommands.filter { $0.string?.contains(path) == true }
            .map { command in
                "a hook that is not run names it" + (command.place.map { ", at \($0)" } ?? "")
                    + ": \(command.string ?? "")"
            }
    }

    /// The existing directory with the same last component, or else the most similar path.
    private var nearest: String? {
        let wanted = LocalPath(name)
        let existing = directories.filter { $0 != "." }
        let last = wanted.lastComponent.lowercased()
        let namesakes = existing.filter { LocalPath($0).lastComponent.lowercased() == last }
        if let namesake = NearestNames.ordered(namesakes, nearestTo: wanted.string).first { return namesake }
        return NearestNames.nearest(to: wanted.string, among: existing)
    }

    /// The directories of the service, nearest to its root first.
    private var directories: [String] {
        var found = ["."]
        var next = 0
        while next < found.count, found.count < Self.searchedCount {
            let parent = found[next]
            next += 1
            guard parent.utf8.count(where: { $0 == UInt8(ascii: "/") }) + 1 < Self.searchedDepth else { continue }
            // A directory that cannot be read has nothing to suggest.
            let entries = (try? files.entriesIfPresent(of: request.directory / parent)) ?? []
            for entry in entries where entry.kind == .directory {
                guard !entry.name.hasPrefix("."), !Self.skipped.contains(entry.name) else { continue }
                found.append(parent == "." ? entry.name : "\(parent)/\(entry.name)")
            }
        }
        return found
    }
}
