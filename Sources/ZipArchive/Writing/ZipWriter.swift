/// Writes archives whose bytes depend on nothing but names, modes and contents.
///
/// Entries are sorted by the bytes of their names; every one has the time 1980-01-01 and the mode 0644 or 0755, its
/// sizes in the local header and no extra field. Entries of other archives are copied without being inflated. The
/// memory that is used does not grow with the archive: a few buffers, and the files that are being deflated.
package struct ZipWriter: Sendable {
    /// How hard files are compressed, from 1 to 12.
    package var level = 6
    /// How many files are compressed at a time.
    package var concurrency: Int
    /// What other archives have compressed already, `nil` where there are no others.
    package var compressedFiles: CompressedFiles?
    /// What gets all bytes in order.
    package var observer: (any ByteObserver)?

    /// Makes a writer.
    package init(
        concurrency: Int,
        compressedFiles: CompressedFiles? = nil,
        observer: (any ByteObserver)? = nil
    ) {
        self.concurrency = max(1, concurrency)
        self.compressedFiles = compressedFiles
        self.observer = observer
    }

    /// Writes an archive; a file of that name is replaced when all is written, and left alone if it cannot be.
    ///
    /// - Parameters:
    ///   - members: the files, in any order; no two of one name.
    ///   - path: where the archive is to be.
    /// - Returns: sizes and checksum of what was written.
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
