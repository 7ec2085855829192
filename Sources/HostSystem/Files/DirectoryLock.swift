#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on a directory between processes and tasks; the system releases it when the process ends.
///
/// The directory itself is locked, so there is no file that must be kept: a process that waited for the lock on a
/// directory that was removed meanwhile notices that, and starts again. The directory is always on the real file system.
///
/// NFS locks only files that are open for writing, which a directory cannot be (flock(2)). There, a file in the directory is
/// locked.
package final class DirectoryLock: Sendable {
    /// The call flock(2), which tests replace by that of another file system.
    typealias LockCall = @Sendable (_ descriptor: Int32, _ operation: Int32) -> Int32

    /// The name of the file that is locked if the directory cannot be.
    static let fileName = ".lock"

    private let file: FileDescriptor

    private init(_ file: FileDescriptor) { self.file = file }

    /// Runs a body while holding the lock on a directory, which is created if it is missing.
    ///
    /// Waiting suspends the task without blocking a thread, and ends when the task is cancelled. A directory that was
    /// created for the body is removed if it is empty after it.
    ///
    /// - Parameters:
    ///   - path: the path of the directory.
    ///   - onWait: called once if another process or task holds the lock.
    ///   - body: called with whether the directory was created.
    /// - Returns: the result of the body.
    /// - Throws: `FileSystemError`, `CancellationError`, and errors of the body.
    package static func with<Result>(
        _ path: LocalPath,
        onWait: () -> Void = {},
        _ body: (_ wasCreated: Bool) async throws -> Result
    ) async throws -> Result {
        try await with(path, flock: systemFlock, onWait: onWait, body)
    }

    /// Like ``with(_:onWait:_:)``, with a call that locks files.
    static func with<Result>(
        _ path: LocalPath,
        flock: LockCall,
        onWait: () -> Void = {},
        _ body: (_ wasCreated: Bool) async throws -> Result
    ) async throws -> Result {
        var pause = Duration.milliseconds(1)
        var hasWaited = false
        while true {
            let wasCreated = try create(path)
            switch try attempt(path, flock: flock) {
            case .locked(let lock):
                defer {
                    withExtendedLifetime(lock) {
                        // Those who wait for the removed file notice that, and start again.
                        if lock.file.path != path { unlink(lock.file.path.string) }
                        // A directory with entries stays.
                        if wasCreated { rmdir(path.string) }
                    }
                }
                return try await body(wasCreated)
            case .gone: continue
            case .held:
                if !hasWaited { onWait() }
                hasWaited = true
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(50))
            }
        }
    }

    /// The lock on a directory, which is held as long as this value exists; `nil` if it is held elsewhere, or if the
    /// directory does not exist or belongs to another user.
    package static func ifFree(_ path: LocalPath) -> DirectoryLock? {
        guard case .locked(let lock)? = try? attempt(path, flock: systemFlock), lock.isOwn else { return nil }
        return lock
    }

    /// The lock on a directory that was just created, which is held as long as this value exists; `nil` if the directory
    /// was removed.
    ///
    /// Blocks while another process checks whether the directory is in use, which is short.
    package static func claim(_ path: LocalPath) throws(FileSystemError) -> DirectoryLock? {
        guard case .locked(let lock) = try attempt(path, waits: true, flock: systemFlock) else { return nil }
        return lock
    }

    private enum Attempt {
        case locked(DirectoryLock)
        case held
        /// The directory was removed.
        case gone
    }

    /// Creates a directory with its parents.
    ///
    /// - Returns: whether it did not exist.
    private static func create(_ path: LocalPath) throws(FileSystemError) -> Bool {
        if mkdir(path.string, 0o777) == 0 { return true }
        var code = errno
        if code == ENOENT {
            try LiveFileSystem().createDirectory(path.parent)
            if mkdir(path.string, 0o777) == 0 { return true }
            code = errno
        }
        // The error names the parent, as the directory does not exist.
        if code != EEXIST { throw FileSystemError(.write, path.parent, code: code) }
        return false
    }

    private static func attempt(
        _ path: LocalPath,
        waits: Bool = false,
        flock: LockCall
    ) throws(FileSystemError) -> Attempt {
        let directory: FileDescriptor
        do throws(FileSystemError) {
            directory = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY, operation: .lock)
        } catch {
            if error.isMissing { return .gone }
            throw error
        }
        let file: FileDescriptor?
        do throws(FileSystemError) {
            file = try lock(directory, waits: waits, flock: flock)
        } catch {
            // The directory was removed before the file in it was created.
            if error.isMissing { return .gone }
            throw error
        }
        guard let file else { return .held }
        // Another process may have removed the directory, or the file in it, before the lock was acquired.
        let opened = try file.status(.lock)
        guard let current = LiveFileSystem().statusIfPresent(of: file.path),
            (opened.device, opened.inode) == (current.device, current.inode)
        else { return .gone }
        return .locked(DirectoryLock(file))
    }

    /// Locks an open directory.
    ///
    /// - Returns: the descriptor that holds the lock; `nil` if the lock is held elsewhere.
    private static func lock(
        _ directory: FileDescriptor,
        waits: Bool,
        flock: LockCall
    ) throws(FileSystemError) -> FileDescriptor? {
        var file = directory
        while flock(file.number, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return nil
            case EBADF where file === directory:
                let path = directory.path / fileName
                file = try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT, operation: .lock)
            default: throw FileSystemError(.lock, directory.path)
            }
        }
        return file
    }

    /// Whether the directory belongs to the user of this process.
    private var isOwn: Bool {
        var status = stat()
        return fstat(file.number, &status) == 0 && status.st_uid == geteuid()
    }
}

/// The call of the system, which parameters of the same name hide.
private let systemFlock: DirectoryLock.LockCall = { flock($0, $1) }
