import Diagnostics
import HostSystem

/// A directory for artifacts until all of them are complete, in the output directory.
///
/// Only the holder of the lock on the output directory (`DirectoryLock`) makes one, so every other one is of a run that was
/// killed.
struct StagingFolder: Sendable {
    private let output: LocalPath
    /// The path of the directory, which also contains intermediate files.
    let folder: LocalPath
    private let files: any FileSystem

    /// The prefix of the names of such directories.
    private static let prefix = ".staging-"

    /// Creates a directory, and removes it with all artifacts that were not moved when the body returns.
    static func with<Result>(
        in output: LocalPath,
        files: any FileSystem,
        _ body: (StagingFolder) async throws -> Result
    ) async throws -> Result {
        let existed = files.exists(output)
        try removeAbandoned(in: output, files: files)
        let folder = output / "\(prefix)\(String(UInt64.random(in: .min ... .max), radix: 36))"
        do throws(FileSystemError) {
            try files.createDirectory(folder)
        } catch {
            // Report the output directory, as the user does not know the temporary one.
            throw FileSystemError(.write, existed ? output : output.parent, code: error.code)
        }
        do {
            let result = try await body(StagingFolder(output: output, folder: folder, files: files))
            try files.remove(folder)
            return result
        } catch {
            // The error of the body is more important than one of the removal.
            try? files.remove(existed ? folder : output)
            throw error
        }
    }

    /// Removes the directories of runs that were killed, and the temporary files that they did not rename.
    private static func removeAbandoned(in output: LocalPath, files: any FileSystem) throws(FileSystemError) {
        for entry in try files.entriesIfPresent(of: output) {
            let path = output / entry.name
            if entry.name.hasPrefix(prefix) || path.isTemporary { try files.remove(path) }
        }
    }

    /// The path for writing an artifact.
    func place(for path: String) throws(FileSystemError) -> LocalPath {
        let place = folder / path
        try files.createDirectory(place.parent)
        return place
    }

    /// Moves an artifact to the output directory.
    func commit(_ path: String, if isStaged: Bool) throws(FileSystemError) {
        guard isStaged else { return }
        let place = output / path
        try files.createDirectory(place.parent)
        try files.rename(folder / path, to: place)
    }
}
