#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on a file between processes and tasks; the system releases it when the process ends.
///
/// The file is always on the real file system, never on another ``FileSystem``, so that other processes see the lock.
package enum FileLock {
    /// Runs a body while holding the lock on a file, which is created if it is missing and never removed.
    ///
    /// Waiting suspends the task without blocking a thread, and ends when the task is cancelled.
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
            // A download that another task has begun is often complete soon.
            pause = min(pause * 2, .milliseconds(20))
        }
        defer { _ = flock(file.number, LOCK_UN) }
        return try await body()
    }

    /// Whether the lock on a file is not held at the moment.
    ///
    /// - Throws: `FileSystemError` if the file does not exist.
    package static func isFree(_ path: LocalPath) throws(FileSystemError) -> Bool {
        let file = try FileDescriptor(opening: path, flags: O_RDWR, operation: .lock)
        return flock(file.number, LOCK_EX | LOCK_NB) == 0
    }
}
