/// A writer of archives whose bytes depend only on names, modes and contents.
///
/// Entries are sorted by the bytes of their names. Each has the time 1980-01-01, the mode 0644 or 0755, its sizes in
/// the local header, and no extra field. Entries of other archives are copied without decompression. Memory use does
/// not grow with the archive: it is a few buffers, and the files that are being deflated.
package struct ZipWriter: Sendable {
    /// The compression level, from 1 (fastest) to 12 (smallest).
    package var level = 6
    /// The number of files that are compressed concurrently.
    package var concurrency: Int
    /// The cache of files that other archives share; `nil` for none.
    package var compressedFiles: CompressedFiles?
    /// The observer that receives all bytes in order; `nil` for none.
    package var observer: (any ByteObserver)?

    /// Creates a writer; a concurrency below 1 counts as 1.
    package init(
        concurrency: Int,
        compressedFiles: CompressedFiles? = nil,
        observer: (any ByteObserver)? = nil
    ) {
        self.concurrency = max(1, concurrency)
        self.compressedFiles = compressedFiles
        self.observer = observer
    }

    /// Writes an archive; an existing file is replaced once the archive is complete, and unchanged if writing fails.
    ///
    /// - Parameters:
    ///   - members: the files, in any order; names must be unique.
    ///   - path: the path of the archive.
    /// - Returns: the sizes and the checksum of the archive.
    /// - Throws: `ZipError`, `CancellationError`.
    @concurrent
    package func write(_ members: [ArchiveMember], to path: String) async throws -> ZipSummary {
        let members = members.sorted { $0.path < $1.path }
        for (earlier, later) in zip(members, members.dropFirst()) where earlier.path == later.path {
            throw ZipError(.duplicateName, archive: path, entry: later.path.string)
        }
        let output = try OutputArchive(for: path)
        let summary = try await withThrowingTaskGroup(of: ArchiveStream.Work.self) { group in
            var stream = ArchiveStream(output: output, writer: self, members: members)
            for index in members.indices { try await stream.append(index, &group) }
            return try await stream.finish(&group)
        }
        try output.commit()
        return summary
    }
}
