import Diagnostics
import HostSystem
import PythonPackaging

/// Reads a `pylock.toml` as a requirement source (PEP 751).
enum PylockReader {
    /// Reads a lock file, whose paths are relative to its directory.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let bytes = try context.read(origin.file)
        let pylock: Pylock
        do {
            pylock = try Pylock(parsing: bytes)
        } catch {
            throw DiagnosticError(
                .invalidLockFile,
                "cannot parse '\(origin.displayName)' as a lock file: \(error)",
                at: SourcePlace(file: origin.displayName, line: error.line, column: error.column)
            )
        }
        var lock = Lock([], requiresPython: pylock.requiresPython)
        lock.environments = pylock.environments
        let selection = try GroupSelection(
            context.options,
            known: Set((pylock.dependencyGroups + pylock.defaultGroups).map { PackageName.normalize($0) }),
            defaults: pylock.defaultGroups,
            source: origin.displayName
        )
        lock.dependencyGroups = Set(selection.names)
        for package in pylock.packages { lock.packages.append(try locked(package, origin, context)) }
        return RequirementSet(origin: origin, content: .lock(lock), files: [origin.file])
    }

    private static func locked(
        _ package: Pylock.Package,
        _ origin: RequirementSource,
        _ context: ReadingContext
    ) throws(DiagnosticError) -> LockedPackage {
        let place = SourcePlace(file: origin.displayName, line: package.line, column: 1)
        var files: [LockedFile] = []
        for file in package.wheels + [package.sourceDistribution].compactMap({ $0 }) {
            files.append(try locked(file, origin, at: place))
        }
        var locked = LockedPackage(
            name: package.name,
            version: package.version,
            marker: package.marker,
            source: .index(package.index.map { IndexAddress($0) }),
            files: files,
            place: place
        )
        locked.requiresPython = package.requiresPython
        if let directory = package.directory {
            locked.source = .local(origin.folder / directory.path / (directory.subdirectory ?? "."))
        } else if let archive = package.archive {
            locked.files = [try self.locked(archive, origin, at: place)]
            if let url = archive.url {
                locked.source = .archive(url, subdirectory: archive.subdirectory)
            } else {
                locked.source = .local(origin.folder / (archive.path ?? archive.name))
            }
        } else if let repository = package.repository {
            let address = repository.url ?? "file://" + (origin.folder / (repository.path ?? ".")).string
            let isGit = repository.type == "git"
            locked.source = .repository(
                isGit ? RepositoryAddress.normalized(address) : "\(repository.type)+\(address)",
                commit: repository.commit,
                subdirectory: repository.subdirectory
            )
        }
        return locked
    }

    private static func locked(
        _ file: Pylock.File,
        _ origin: RequirementSource,
        at place: SourcePlace
    ) throws(DiagnosticError) -> LockedFile {
        let known = ["sha256", "sha384", "sha512"]
        let hashes = file.hashes.filter { known.contains($0.key.lowercased()) }
            .map { FileHash(algorithm: $0.key, digest: $0.value) }.sorted()
        guard !hashes.isEmpty else {
            throw DiagnosticError(
                .invalidHash,
                "'\(origin.displayName)' has no sha256, sha384 or sha512 hash of '\(file.name)'",
                at: place,
                help: ["update the lock file with sha256 hashes"]
            )
        }
        return LockedFile(
            name: file.name,
            address: file.url,
            path: file.path.map { origin.folder / $0 },
            hashes: hashes,
            sizeBytes: file.sizeBytes
        )
    }
}
