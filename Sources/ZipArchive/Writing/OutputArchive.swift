#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file that is being written: under another name beside its place until it is whole, removed if it never is.
final class OutputArchive: Sendable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32

    /// Makes the file under its temporary name.
    init(for path: String) throws(ZipError) {
        self.path = path
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        let unique = String(UInt64.random(in: .min ... .max), radix: 36)
        temporaryPath = "\(path[..<slash]).\(path[slash...].prefix(100)).\(getpid()).\(unique).tmp"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw ZipError(.system(operation: .write, code: errno), archive: path) }
    }

    deinit {
        _ = close(descriptor)
        // Where it was put in its place, there is nothing of this name any more.
        _ = unlink(temporaryPath)
    }

    /// Adds bytes.
    func append(_ bytes: Span<UInt8>) throws(ZipError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if written < 0, errno == EINTR { continue }
            if written < 0 { throw ZipError(.system(operation: .write, code: errno), archive: path) }
            done += written
        }
    }

    /// Puts the whole file in its place.
    func commit() throws(ZipError) {
        // A file system may tell only now that it has no room (NFS), and the last number of the file is closed later.
        let copy = dup(descriptor)
        if copy < 0 || close(copy) != 0 {
            throw ZipError(.system(operation: .write, code: errno), archive: path)
        }
        if rename(temporaryPath, path) != 0 { throw ZipError(.system(operation: .rename, code: errno), archive: path) }
    }
}
