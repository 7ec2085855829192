#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock between processes (and tasks) on a file; the system releases it when its holder ends.
///
/// The file is on the machine's own disk, whatever ``FileSystem`` the rest of the work uses: other processes can see a
/// lock only there.
package enum FileLock {
    /// Runs a body while holding the lock on a file, which is made where it is missing and never removed.
    ///
    /// Waiting suspends the task without holding a thread, and ends when the task is cancelled.
    package static func with<Result>(
        _ path: LocalPath,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let file = try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT, operation: .lock)
        var pause = Duration.milliseconds(1)
        while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileSystemError(.lock, path) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
        defer { _ = flock(file.number, LOCK_UN) }
        return try await body()
    }

    /// Whether nobody holds the lock on a file now.
    ///
    /// - Throws: `FileSystemError` where there is no such file.
    package static func isFree(_ path: LocalPath) throws(FileSystemError) -> Bool {
        let file = try FileDescriptor(opening: path, flags: O_RDWR, operation: .lock)
        return flock(file.number, LOCK_EX | LOCK_NB) == 0
    }
}
