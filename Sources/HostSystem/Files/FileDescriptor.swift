#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An open file, which is closed when its last reference is released; child processes do not inherit it.
final class FileDescriptor: Sendable {
    /// The number of the file descriptor.
    let number: Int32
    /// The path that was opened, for error messages.
    let path: LocalPath

    /// Takes ownership of an open file descriptor.
    init(owning number: Int32, path: LocalPath) {
        self.number = number
        self.path = path
    }

    /// Opens a file with flags and a mode as in open(2).
    convenience init(
        opening path: LocalPath,
        flags: Int32,
        mode: UInt16 = 0o666,
        operation: FileSystemError.Operation
    ) throws(FileSystemError) {
        let number = retryingOnInterrupt { Int(open(path.string, flags | O_CLOEXEC, mode_t(mode))) }
        if number < 0 { throw FileSystemError(operation, path) }
        self.init(owning: Int32(number), path: path)
    }

    deinit { _ = systemClose(number) }

    /// The size in bytes, 0 for files without a size.
    func size(_ operation: FileSystemError.Operation) throws(FileSystemError) -> Int {
        max(0, Int(try status(operation).size))
    }

    /// The status of the open file, as in fstat(2).
    func status(_ operation: FileSystemError.Operation) throws(FileSystemError) -> FileStatus {
        var result = stat()
        if fstat(number, &result) != 0 { throw FileSystemError(operation, path) }
        return FileStatus(result)
    }
}

// Functions of the C library that are hidden by methods of the same name.
let systemRead = read
let systemWrite = write
let systemClose = close
let systemRename = rename as @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32

/// Repeats a system call as long as it is interrupted by a signal.
func retryingOnInterrupt(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// A unique path in the same directory, for temporary files.
func temporarySibling(of path: LocalPath) -> LocalPath {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    return path.parent / ".\(path.lastComponent.prefix(100)).\(getpid()).\(unique).tmp"
}

extension LocalPath {
    /// Whether it is the path of a temporary file, which the live file system renames when it is complete.
    ///
    /// In a directory that no other process writes to, such a file was left behind by a process that was killed.
    package var isTemporary: Bool { lastComponent.wholeMatch(of: /\..+\.[0-9]+\.[0-9a-z]+\.tmp/) != nil }
}
