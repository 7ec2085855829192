import HostSystem
import OrderedJSON

/// Finds the Node packages that only `devDependencies` ask for, which do not belong into an artifact.
///
/// A package counts where it can be reached from the `package.json` beside `node_modules`; one that nothing asks for
/// stays in, and so does one that something else asks for too.
struct DevelopmentDependencies {
    private let service: LocalPath
    private let files: any FileSystem

    /// Looks for packages below the folder of a service.
    init(service: LocalPath, files: any FileSystem) {
        self.service = service
        self.files = files
    }

    /// The files without those of development dependencies.
    ///
    /// - Parameter files: the files of an artifact; their names are taken relative to the service's folder.
    /// - Returns: those that stay.
    /// - Throws: `FileSystemError` where a `package.json` cannot be read.
    func removing(from files: [SelectedFile]) throws(FileSystemError) -> [SelectedFile] {
        var roots: [String] = []
        for file in files {
            guard let root = Self.root(of: file.name), !roots.contains(root) else { continue }
            roots.append(root)
        }
        guard !roots.isEmpty else { return files }
        var packages: Set<String> = []
        var programs: Set<String> = []
        for root in roots {
            for package in try onlyDevelopment(below: root) {
                packages.insert(package)
                programs.formUnion(try self.programs(of: package))
            }
        }
        guard !packages.isEmpty else { return files }
        return files.filter { file in !programs.contains(file.name) && !Self.isWithin(packages, file.name) }
    }

    /// The folder whose `node_modules` a file lies in, empty for the service itself; `nil` where it lies in none.
    private static func root(of name: String) -> String? {
        if name.hasPrefix("node_modules/") { return "" }
        return name.firstRange(of: "/node_modules/").map { String(name[..<$0.lowerBound]) }
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

    /// The paths of the packages that only the development of a root needs.
    private func onlyDevelopment(below root: String) throws(FileSystemError) -> Set<String> {
        guard let manifest = try manifest(root) else { return [] }
        let production = Self.names(manifest, ["dependencies", "optionalDependencies", "peerDependencies"])
        let development = Self.names(manifest, ["devDependencies"])
        guard !development.isEmpty else { return [] }
        let needed = try reachable(from: production, at: root, below: root)
        return try reachable(from: development, at: root, below: root, except: needed)
    }

    /// The paths of all packages that are reached from names asked for at a path.
    private func reachable(
        from names: [String],
        at path: String,
        below root: String,
        except known: Set<String> = []
    ) throws(FileSystemError) -> Set<String> {
        var found: Set<String> = []
        var open = names.map { (name: $0, from: path) }
        while let (name, from) = open.popLast() {
            guard let package = find(name, from: from, below: root), !known.contains(package),
                found.insert(package).inserted, let manifest = try manifest(package)
            else { continue }
            let keys = ["dependencies", "optionalDependencies", "peerDependencies"]
            open += Self.names(manifest, keys).map { ($0, package) }
        }
        return found
    }

    /// The package of a name as Node finds it from a path: in the nearest `node_modules` upwards, up to the root's.
    private func find(_ name: String, from path: String, below root: String) -> String? {
        var folder = path
        while true {
            let candidate = (folder.isEmpty ? "" : folder + "/") + "node_modules/" + name
            if files.isDirectory(service / candidate) { return candidate }
            guard folder != root, let marker = folder.ranges(of: "node_modules/").last else { return nil }
            folder = String(folder[..<marker.lowerBound].dropLast(marker.lowerBound == folder.startIndex ? 0 : 1))
        }
    }

    /// The programs that a package puts beside itself into `.bin`.
    private func programs(of package: String) throws(FileSystemError) -> [String] {
        guard let manifest = try manifest(package), let slash = package.lastIndex(of: "/") else { return [] }
        let folder = package[...slash] + ".bin/"
        switch manifest["bin"] {
        case .object(let programs): return programs.keys.map { folder + $0 }
        case .string: return [String(folder + package[package.index(after: slash)...])]
        default: return []
        }
    }

    /// What the `package.json` of a folder says; `nil` where there is none.
    ///
    /// One that is no JSON says nothing: npm refuses it too, and what nobody asks for stays in.
    private func manifest(_ folder: String) throws(FileSystemError) -> JSONValue? {
        guard let bytes = try files.readIfPresent(service / folder / "package.json") else { return nil }
        return try? JSONValue(parsing: bytes)
    }

    private static func names(_ manifest: JSONValue, _ keys: [String]) -> [String] {
        keys.flatMap { manifest[$0]?.objectValue?.keys ?? [] }
    }
}
