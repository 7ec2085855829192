/// A directory for temporary files, which only the user can access.
///
/// Each process holds a lock on its own, so that ``removeAbandoned(in:prefix:files:)`` finds those of processes that were
/// killed. Creating a directory does not search for them, because its parent can have very many entries.
package final class TemporaryDirectory: Sendable {
    /// The path of the directory.
    package let path: LocalPath
    private let files: any FileSystem
    /// Shows other processes that the directory is in use; `nil` if it is not on the real file system.
    private let lock: DirectoryLock?

    private init(_ path: LocalPath, files: any FileSystem, lock: DirectoryLock?) {
        self.path = path
        self.files = files
        self.lock = lock
    }

    /// Creates a directory, which the caller must remove.
    ///
    /// - Parameters:
    ///   - parent: the parent directory.
    ///   - prefix: the start of the directory's name.
    ///   - files: the file system.
    /// - Returns: the directory, which is in use as long as this value exists.
    /// - Throws: `FileSystemError`.
    package static func create(
        in parent: LocalPath,
        prefix: String = "furoshiki",
        files: any FileSystem
    ) throws(FileSystemError) -> TemporaryDirectory {
        while true {
            let path = parent / (lead(prefix) + String(UInt64.random(in: .min ... .max), radix: 36))
            try files.createDirectory(path)
            let lock = try DirectoryLock.claim(path)
            // Until the lock is held, the directory looks abandoned, and another process may have removed it.
            if lock == nil, !files.exists(path) { continue }
            do throws(FileSystemError) { try files.setMode(0o700, of: path) } catch {
                try? files.remove(path)
                throw error
            }
            return TemporaryDirectory(path, files: files, lock: lock)
        }
    }

    /// Removes the directory with its content.
    package func remove() throws(FileSystemError) { try files.remove(path) }

    /// Creates a directory, and removes it after the body returns or throws.
    ///
    /// - Parameters:
    ///   - parent: the parent directory.
    ///   - prefix: the start of the directory's name.
    ///   - files: the file system.
    ///   - body: called with the path of the directory.
    /// - Returns: the result of the body.
    /// - Throws: `FileSystemError`, and errors of the body.
    package static func with<Result>(
        in parent: LocalPath,
        prefix: String = "furoshiki",
        files: any FileSystem,
        _ body: (LocalPath) async throws -> Result
    ) async throws -> Result {
        let directory = try create(in: parent, prefix: prefix, files: files)
        do {
            let result = try await body(directory.path)
            try directory.remove()
            return result
        } catch {
            // The error of the body is more important than one while removing the directory.
            try? directory.remove()
            throw error
        }
    }

    /// Removes the directories of processes that were killed; what cannot be removed does no harm.
    ///
    /// It reads all entries of the parent, so that a command calls it once.
    ///
    /// - Parameters:
    ///   - parent: the parent directory.
    ///   - prefix: the start of the directories' names.
    ///   - files: the file system.
    package static func removeAbandoned(
        in parent: LocalPath,
        prefix: String = "furoshiki",
        files: any FileSystem
    ) {
        guard let entries = try? files.entriesIfPresent(of: parent) else { return }
        for entry in entries where entry.kind == .directory && entry.name.hasPrefix(lead(prefix)) {
            let path = parent / entry.name
            guard let lock = DirectoryLock.ifFree(path) else { continue }
            withExtendedLifetime(lock) { try? files.remove(path) }
        }
    }

    /// The start of the names of directories whose owners lock them.
    private static func lead(_ prefix: String) -> String { "\(prefix)-tmp-" }
}
