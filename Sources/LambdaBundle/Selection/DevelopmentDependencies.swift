import HostSystem
import OrderedJSON
import Synchronization

/// Finds Node packages that only `devDependencies` require, which are excluded from artifacts.
///
/// It excludes packages that are reachable from the `package.json` beside `node_modules`. Packages that nothing requires
/// are kept, and so are those that another package, or another project in the service, requires.
final class DevelopmentDependencies: Sendable {
    /// The files and directories to exclude.
    private struct Leftovers {
        /// The directories of packages, relative to the service.
        var folders: Set<String> = []
        /// The executables of packages in `.bin`, relative to the service.
        var programs: Set<String> = []
    }

    private let service: LocalPath
    private let files: any FileSystem
    private let listings = Mutex<[String: NodeProject.Listing]>([:])
    private let results = Mutex<[Set<String>: Leftovers]>([:])

    /// Creates a finder for the directory of a service; each project is read once.
    init(service: LocalPath, files: any FileSystem) {
        self.service = service
        self.files = files
    }

    /// Removes the files of development dependencies.
    ///
    /// - Parameter files: the files of an artifact, with names relative to the service.
    /// - Returns: the remaining files.
    /// - Throws: `FileSystemError` if a `package.json` cannot be read.
    func removing(from files: [SelectedFile]) throws(FileSystemError) -> [SelectedFile] {
        var roots: Set<String> = []
        var last: String?
        for file in files {
            // The files of a project are adjacent.
            if let last, file.name.hasPrefix(last) { continue }
            guard let root = Self.root(of: file.name) else { continue }
            roots.insert(root)
            last = root.isEmpty ? "node_modules/" : root + "/node_modules/"
        }
        guard !roots.isEmpty else { return files }
        let leftovers = try leftovers(of: roots.union([""]))
        guard !leftovers.folders.isEmpty else { return files }
        return files.filter { file in
            !leftovers.programs.contains(file.name) && !Self.isWithin(leftovers.folders, file.name)
        }
    }

    /// The directory whose `node_modules` contains a file (empty for the service itself), or `nil` if none does.
    private static func root(of name: String) -> String? {
        if name.hasPrefix("node_modules/") { return "" }
        let folder = "/node_modules/".utf8
        var rest = name.utf8[...]
        while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            if name.utf8[slash...].starts(with: folder) { return String(name[..<slash]) }
            rest = rest[rest.index(after: slash)...]
        }
        return nil
    }

    private static func isWithin(_ folders: Set<String>, _ name: String) -> Bool {
        guard name.contains("node_modules/") else { return false }
        var end = name.startIndex
        while let slash = name[end...].firstIndex(of: "/") {
            if folders.contains(String(name[..<slash])) { return true }
            end = name.index(after: slash)
        }
        return false
    }

    private func leftovers(of roots: Set<String>) throws(FileSystemError) -> Leftovers {
        if let known = results.withLock({ $0[roots] }) { return known }
        var all: Set<String> = []
        var production: Set<String> = []
        for root in roots {
            let listing = try listing(of: root)
            all.formUnion(listing.all)
            production.formUnion(listing.production)
        }
        let development = all.subtracting(production)
        var leftovers = Leftovers()
        if !development.isEmpty {
            let prefix = try files.realPath(of: service).string + "/"
            for path in development where path.hasPrefix(prefix) {
                guard let manifest = try NodeProject.manifest(path, files) else { continue }
                let folder = String(path.dropFirst(prefix.count))
                leftovers.folders.insert(folder)
                leftovers.programs.formUnion(Self.programs(of: folder, manifest))
            }
        }
        results.withLock { $0[roots] = leftovers }
        return leftovers
    }

    private func listing(of root: String) throws(FileSystemError) -> NodeProject.Listing {
        if let known = listings.withLock({ $0[root] }) { return known }
        var listing = NodeProject.Listing()
        let folder = service / root
        if files.isFile(folder / "package.json") {
            var project = try NodeProject(files.realPath(of: folder), files: files)
            listing = try project.listing()
        }
        listings.withLock { $0[root] = listing }
        return listing
    }

    /// The executables of a package in the `.bin` directory beside it.
    private static func programs(of package: String, _ manifest: JSONValue) -> [String] {
        guard let slash = package.lastIndex(of: "/") else { return [] }
        let folder = package[...slash] + ".bin/"
        switch manifest["bin"] {
        case .object(let programs): return programs.keys.map { folder + $0 }
        case .string: return [String(folder + package[package.index(after: slash)...])]
        default: return []
        }
    }
}
