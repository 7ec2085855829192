#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Bytes that can be read at any offset and from any thread.
protocol ByteSource: Sendable {
    /// Fills a buffer with the bytes that start at an offset; throws if there are too few.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ZipError)
}

/// The bytes of an archive, which can be read at any offset and from any thread.
///
/// They are read, not mapped: mapped pages would count as memory of the process, and all pages of a wheel are read
/// once.
final class ArchiveBytes: ByteSource {
    private enum Source: Sendable {
        case file(Int32)
        case memory([UInt8])
        /// The bytes from an offset to the end of an archive that is somewhere else.
        case end([UInt8], from: Int)
    }

    private let source: Source
    /// The name of the archive in errors.
    let name: String
    /// The size of the archive in bytes.
    let count: Int

    /// Opens a file for reading; it must be a regular file.
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

    /// Uses the bytes of an archive in memory.
    init(_ bytes: [UInt8], name: String) {
        self.name = name
        source = .memory(bytes)
        count = bytes.count
    }

    /// Uses the last bytes of an archive of which only these are read.
    init(end bytes: [UInt8], of count: Int, name: String) {
        self.name = name
        source = .end(bytes, from: max(0, count - bytes.count))
        self.count = count
    }

    deinit {
        if case .file(let descriptor) = source { _ = close(descriptor) }
    }

    /// Fills a buffer with the bytes that start at an offset; throws if there are too few.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ZipError) {
        guard offset >= 0, buffer.count <= count, offset <= count - buffer.count else {
            throw ZipError(.truncated(.data), archive: name, offset: offset)
        }
        switch source {
        case .memory(let bytes):
            // The check above ensures that there are enough bytes to fill the buffer.
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(buffer.count)))
            }
        case .end(let bytes, let start):
            guard offset >= start, offset - start <= bytes.count - buffer.count else {
                throw ZipError(.truncated(.data), archive: name, offset: offset)
            }
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[(offset - start)...].prefix(buffer.count)))
            }
        case .file(let descriptor): try Self.read(descriptor, name: name, at: offset, into: buffer)
        }
    }

    /// Fills a buffer with the bytes of an open file that start at an offset; throws if there are too few.
    static func read(
        _ descriptor: Int32,
        name: String,
        at offset: Int,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) {
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
            // The file was truncated after it was opened.
            if read == 0 { throw ZipError(.truncated(.data), archive: name, offset: offset + done) }
            done += read
        }
    }

    /// The bytes of a range; throws if the archive ends before it.
    func bytes(at offset: Int, count: Int) throws(ZipError) -> [UInt8] {
        // Either all bytes are written or none counts. The closure of the initializer cannot throw a typed error.
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
