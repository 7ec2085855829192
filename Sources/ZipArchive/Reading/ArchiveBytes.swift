#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The bytes of an archive, read at any place and from any thread.
///
/// They are read and not mapped: the pages of a map would count as memory of the process, and of a wheel all pages are
/// touched once.
final class ArchiveBytes: Sendable {
    private enum Source: Sendable {
        case file(Int32)
        case memory([UInt8])
    }

    private let source: Source
    /// What to call it in errors.
    let name: String
    /// The size in bytes.
    let count: Int

    /// Opens a file.
    init(opening path: String) throws(ZipError) {
        name = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw ZipError(.system(operation: .open, code: errno), archive: path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : errno
            _ = close(descriptor)
            throw ZipError(.system(operation: .open, code: code), archive: path)
        }
        source = .file(descriptor)
        count = Int(status.st_size)
    }

    /// Takes bytes that are at hand.
    init(_ bytes: [UInt8], name: String) {
        self.name = name
        source = .memory(bytes)
        count = bytes.count
    }

    deinit {
        if case .file(let descriptor) = source { _ = close(descriptor) }
    }

    /// Fills a buffer with the bytes from a place on, which must all be there.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ZipError) {
        guard offset >= 0, buffer.count <= count, offset <= count - buffer.count else {
            throw ZipError(.truncated(.data), archive: name, offset: offset)
        }
        switch source {
        case .memory(let bytes):
            // As many bytes as the buffer has room for are there, as was just checked.
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(buffer.count)))
            }
        case .file(let descriptor):
            var done = 0
            while done < buffer.count {
                let read = pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: done),
                    buffer.count - done,
                    off_t(offset + done)
                )
                if read < 0, errno == EINTR { continue }
                if read < 0 { throw ZipError(.system(operation: .read, code: errno), archive: name, offset: offset) }
                // The file was cut after it was opened.
                if read == 0 { throw ZipError(.truncated(.data), archive: name, offset: offset + done) }
                done += read
            }
        }
    }

    /// The bytes of a range, which must all be there.
    func bytes(at offset: Int, count: Int) throws(ZipError) -> [UInt8] {
        // Either all bytes are written or none counts. The initializer with a closure knows no typed error.
        var failure: ZipError?
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(ZipError) {
                try read(
                    at: offset,
                    into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
                )
                initialized = count
            } catch { failure = error }
        }
        if let failure { throw failure }
        return result
    }
}
