/// An archive whose structure was checked when it was opened.
///
/// Rejected are names that lead out of the directory into which the archive is extracted, names that appear twice or
/// differ only in case, links out of the archive, encrypted entries and unknown methods, overlapping entries, headers
/// that disagree, and sizes over the limits. The content of an entry is checked when it is read: ``contents(of:)``.
package final class ZipReader: Sendable {
    /// The entries in the order of the central directory.
    package let entries: [ZipEntry]
    /// The total size of all entries in bytes.
    package let totalSize: Int
    let bytes: ArchiveBytes

    /// The path of the archive, or the name of an archive in memory.
    package var name: String { bytes.name }

    /// The size of the archive in bytes.
    package var archiveSize: Int { bytes.count }

    /// Opens an archive file and checks its structure.
    ///
    /// The file is always on the real file system, because it is mapped into memory.
    package convenience init(opening path: String, limits: ZipLimits = ZipLimits()) throws(ZipError) {
        try self.init(ArchiveBytes(opening: path), limits: limits)
    }

    /// Checks the structure of an archive in memory.
    package convenience init(_ bytes: [UInt8], name: String, limits: ZipLimits = ZipLimits()) throws(ZipError) {
        try self.init(ArchiveBytes(bytes, name: name), limits: limits)
    }

    private init(_ bytes: ArchiveBytes, limits: ZipLimits) throws(ZipError) {
        self.bytes = bytes
        let end = try EndRecord(of: bytes, limits: limits)
        let directory = try bytes.bytes(at: end.directoryOffset, count: end.directorySize)
        var checker = EntryChecker(archive: bytes, limits: limits, directoryOffset: end.directoryOffset)
        var position = 0
        while position < directory.count {
            let record = try DirectoryRecord(directory, at: position, base: end.directoryOffset, archive: bytes.name)
            try checker.add(record)
            position += record.length
            if checker.entries.count > end.entryCount { break }
        }
        guard checker.entries.count == end.entryCount, position == directory.count else {
            let reason = ZipError.Reason.wrongEntryCount(declared: end.entryCount, found: checker.entries.count)
            throw ZipError(reason, archive: bytes.name)
        }
        try checker.finish()
        entries = checker.entries
        totalSize = checker.totalSize
        for entry in entries where entry.kind == .symbolicLink { try checkLink(entry) }
    }

    /// The content of an entry; its size and CRC-32 are checked.
    ///
    /// - Parameters:
    ///   - entry: An entry of this archive.
    ///   - limitBytes: The maximum size of the content.
    /// - Returns: The decompressed content.
    /// - Throws: `ZipError` if the content is larger than the limit, or differs from the declared size or checksum.
    package func contents(of entry: ZipEntry, limitBytes: Int = .max) throws(ZipError) -> [UInt8] {
        guard entry.size <= limitBytes else {
            throw error(.tooLarge(declared: UInt64(entry.size), limit: UInt64(limitBytes)), in: entry)
        }
        let raw = try bytes.bytes(at: entry.dataOffset, count: entry.compressedSize)
        var content = raw
        switch entry.method {
        case .stored: break
        case .deflate:
            guard let inflated = Inflater().inflate(raw.span, size: entry.size) else {
                throw error(.badData, in: entry)
            }
            content = inflated
        }
        let checksum = CRC32.checksum(content.span)
        guard checksum == entry.crc32 else {
            throw error(.mismatch(.checksum, declared: UInt64(entry.crc32), found: UInt64(checksum)), in: entry)
        }
        return content
    }

    /// The entry with a name, found by a linear search; `nil` if there is none.
    package func entry(named name: String) -> ZipEntry? {
        entries.first { $0.path.string == name }
    }

    /// The target of a symbolic link relative to the root of the archive; throws if it is outside of the archive.
    package func linkTarget(of entry: ZipEntry) throws(ZipError) -> ArchivePath {
        // No system accepts a longer path (PATH_MAX).
        let target = String(decoding: try contents(of: entry, limitBytes: 4096), as: UTF8.self)
        var components = entry.path.components.dropLast()
        var leaves = target.utf8.first == UInt8(ascii: "/")
        for component in target.split(separator: "/") where component != "." {
            if component != ".." {
                components.append(component)
            } else if components.popLast() == nil {
                leaves = true
            }
        }
        if !leaves, let path = try? ArchivePath(parsing: components.joined(separator: "/")) { return path }
        throw error(.linkLeavesArchive(target: target), in: entry)
    }

    private func checkLink(_ entry: ZipEntry) throws(ZipError) {
        _ = try linkTarget(of: entry)
    }

    private func error(_ reason: ZipError.Reason, in entry: ZipEntry) -> ZipError {
        ZipError(reason, archive: name, entry: entry.path.string, offset: entry.dataOffset)
    }
}
