#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that shows other processes that this one is running: the system releases its lock when the process ends.
///
/// If a process is killed, its mark stays, but is not locked anymore. The file is always on the real file system.
package final class RunningMark: Sendable {
    private let file: FileDescriptor
    /// The status of the file when it was created, whose times can be compared with those of other files.
    package let status: FileStatus

    /// Creates a mark in a directory, which exists; it is removed with the last reference to this value.
    package init(in directory: LocalPath) throws(FileSystemError) {
        let path = directory / String(UInt64.random(in: .min ... .max), radix: 36)
        file = try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL, operation: .lock)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            let error = FileSystemError(.lock, path)
            unlink(path.string)
            throw error
        }
        status = try file.status(.lock)
    }

    deinit { unlink(file.path.string) }

    /// The marks of processes that were killed; `nil` if another process is running, or may be.
    package func marksOfKilledProcesses() -> [LocalPath]? {
        let directory = file.path.parent
        guard let entries = try? LiveFileSystem().entries(of: directory) else { return nil }
        var killed: [LocalPath] = []
        for entry in entries where entry.name != file.path.lastComponent {
            let path = directory / entry.name
            do throws(FileSystemError) {
                guard try FileLock.isFree(path) else { return nil }
                killed.append(path)
            } catch {
                // A mark that is missing now was removed by its process, which has ended. One of another user cannot be
                // opened.
                if !error.isMissing { return nil }
            }
        }
        return killed
    }
}
