/// A file to be written into an archive.
package struct ArchiveMember: Sendable {
    /// The source of a member's bytes.
    package enum Content: Sendable {
        /// An entry of another archive, whose compressed data is copied unchanged.
        case spliced(ZipReader, ZipEntry)
        /// Bytes in memory, which are deflated if that makes them smaller.
        case bytes([UInt8])
        /// A file, which is deflated if that makes it smaller; its size is only a hint for scheduling.
        case file(path: String, sizeHint: Int)
        /// Bytes that are computed when needed, possibly concurrently with others, and deflated if that makes them
        /// smaller; their size is only a hint for scheduling.
        case computed(sizeHint: Int, @Sendable () throws -> [UInt8])
        /// A file of this size and checksum, which is stored uncompressed.
        case stored(path: String, size: Int, crc32: UInt32)
    }

    /// The name of the file in the archive.
    package var path: ArchivePath
    /// Whether the mode is 0755 instead of 0644.
    package var isExecutable: Bool
    /// The source of the member's bytes.
    package var content: Content

    /// Creates a member with a name, mode and content.
    package init(path: ArchivePath, isExecutable: Bool = false, content: Content) {
        self.path = path
        self.isExecutable = isExecutable
        self.content = content
    }
}

/// An observer of the bytes of an archive while it is written, so that a digest does not require reading it again.
package protocol ByteObserver: Sendable {
    /// Receives the next bytes, in order; calls do not overlap.
    func observe(_ bytes: Span<UInt8>)
}

/// The sizes and checksum of a written archive.
package struct ZipSummary: Hashable, Sendable {
    /// The size of the archive in bytes.
    package var archiveSize = 0
    /// The total size of the uncompressed files in bytes.
    package var contentSize = 0
    /// The number of files in the archive.
    package var entryCount = 0
    /// The CRC-32 of the archive itself, which is needed to store it in another archive.
    package var crc32: UInt32 = 0
}
