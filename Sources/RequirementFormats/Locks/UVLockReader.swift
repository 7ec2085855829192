import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads a `uv.lock`, of a project or of a workspace.
struct UVLockReader {
    /// The content of the lock file.
    let lock: TOMLFile
    /// The file system, service directory and options to read with.
    let context: ReadingContext

    /// Reads a lock file, whose paths are relative to its directory.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let reader = UVLockReader(lock: try TOMLFile(reading: origin.file, context: context), context: context)
        return try reader.read(origin)
    }

    /// Whether the project in a directory is a member of the workspace of a lock.
    static func hasMember(
        _ folder: LocalPath,
        in file: LocalPath,
        context: ReadingContext
    ) throws(DiagnosticError) -> Bool {
        let lock = try TOMLFile(reading: file, context: context)
        return try lock.items(lock.root["package"], "package")
            .contains { entry in
                localPath(entry["source"]).map { file.parent / $0 } == folder
            }
    }

    private func read(_ origin: RequirementSource) throws(DiagnosticError) -> RequirementSet {
        let root = lock.root
        guard root["version"]?.integer == 1 else {
            throw lock.error(
                .unsupportedLockFormat,
                "'\(lock.name)' has an unsupported format; only version 1 is supported",
                at: root["version"]
            )
        }
        let entries = try lock.items(root["package"], "package")
        var packages: [LockedPackage] = []
        for entry in entries { packages.append(try package(entry)) }
        var result = Lock(packages, roots: try roots(of: entries, origin))
        if let python = root["requires-python"] {
            let text = try lock.string(python, "requires-python", in: root)
            result.requiresPython = try lock.specifiers(text, at: python)
        }
        return RequirementSet(origin: origin, content: .lock(result), files: [origin.file])
    }

    /// The dependencies to install: those of the project in the lock's directory and of the selected groups.
    ///
    /// If the directory is a workspace without a project, they are those of its members.
    private func roots(
        of entries: [TOMLValue],
        _ origin: RequirementSource
    ) throws(DiagnosticError) -> [LockedDependency] {
        let folder = origin.member ?? origin.folder
        let own = entries.filter { entry in Self.localPath(entry["source"]).map { origin.folder / $0 } == folder }
        let members = (lock.root["manifest", "members"]?.array ?? []).compactMap(\.string)
        let projects =
            own.isEmpty
            ? entries.filter { entry in members.contains { $0 == entry["name"]?.string } } : own
        let manifestGroups = lock.root["manifest", "dependency-groups"]
        var known = Set(manifestGroups?.table?.keys ?? [])
        for project in projects { known.formUnion(project["dev-dependencies"]?.table?.keys ?? []) }
        if let project = try projectFile(in: folder) {
            known.formUnion(project.groupNames)
        }
        let selection = try GroupSelection(context.options, known: known, source: origin.displayName)
        if let entry = own.first { try checkFreshness(of: entry, groups: selection.names) }
        var result: [LockedDependency] = []
        if selection.includes(GroupSelection.main) {
            result += try (lock.root["manifest", "requirements"]?.array ?? []).map(dependency)
            for project in projects {
                if own.isEmpty {
                    result.append(LockedDependency(try lock.packageName(project["name"], "name", in: project)))
                } else {
                    result += try dependencies(project["dependencies"], "dependencies")
                }
            }
        }
        for group in selection.names where group != GroupSelection.main {
            for project in projects {
                let groups = project["dev-dependencies"]?.table ?? OrderedMap()
                let members = groups.first { PackageName.normalize($0.key) == group }?.value
                result += try dependencies(members, group)
            }
            result += try dependencies(manifestGroups?[group], group)
        }
        try checkLocalProjects(among: entries, neededBy: result.map(\.name), besides: own)
        return result
    }

    /// The `pyproject.toml` in a directory; `nil` if it has none.
    func projectFile(in folder: LocalPath) throws(DiagnosticError) -> ProjectFile? {
        let file = folder / "pyproject.toml"
        return context.files.isFile(file) ? try ProjectFile(reading: file, context: context) : nil
    }

    private func package(_ entry: TOMLValue) throws(DiagnosticError) -> LockedPackage {
        let name = try lock.packageName(entry["name"], "name", in: entry)
        let (source, directFile) = try source(entry["source"], of: name, in: entry)
        var package = LockedPackage(name: name, version: nil, source: source, place: lock.place(of: entry))
        if let version = entry["version"] {
            package.version = try lock.version(try lock.string(version, "version", in: entry), at: version)
        }
        let registry = Self.localPath(entry["source"], "registry").map { lock.file.parent / $0 }
        for file in try lock.items(entry["wheels"], "wheels") + [entry["sdist"]].compactMap({ $0 }) {
            package.files.append(try self.file(file, registry: registry, direct: directFile))
        }
        // The markers of the forks of a resolution distinguish several versions of a distribution.
        let forks = try lock.strings(entry["resolution-markers"], "resolution-markers")
        var markers: [Marker] = []
        for fork in forks { markers.append(try lock.marker(fork, at: entry["resolution-markers"])) }
        package.marker = markers.count > 1 ? .any(markers) : markers.first
        package.dependencies = try dependencies(entry["dependencies"], "dependencies")
        for (extra, needs) in entry["optional-dependencies"]?.table ?? OrderedMap() {
            let condition = Marker.comparison(.variable(.extra), .relation(.equal), .literal(extra))
            for var need in try dependencies(needs, extra) {
                need.marker = need.marker.map { condition && $0 } ?? condition
                package.dependencies.append(need)
            }
        }
        return package
    }

    private func dependencies(_ value: TOMLValue?, _ key: String) throws(DiagnosticError) -> [LockedDependency] {
        var result: [LockedDependency] = []
        for item in try lock.items(value, key) { result.append(try dependency(item)) }
        return result
    }

    private func dependency(_ value: TOMLValue) throws(DiagnosticError) -> LockedDependency {
        let name = try lock.packageName(value["name"], "name", in: value)
        var dependency = LockedDependency(
            name,
            extras: try lock.strings(value["extra"] ?? value["extras"], "extra").map { PackageName.normalize($0) },
            marker: try lock.marker(in: value, "marker")
        )
        if let version = value["version"] {
            let exact = try lock.version(try lock.string(version, "version", in: value), at: version)
            dependency.versions = [VersionSpecifierSet([VersionSpecifier(.equal, exact)])]
        }
        if value["source"] != nil { dependency.source = try source(value["source"], of: name, in: value).0 }
        return dependency
    }

    /// Where an entry comes from, and the address of its one file where that is all there is.
    private func source(
        _ value: TOMLValue?,
        of name: PackageName,
        in entry: TOMLValue
    ) throws(DiagnosticError) -> (LockedPackage.Source, String?) {
        guard let value else { throw lock.error(.invalidTOMLValue, "'source' of '\(name)' is missing", at: entry) }
        if let registry = value["registry"]?.string {
            let isAddress = registry.firstRange(of: "://") != nil
            return (.index(isAddress ? IndexAddress(registry) : nil), nil)
        }
        if let url = value["url"]?.string { return (.archive(url, subdirectory: value["subdirectory"]?.string), url) }
        if let git = value["git"]?.string { return (try repository(git, value), nil) }
        for key in ["editable", "directory", "virtual", "path"] {
            if let path = Self.localPath(value, key) { return (.local(lock.file.parent / path), nil) }
        }
        throw lock.error(.unsupportedSource, "unsupported source of '\(name)'", at: value)
    }

    /// Parses the address of a repository: `https://host/repository?subdirectory=x&rev=main#commit`.
    private func repository(_ text: String, _ value: TOMLValue) throws(DiagnosticError) -> LockedPackage.Source {
        let parts = text.split(separator: "#", maxSplits: 1)
        guard parts.count == 2 else { throw lock.error(.invalidLockFile, "'\(text)' has no commit", at: value) }
        let location = parts[0].split(separator: "?", maxSplits: 1)
        let query = location.count > 1 ? location[1].split(separator: "&") : []
        let subdirectory = query.first { $0.hasPrefix("subdirectory=") }
            .map { PercentCoding.decode(String($0.dropFirst("subdirectory=".count))) }
        return .repository(
            RepositoryAddress.normalized(String(location[0])),
            commit: String(parts[1]),
            subdirectory: subdirectory
        )
    }

    private func file(_ value: TOMLValue, registry: LocalPath?, direct: String?) throws(DiagnosticError) -> LockedFile {
        let address = value["url"]?.string ?? direct
        let path = value["path"]?.string
        let location = path ?? address.map { String($0.prefix { $0 != "?" && $0 != "#" }) } ?? ""
        let last = PercentCoding.decode(String(location.split(separator: "/").last ?? ""))
        let name = value["filename"]?.string ?? last
        return LockedFile(
            name: name,
            address: path == nil ? address : nil,
            path: path.map { (registry ?? lock.file.parent) / $0 },
            hashes: try lock.hashes(in: value),
            sizeBytes: value["size"]?.integer
        )
    }

    /// The path of a local source; `nil` if the source is not local.
    static func localPath(_ source: TOMLValue?, _ key: String? = nil) -> String? {
        guard let source else { return nil }
        for key in key.map({ [$0] }) ?? ["editable", "directory", "virtual"] {
            if let path = source[key]?.string, path.firstRange(of: "://") == nil { return path }
        }
        return nil
    }
}
