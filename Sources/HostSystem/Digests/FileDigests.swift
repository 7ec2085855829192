#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension SHA256 {
    /// The digest of a part of a file on the machine's disk; blocks.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - offset: the offset of the first byte.
    ///   - length: the number of bytes; if the file is shorter, the digest is that of the bytes that are there.
    /// - Returns: the digest.
    /// - Throws: `FileSystemError`.
    package static func digest(
        ofFile path: LocalPath,
        offset: Int64,
        length: Int64
    ) throws(FileSystemError) -> SHA256Digest {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .read)
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var (position, end) = (offset, offset + length)
        while position < end {
            let limit = min(buffer.count, Int(end - position))
            let count = buffer.withUnsafeMutableBytes { bytes in
                retryingOnInterrupt { pread(file.number, bytes.baseAddress, limit, off_t(position)) }
            }
            if count < 0 { throw FileSystemError(.read, path) }
            if count == 0 { end = position }
            hash.update(buffer.span.extracting(0..<count))
            position += Int64(count)
        }
        return hash.finalize()
    }
}

extension FileSystem {
    /// Calculates the SHA-256 of a file's content; blocks.
    ///
    /// - Returns: the digest and the number of bytes.
    package func sha256(of path: LocalPath) throws(FileSystemError) -> (digest: SHA256Digest, size: Int64) {
        var hash = SHA256()
        var size: Int64 = 0
        try read(path) { piece throws(FileSystemError) in
            hash.update(piece)
            size += Int64(piece.count)
        }
        return (hash.finalize(), size)
    }

    /// Calculates a digest of a file's content with an algorithm given by name; blocks.
    ///
    /// - Returns: the digest in lower-case hexadecimal, or `nil` if the algorithm is unknown.
    package func digest(of path: LocalPath, algorithm: String) throws(FileSystemError) -> String? {
        guard var digest = ContentDigest(algorithm: algorithm) else { return nil }
        try read(path) { piece throws(FileSystemError) in digest.update(piece) }
        return digest.finalize()
    }
}
