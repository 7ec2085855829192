#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The function of the C library, which a method of the same name hides.
private let systemWrite = write

/// The output file: it has a temporary name in the same directory until it is complete, and is removed if it never is.
final class OutputArchive: Sendable {
    /// The final path of the file.
    let path: String
    private let temporaryPath: String
    private let descriptor: Int32

    /// Creates the file with its temporary name.
    init(for path: String) throws(ZipError) {
        self.path = path
        temporaryPath = Self.temporaryPath(for: path)
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw ZipError(.system(operation: .write, code: errno), archive: path) }
    }

    deinit {
        _ = close(descriptor)
        // After `commit`, there is no file with this name anymore.
        _ = unlink(temporaryPath)
    }

    /// A unique path in the directory of a file, for a temporary file.
    static func temporaryPath(for path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        let unique = String(UInt64.random(in: .min ... .max), radix: 36)
        return "\(path[..<slash]).\(path[slash...].prefix(100)).\(getpid()).\(unique).tmp"
    }

    /// Appends bytes to the file.
    func append(_ bytes: Span<UInt8>) throws(ZipError) { try Self.write(bytes, to: descriptor, path: path) }

    /// Writes bytes to an open file.
    ///
    /// - Parameters:
    ///   - bytes: the bytes, all of which are written.
    ///   - descriptor: the open file.
    ///   - path: the path in errors.
    /// - Throws: `ZipError`.
    static func write(_ bytes: Span<UInt8>, to descriptor: Int32, path: String) throws(ZipError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if written < 0, errno == EINTR { continue }
            if written < 0 { throw ZipError(.system(operation: .write, code: errno), archive: path) }
            done += written
        }
    }

    /// Renames the complete file to its final name, replacing an earlier file.
    func commit() throws(ZipError) {
        // Some file systems (NFS) report only on close that they are full; the descriptor itself is closed later.
        let copy = dup(descriptor)
        if copy < 0 || close(copy) != 0 {
            throw ZipError(.system(operation: .write, code: errno), archive: path)
        }
        if rename(temporaryPath, path) != 0 { throw ZipError(.system(operation: .rename, code: errno), archive: path) }
    }
}
