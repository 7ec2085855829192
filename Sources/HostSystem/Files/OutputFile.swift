#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is written in chunks, and closed when its last reference is released.
package final class OutputFile: Sendable {
    private let descriptor: FileDescriptor

    /// Creates a file, or truncates an existing one.
    package convenience init(creating path: LocalPath, mode: UInt16 = 0o666) throws(FileSystemError) {
        try self.init(path, O_TRUNC, mode: mode)
    }

    /// Opens a file for appending, and creates it if it is missing.
    package convenience init(appendingTo path: LocalPath, mode: UInt16 = 0o666) throws(FileSystemError) {
        try self.init(path, O_APPEND, mode: mode)
    }

    private init(_ path: LocalPath, _ flag: Int32, mode: UInt16) throws(FileSystemError) {
        let flags = O_WRONLY | O_CREAT | flag
        descriptor = try FileDescriptor(opening: path, flags: flags, mode: mode, operation: .write)
    }

    /// The size of the file in bytes.
    package var size: Int {
        get throws(FileSystemError) { try descriptor.size(.write) }
    }

    /// Appends bytes to the file.
    package func write(_ bytes: Span<UInt8>) throws(FileSystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                retryingOnInterrupt {
                    systemWrite(descriptor.number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
            }
            if count < 0 { throw FileSystemError(.write, descriptor.path) }
            written += count
        }
    }

    /// Truncates the file to no bytes.
    package func truncate() throws(FileSystemError) {
        if ftruncate(descriptor.number, 0) != 0 || lseek(descriptor.number, 0, SEEK_SET) < 0 {
            throw FileSystemError(.write, descriptor.path)
        }
    }

    /// Finishes writing, and throws errors that the file system reports late, such as a full disk.
    ///
    /// - Parameter durably: whether to wait until the content is on disk.
    /// - Throws: `FileSystemError`.
    package func close(durably: Bool) throws(FileSystemError) {
        if durably, fsync(descriptor.number) != 0 { throw FileSystemError(.write, descriptor.path) }
        // On NFS, closing a descriptor sends pending data. Closing a duplicate reports errors now; the original one is
        // closed in `deinit`, which cannot throw.
        let copy = dup(descriptor.number)
        if copy < 0 || systemClose(copy) != 0 { throw FileSystemError(.write, descriptor.path) }
    }
}
