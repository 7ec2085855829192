import Diagnostics
import HostSystem

/// A directory for artifacts until all of them are complete, in the output directory.
struct StagingFolder: Sendable {
    private let output: LocalPath
    /// The path of the directory, which also contains intermediate files.
    let folder: LocalPath
    private let files: any FileSystem

    /// The prefix of the names of such directories.
    private static let prefix = ".staging-"
    /// The name of the file in it that the run locks.
    private static let lockName = ".lock"

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
            return try await FileLock.with(folder / lockName) {
                let result = try await body(StagingFolder(output: output, folder: folder, files: files))
                try files.remove(folder)
                return result
            }
        } catch {
            // The error of the body is more important than one of the removal.
            try? files.remove(existed ? folder : output)
            throw error
        }
    }

    /// Removes the directories of runs that were killed, whose locks are free.
    private static func removeAbandoned(in output: LocalPath, files: any FileSystem) throws(FileSystemError) {
        for entry in try files.entriesIfPresent(of: output) where entry.name.hasPrefix(prefix) {
            let lock = output / entry.name / lockName
            do throws(FileSystemError) {
                if try FileLock.isFree(lock) { try files.remove(output / entry.name) }
            } catch {
                // Another run may have just removed it.
                if !error.isMissing { throw error }
            }
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
