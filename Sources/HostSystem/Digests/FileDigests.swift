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
