/// How large an archive may say it is before anything of it is unpacked.
package struct ZipLimits: Hashable, Sendable {
    /// The largest size of one entry in bytes.
    package var entryBytes: Int
    /// The largest size of all entries together in bytes.
    package var totalBytes: Int
    /// The largest number of entries.
    package var entryCount: Int

    /// Makes limits; without any, those of a function on Lambda: 250 MiB unzipped.
    package init(entryBytes: Int = 262_144_000, totalBytes: Int = 262_144_000, entryCount: Int = 500_000) {
        self.entryBytes = entryBytes
        self.totalBytes = totalBytes
        self.entryCount = entryCount
    }
}
