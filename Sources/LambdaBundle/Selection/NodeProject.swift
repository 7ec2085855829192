import GlobMatching
import HostSystem
import OrderedJSON

/// The installed packages of a Node project, as `npm ls` lists them: those that can be reached from its
/// `package.json`, with development dependencies or without.
struct NodeProject {
    /// A package where it was found: below some `node_modules`, perhaps as a link to elsewhere.
    private struct Package {
        let path: String
        let real: String
        /// Whether it belongs to the project as a workspace, so that its development is the project's.
        var isWorkspace = false
        var isLink: Bool { path != real }
    }

    /// What `npm ls` lists.
    struct Listing: Sendable {
        /// The absolute paths of the packages that something asks for.
        var all: Set<String> = []
        /// Those of them that something else than development asks for, or a package that nothing asks for.
        var production: Set<String> = []
    }

    private let root: String
    private let files: any FileSystem
    private var manifests: [String: JSONValue?] = [:]
    private var places: [String: Package?] = [:]
    private let workspaces: [(glob: Glob, isPositive: Bool)]

    /// Reads a project's `package.json`.
    ///
    /// - Parameters:
    ///   - root: the project's folder, without links in its path.
    ///   - files: the files of the machine.
    /// - Throws: `FileSystemError` where it is there and cannot be read.
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

    /// Lists the packages.
    ///
    /// - Throws: `FileSystemError` where a `package.json` or a folder cannot be read.
    mutating func listing() throws(FileSystemError) -> Listing {
        guard manifests[root] != .some(nil) else { return Listing() }
        let all = try reachable(withDevelopment: true)
        return Listing(all: all, production: try reachable(withDevelopment: false, extraneousTo: all))
    }

    /// The packages that are reached from the project.
    ///
    /// - Parameters:
    ///   - withDevelopment: whether the project's own development dependencies count.
    ///   - known: where it is given, packages beside those that are reached count too if they are not in it.
    /// - Returns: their paths.
    /// - Throws: `FileSystemError` for a folder that cannot be read.
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

    /// The names that a package asks for.
    ///
    /// Where it lies outside of any `node_modules`, or is a link, these are those of its development too.
    private mutating func names(of package: Package, withDevelopment: Bool) throws(FileSystemError) -> Set<String> {
        guard let manifest = try manifest(package.real) else { return [] }
        func keys(_ key: String) -> [String] { manifest[key]?.objectValue.map { Array($0.keys) } ?? [] }
        var names = Set(keys("dependencies") + keys("optionalDependencies") + keys("peerDependencies"))
        let development = keys("devDependencies")
        if package.isWorkspace, !withDevelopment {
            // What is asked for both ways counts as development.
            names.subtract(development)
        } else if package.isWorkspace || package.isLink {
            names.formUnion(development)
        }
        // The project's workspaces are packages that it asks for.
        if package.path == root, !workspaces.isEmpty {
            names.formUnion(
                try installed(in: root).filter(\.isWorkspace).map { String($0.path.dropFirst(root.count + 14)) }
            )
        }
        return names
    }

    /// The package of a name in the nearest `node_modules` upwards from a folder, but not above the project.
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

    /// The packages that lie in the `node_modules` of a folder.
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
        // Looking for a name in vain is common, and cheaper than following links.
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

    /// What the `package.json` of a folder says; `nil` where there is none, or one that is no JSON: npm refuses it
    /// too, and what nobody asks for stays in.
    static func manifest(_ folder: String, _ files: any FileSystem) throws(FileSystemError) -> JSONValue? {
        guard let bytes = try files.readIfPresent(LocalPath(folder) / "package.json") else { return nil }
        return try? JSONValue(parsing: bytes)
    }

    /// The nearest folder that holds two others, or is one of them.
    private static func sharedFolder(_ left: String, _ right: String) -> String {
        if left == right || left.hasPrefix(right + "/") { return right }
        let parts = zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.map(\.0)
        return "/" + parts.joined(separator: "/")
    }
}
