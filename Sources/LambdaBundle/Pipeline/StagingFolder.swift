import Diagnostics
import HostSystem

/// Where artifacts wait until all of them are whole, beside the places they are meant for.
struct StagingFolder: Sendable {
    private let output: LocalPath
    /// The folder itself, for what artifacts are made of.
    let folder: LocalPath
    private let files: any FileSystem

    /// How the names of such folders begin.
    private static let prefix = ".staging-"
    /// The file in it that its owner holds the lock of.
    private static let lockName = ".lock"

    /// Makes a folder, and removes it with what was not put in place when the body ends.
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
            // The folder of this run means nothing to anybody else.
            throw FileSystemError(.write, existed ? output : output.parent, code: error.code)
        }
        do {
            return try await FileLock.with(folder / lockName) {
                let result = try await body(StagingFolder(output: output, folder: folder, files: files))
                try files.remove(folder)
                return result
            }
        } catch {
            // The body's error says more than one of cleaning up.
            try? files.remove(existed ? folder : output)
            throw error
        }
    }

    /// Removes the folders of runs that were killed: those whose lock nobody holds any more.
    private static func removeAbandoned(in output: LocalPath, files: any FileSystem) throws(FileSystemError) {
        for entry in try files.entriesIfPresent(of: output) where entry.name.hasPrefix(prefix) {
            let lock = output / entry.name / lockName
            do throws(FileSystemError) {
                if try FileLock.isFree(lock) { try files.remove(output / entry.name) }
            } catch {
                // Another run may be about to lock it, or has just removed it.
                if !error.isMissing { throw error }
            }
        }
    }

    /// Where an artifact of a path is to be written.
    func place(for path: String) throws(FileSystemError) -> LocalPath {
        let place = folder / path
        try files.createDirectory(place.parent)
        return place
    }

    /// Puts an artifact in place.
    func commit(_ path: String, if isStaged: Bool) throws(FileSystemError) {
        guard isStaged else { return }
        let place = output / path
        try files.createDirectory(place.parent)
        try files.rename(folder / path, to: place)
    }
}
