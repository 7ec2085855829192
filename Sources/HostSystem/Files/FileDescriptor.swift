#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An open file that is closed with its last reference; programs that we start do not inherit it.
final class FileDescriptor: Sendable {
    /// The system's number of it.
    let number: Int32
    /// What was opened.
    let path: LocalPath

    /// Takes over an open file.
    init(owning number: Int32, path: LocalPath) {
        self.number = number
        self.path = path
    }

    /// Opens a file.
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

    /// The size in bytes, 0 for what has none.
    func size(_ operation: FileSystemError.Operation) throws(FileSystemError) -> Int {
        max(0, Int(try status(operation).size))
    }

    /// What the system knows of the open file.
    func status(_ operation: FileSystemError.Operation) throws(FileSystemError) -> FileStatus {
        var result = stat()
        if fstat(number, &result) != 0 { throw FileSystemError(operation, path) }
        return FileStatus(result)
    }
}

// The module's functions, where a method of the same name hides them.
let systemRead = read
let systemWrite = write
let systemClose = close
let systemRename = rename as @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32

/// Calls again as long as a signal interrupts the call.
func retryingOnInterrupt(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// A name beside a path that no other process and no other call uses.
func temporarySibling(of path: LocalPath) -> LocalPath {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    return path.parent / ".\(path.lastComponent.prefix(100)).\(getpid()).\(unique).tmp"
}
