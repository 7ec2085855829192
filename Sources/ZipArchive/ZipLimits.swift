/// The largest sizes that an archive may declare; they are checked before any content is decompressed.
package struct ZipLimits: Hashable, Sendable {
    /// The maximum size of one entry in bytes.
    package var entryBytes: Int
    /// The maximum total size of all entries in bytes.
    package var totalBytes: Int
    /// The maximum number of entries.
    package var entryCount: Int

    /// Creates limits; the defaults are those of a Lambda function, 250 MiB unzipped.
    package init(entryBytes: Int = 262_144_000, totalBytes: Int = 262_144_000, entryCount: Int = 500_000) {
        self.entryBytes = entryBytes
        self.totalBytes = totalBytes
        self.entryCount = entryCount
    }
}
