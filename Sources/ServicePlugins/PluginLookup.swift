import Diagnostics
import HostSystem

/// The search for plugins where Serverless finds them: at a path, in the directory of local plugins, or in `node_modules`.
struct PluginLookup {
    /// The directory of the service, absolute.
    let directory: LocalPath
    /// The directory with local plugins, relative to the service.
    let localDirectory: String
    let files: any FileSystem

    /// The extensions of modules that may be omitted in a name.
    private static let extensions = ["js", "cjs", "mjs", "ts", "json"]

    /// Whether a name is a path, which is relative to the directory of the service.
    static func isPath(_ name: String) -> Bool {
        name.hasPrefix("./") || name.hasPrefix("../") || name.hasPrefix("/") || name == "." || name == ".."
    }

    /// Whether a plugin is there.
    func isInstalled(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        if Self.isPath(name) { return isModule(directory / name) }
        if isModule(directory / localDirectory / name) { return true }
        var folder = directory
        while true {
            if isModule(folder / "node_modules" / name) { return true }
            guard folder.isAbsolute, folder.parent != folder else { return false }
            folder = folder.parent
        }
    }

    /// The path that is most similar to one of a plugin that is not there; `nil` if none is similar.
    func nearest(toPath name: String) -> String? {
        guard Self.isPath(name), let slash = name.lastIndex(of: "/") else { return nil }
        let before = name[...slash]
        let entries = (try? files.entriesIfPresent(of: directory / String(before))) ?? []
        return NearestNames.nearest(to: name, among: entries.map { before + $0.name })
    }

    private func isModule(_ path: LocalPath) -> Bool {
        files.exists(path) || Self.extensions.contains { files.isFile(LocalPath("\(path).\($0)")) }
    }
}
