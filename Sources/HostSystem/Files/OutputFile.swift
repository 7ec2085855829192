#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is being written piece by piece; closed with its last reference.
package final class OutputFile: Sendable {
    private let descriptor: FileDescriptor

    /// Makes a file or empties the one that is there.
    package convenience init(creating path: LocalPath, mode: UInt16 = 0o666) throws(FileSystemError) {
        try self.init(path, O_TRUNC, mode: mode)
    }

    /// Opens a file to write after what it holds; one that is missing is made.
    package convenience init(appendingTo path: LocalPath, mode: UInt16 = 0o666) throws(FileSystemError) {
        try self.init(path, O_APPEND, mode: mode)
    }

    private init(_ path: LocalPath, _ flag: Int32, mode: UInt16) throws(FileSystemError) {
        let flags = O_WRONLY | O_CREAT | flag
        descriptor = try FileDescriptor(opening: path, flags: flags, mode: mode, operation: .write)
    }

    /// The number of bytes that the file holds.
    package var size: Int {
        get throws(FileSystemError) { try descriptor.size(.write) }
    }

    /// Writes bytes after those already written.
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

    /// Makes the file empty again.
    package func truncate() throws(FileSystemError) {
        if ftruncate(descriptor.number, 0) != 0 || lseek(descriptor.number, 0, SEEK_SET) < 0 {
            throw FileSystemError(.write, descriptor.path)
        }
    }

    /// Ends writing; what the file system reports late, such as a full disk, is an error here.
    ///
    /// - Parameter durably: whether the bytes are on the disk when this returns.
    /// - Throws: `FileSystemError`.
    package func close(durably: Bool) throws(FileSystemError) {
        if durably, fsync(descriptor.number) != 0 { throw FileSystemError(.write, descriptor.path) }
        // Each number of a file that is closed has what is not written yet sent off (NFS); our own is closed later,
        // where nobody could be told.
        let copy = dup(descriptor.number)
        if copy < 0 || systemClose(copy) != 0 { throw FileSystemError(.write, descriptor.path) }
    }
}
