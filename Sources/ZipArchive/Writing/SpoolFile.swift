#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A temporary file without a name, which ends with the last reference to it, also if the process is killed.
final class SpoolFile: ByteSource {
    private let directory: String
    private let descriptor: Int32

    /// Creates a file in the directory of another file.
    init(beside path: String) throws(ZipError) {
        directory = path
        let temporary = OutputArchive.temporaryPath(for: path)
        descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw ZipError(.system(operation: .write, code: errno), archive: path) }
        _ = unlink(temporary)
    }

    deinit { _ = close(descriptor) }

    /// Appends bytes to the file; calls must not overlap.
    func append(_ bytes: Span<UInt8>) throws(ZipError) {
        try OutputArchive.write(bytes, to: descriptor, path: directory)
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ZipError) {
        try ArchiveBytes.read(descriptor, name: directory, at: offset, into: buffer)
    }
}
