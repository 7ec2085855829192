/// One file of an archive that is to be written.
package struct ArchiveMember: Sendable {
    /// Where the bytes come from.
    package enum Content: Sendable {
        /// An entry of another archive, whose compressed bytes are copied as they are.
        case spliced(ZipReader, ZipEntry)
        /// Bytes at hand, which are deflated where that makes them smaller.
        case bytes([UInt8])
        /// A file, which is deflated where that makes it smaller; its size is a hint for the schedule alone.
        case file(path: String, sizeHint: Int)
        /// Bytes that are made when their turn comes, by work that may run beside others; they are deflated where that
        /// makes them smaller, and their size is a hint for the schedule alone.
        case computed(sizeHint: Int, @Sendable () throws -> [UInt8])
        /// A file whose bytes are stored as they are, of this size and checksum.
        case stored(path: String, size: Int, crc32: UInt32)
    }

    /// The name in the archive.
    package var path: ArchivePath
    /// Whether it gets the mode 0755; else 0644.
    package var isExecutable: Bool
    /// Where the bytes come from.
    package var content: Content

    /// Makes a member.
    package init(path: ArchivePath, isExecutable: Bool = false, content: Content) {
        self.path = path
        self.isExecutable = isExecutable
        self.content = content
    }
}

/// Sees all bytes of an archive in order while it is written, so that nothing is read again for a digest.
package protocol ByteObserver: Sendable {
    /// Gets the next bytes; never called twice at a time.
    func observe(_ bytes: Span<UInt8>)
}

/// What was written.
package struct ZipSummary: Hashable, Sendable {
    /// The size of the archive in bytes.
    package var archiveSize = 0
    /// The size of its files in bytes.
    package var contentSize = 0
    /// The number of its files.
    package var entryCount = 0
    /// The CRC-32 of the archive itself, for one that is stored within another.
    package var crc32: UInt32 = 0
}
