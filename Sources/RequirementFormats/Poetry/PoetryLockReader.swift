import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads a `poetry.lock` of format 1.x or 2.x.
struct PoetryLockReader {
    /// The content of the lock file.
    let lock: TOMLFile
    /// The project that the lock belongs to.
    let project: PoetryProject
    /// The file system, service directory and options to read with.
    let context: ReadingContext

    private var projectFile: TOMLFile { project.project.toml }

    /// Reads the distributions of the lock.
    ///
    /// - Parameters:
    ///   - origin: The file of the lock.
    ///   - roots: The dependencies of the selected groups, which are installed.
    /// - Returns: The lock with the indexes of the project.
    /// - Throws: A `DiagnosticError` if the lock is invalid, or the project file has changed since it was created.
    func read(_ origin: RequirementSource, roots: [PoetryDependency]) throws(DiagnosticError) -> RequirementSet {
        try checkFormat()
        try checkFreshness()
        var packages: [LockedPackage] = []
        for package in try lock.items(lock.root["package"], "package") { packages.append(try self.package(package)) }
        var result = Lock(packages, roots: roots.map(\.locked))
        if let python = lock.root["metadata", "python-versions"], let text = python.string {
            let constraint = try PoetryDependency.constraint(text, at: python, in: lock)
            if let set = constraint.singleSet {
                result.requiresPython = set
            } else if let marker = constraint.pythonMarker {
                result.environments = [marker]
            }
        }
        return RequirementSet(
            origin: origin,
            content: .lock(result),
            indexes: try project.indexes(),
            files: [origin.file, projectFile.file]
        )
    }

    private func checkFormat() throws(DiagnosticError) {
        guard let metadata = lock.root["metadata"] else {
            throw lock.error(
                .invalidLockFile,
                "'\(lock.name)' has no table [metadata]",
                at: nil,
                help: ["run poetry lock"]
            )
        }
        let text = metadata["lock-version"]?.string ?? "1.0"
        let version = try lock.version(text, at: metadata["lock-version"])
        guard version.releaseNumber(0) == 1 || version.releaseNumber(0) == 2 else {
            throw lock.error(
                .unsupportedLockFormat,
                "'\(lock.name)' has the unsupported format \(version); 1.x and 2.x are supported",
                at: metadata["lock-version"]
            )
        }
    }

    private func checkFreshness() throws(DiagnosticError) {
        guard let hash = lock.root["metadata", "content-hash"], let text = hash.string else { return }
        guard !PoetryContentHash.all(of: projectFile.root).contains(text.lowercased()) else { return }
        throw DiagnosticError(
            .outdatedLock,
            "'\(lock.name)' is out of date: '\(projectFile.name)' has changed since it was created",
            at: lock.place(of: hash),
            help: ["run poetry lock"]
        )
    }

    private func package(_ value: TOMLValue) throws(DiagnosticError) -> LockedPackage {
        let name = try lock.packageName(value["name"], "name", in: value)
        let source = try source(of: value, name: name)
        var package = LockedPackage(
            name: name,
            version: try lock.version(try lock.string(value["version"], "version", in: value), at: value["version"]),
            source: source,
            files: try files(of: value, name: name),
            place: lock.place(of: value)
        )
        if let python = value["python-versions"], let text = python.string {
            let constraint = try PoetryDependency.constraint(text, at: python, in: lock)
            package.requiresPython = constraint.singleSet ?? VersionSpecifierSet()
        }
        package.marker = try marker(of: value)
        if package.files.isEmpty, case .table(let hashes) = lock.root["metadata", "hashes"]?.kind {
            // The first lock formats list hashes without files.
            let own = hashes.first { PackageName.normalize($0.key) == name.normalized }?.value
            package.hashes = try lock.strings(own, "hashes").map { FileHash(algorithm: "sha256", digest: $0) }
        }
        for (key, needs) in value["dependencies"]?.table ?? OrderedMap() {
            package.dependencies += try PoetryDependency.read(key, needs, in: lock).map(\.locked)
        }
        return package
    }

    /// The condition of an entry, which distinguishes entries of the same name.
    ///
    /// If groups have different conditions, one of them must be true.
    private func marker(of value: TOMLValue) throws(DiagnosticError) -> Marker? {
        guard let markers = value["markers"] else { return nil }
        if let text = markers.string { return try lock.marker(text, at: markers) }
        var parts: [Marker] = []
        for (group, marker) in markers.table ?? OrderedMap() {
            parts.append(try lock.marker(try lock.string(marker, group, in: markers), at: marker))
        }
        // A group without a condition always installs the entry.
        let groups = value["groups"]?.array?.count ?? 0
        guard !parts.isEmpty, parts.count >= groups else { return nil }
        return parts.count > 1 ? .any(parts) : parts.first
    }

    private func source(of value: TOMLValue, name: PackageName) throws(DiagnosticError) -> LockedPackage.Source {
        guard let source = value["source"] else { return .index(nil) }
        let url = try lock.string(source["url"], "url", in: source)
        let subdirectory = source["subdirectory"]?.string
        switch source["type"]?.string {
        case "directory", "file":
            let path = lock.file.parent / url
            guard context.files.exists(path) else {
                throw lock.error(
                    .missingLocalDistribution,
                    "cannot find '\(name)': no such file or directory '\(url)'",
                    at: source,
                    help: ["restore the file or directory, or update the lock file"]
                )
            }
            return .local(path)
        case "git":
            let commit = try lock.string(source["resolved_reference"], "resolved_reference", in: source)
            return .repository(RepositoryAddress.normalized(url), commit: commit, subdirectory: subdirectory)
        case "url": return .archive(url, subdirectory: subdirectory)
        case "legacy", "pypi", nil: return .index(IndexAddress(url))
        case let type?:
            throw lock.error(.unsupportedSource, "unsupported source '\(type)' of '\(name)'", at: source)
        }
    }

    /// The files of an entry, from its own list or, up to format 1.1, from the list for all entries.
    private func files(of value: TOMLValue, name: PackageName) throws(DiagnosticError) -> [LockedFile] {
        let old = lock.root["metadata", "files"]?.table?.first { PackageName.normalize($0.key) == name.normalized }
        var result: [LockedFile] = []
        for file in try lock.items(value["files"] ?? old?.value, "files") {
            let fileName = try lock.string(file["file"] ?? file["name"], "file", in: file)
            result.append(
                LockedFile(
                    name: fileName,
                    address: file["url"]?.string,
                    hashes: try lock.hashes(in: file),
                    sizeBytes: file["size"]?.integer
                )
            )
        }
        guard value["files"] == nil, let text = value["version"]?.string, let version = try? Version(parsing: text)
        else { return result }
        // The list for all entries does not have the version of a file, but the file name does.
        return result.filter { file in
            let own =
                (try? WheelName(parsing: file.name))?.version ?? SourceDistributionName(parsing: file.name)?.version
            return own == nil || own == version
        }
    }
}
