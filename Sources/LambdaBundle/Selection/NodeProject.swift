import GlobMatching
import HostSystem
import OrderedJSON

/// The installed packages of a Node project that are reachable from its `package.json`, as listed by `npm ls`.
struct NodeProject {
    /// An installed package in a `node_modules` directory, which can be a link.
    private struct Package {
        let path: String
        let real: String
        /// Whether it is a workspace of the project, whose development dependencies count as well.
        var isWorkspace = false
        var isLink: Bool { path != real }
    }

    /// The lists of packages of `npm ls`.
    struct Listing: Sendable {
        /// The absolute paths of all packages that are required.
        var all: Set<String> = []
        /// The packages that are required for production, or by packages that nothing requires.
        var production: Set<String> = []
    }

    private let root: String
    private let files: any FileSystem
    private var manifests: [String: JSONValue?] = [:]
    private var places: [String: Package?] = [:]
    private let workspaces: [(glob: Glob, isPositive: Bool)]

    /// Reads the `package.json` of a project.
    ///
    /// - Parameters:
    ///   - root: the real path of the project's directory.
    ///   - files: the file system of the service.
    /// - Throws: `FileSystemError` if it exists but cannot be read.
    init(_ root: LocalPath, files: any FileSystem) throws(FileSystemError) {
        self.root = root.string
        self.files = files
        let manifest = try Self.manifest(root.string, files)
        manifests[root.string] = manifest
        let setting = manifest?["workspaces"]
        workspaces = (setting?.arrayValue ?? setting?["packages"]?.arrayValue ?? []).compactMap(\.stringValue)
            .map { pattern in
                let isPositive = !pattern.hasPrefix("!")
                let text = LocalPath(isPositive ? pattern : String(pattern.dropFirst())).string
                return (Glob(text), isPositive)
            }
    }

    /// Lists all packages, and those for production.
    ///
    /// - Throws: `FileSystemError` if a `package.json` or a directory cannot be read.
    mutating func listing() throws(FileSystemError) -> Listing {
        guard manifests[root] != .some(nil) else { return Listing() }
        let all = try reachable(withDevelopment: true)
        return Listing(all: all, production: try reachable(withDevelopment: false, extraneousTo: all))
    }

    /// The packages that are reachable from the project.
    ///
    /// - Parameters:
    ///   - withDevelopment: whether to include the development dependencies of the project.
    ///   - known: if given, packages beside the reachable ones are included unless they are in this set.
    /// - Returns: the paths of the packages.
    /// - Throws: `FileSystemError` if a directory cannot be read.
    private mutating func reachable(
        withDevelopment: Bool,
        extraneousTo known: Set<String>? = nil
    ) throws(FileSystemError) -> Set<String> {
        var found: Set<String> = []
        var open = [Package(path: root, real: root, isWorkspace: true)]
        while let package = open.popLast() {
            for name in try names(of: package, withDevelopment: withDevelopment) {
                guard let next = find(name, from: package.real), found.insert(next.path).inserted else { continue }
                open.append(next)
            }
            guard let known, !package.isLink else { continue }
            for next in try installed(in: package.real)
            where !known.contains(next.path) && found.insert(next.path).inserted { open.append(next) }
        }
        return found
    }

    /// The names of the packages that a package requires.
    ///
    /// For workspaces and links, they include the development dependencies, unless those of a workspace are excluded.
    private mutating func names(of package: Package, withDevelopment: Bool) throws(FileSystemError) -> Set<String> {
        guard let manifest = try manifest(package.real) else { return [] }
        func keys(_ key: String) -> [String] { manifest[key]?.objectValue.map { Array($0.keys) } ?? [] }
        var names = Set(keys("dependencies") + keys("optionalDependencies") + keys("peerDependencies"))
        let development = keys("devDependencies")
        if package.isWorkspace, !withDevelopment {
            // A package that is also a development dependency counts as one.
            names.subtract(development)
        } else if package.isWorkspace || package.isLink {
            names.formUnion(development)
        }
        // A project requires its workspaces.
        if package.path == root, !workspaces.isEmpty {
            names.formUnion(
                try installed(in: root).filter(\.isWorkspace).map { String($0.path.dropFirst(root.count + 14)) }
            )
        }
        return names
    }

    /// Finds a package by name in the nearest `node_modules` of a directory or its parents, up to the project.
    private mutating func find(_ name: String, from real: String) -> Package? {
        let limit = Self.sharedFolder(real, root)
        var folder = real[...]
        while true {
            if !folder.hasSuffix("/node_modules"), let package = package(at: folder + "/node_modules/" + name) {
                return package
            }
            guard folder.utf8.count > limit.utf8.count, let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else {
                return nil
            }
            folder = folder[..<slash]
        }
    }

    /// The packages in the `node_modules` of a directory.
    private mutating func installed(in folder: String) throws(FileSystemError) -> [Package] {
        let modules = folder + "/node_modules"
        var packages: [Package] = []
        for entry in try files.entriesIfPresent(of: LocalPath(modules)) where !entry.name.hasPrefix(".") {
            guard entry.name.hasPrefix("@") else {
                if let package = package(at: modules + "/" + entry.name) { packages.append(package) }
                continue
            }
            let scope = modules + "/" + entry.name
            for inner in try files.entriesIfPresent(of: LocalPath(scope)) where !inner.name.hasPrefix(".") {
                if let package = package(at: scope + "/" + inner.name) { packages.append(package) }
            }
        }
        return packages
    }

    private mutating func package(at path: String) -> Package? {
        if let known = places[path] { return known }
        var package: Package?
        // The package is often missing, and this check is cheaper than following links.
        if files.isDirectory(LocalPath(path)), let real = try? files.realPath(of: LocalPath(path)).string {
            package = Package(path: path, real: real)
            package?.isWorkspace = real != path && isWorkspace(real)
        }
        places[path] = .some(package)
        return package
    }

    private func isWorkspace(_ real: String) -> Bool {
        guard !workspaces.isEmpty, real.hasPrefix(root + "/") else { return false }
        let path = Array(real.utf8.dropFirst(root.utf8.count + 1))
        return workspaces.last { $0.glob.matches(path) }?.isPositive ?? false
    }

    private mutating func manifest(_ folder: String) throws(FileSystemError) -> JSONValue? {
        if let known = manifests[folder] { return known }
        let manifest = try Self.manifest(folder, files)
        manifests[folder] = .some(manifest)
        return manifest
    }

    /// The `package.json` of a directory, or `nil` if it does not exist or is not valid JSON.
    ///
    /// npm rejects invalid files too, and packages that are not required are kept.
    static func manifest(_ folder: String, _ files: any FileSystem) throws(FileSystemError) -> JSONValue? {
        guard let bytes = try files.readIfPresent(LocalPath(folder) / "package.json") else { return nil }
        return try? JSONValue(parsing: bytes)
    }

    /// The nearest common parent of two directories, which can be one of them.
    private static func sharedFolder(_ left: String, _ right: String) -> String {
        if left == right || left.hasPrefix(right + "/") { return right }
        let parts = zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.map(\.0)
        return "/" + parts.joined(separator: "/")
    }
}
