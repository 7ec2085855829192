/// An archive whose structure was checked when it was opened, so that its entries can be relied on.
///
/// Refused are names that lead out of the folder into which one would unpack, names that are there twice or differ in
/// case alone, links out of the archive, encrypted entries and unknown methods, entries that lie over each other,
/// statements that do not agree, and sizes over the limits. What the content of an entry is, is checked when it is
/// read: ``contents(of:)``.
package final class ZipReader: Sendable {
    /// The entries in the order of the central directory.
    package let entries: [ZipEntry]
    /// The sum of the sizes of all entries in bytes.
    package let totalSize: Int
    let bytes: ArchiveBytes

    /// The archive's path, or the name that it was given.
    package var name: String { bytes.name }

    /// The size of the archive in bytes.
    package var archiveSize: Int { bytes.count }

    /// Opens and checks a file.
    package convenience init(opening path: String, limits: ZipLimits = ZipLimits()) throws(ZipError) {
        try self.init(ArchiveBytes(opening: path), limits: limits)
    }

    /// Checks an archive that is at hand.
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

    /// The content of an entry, whose size and CRC-32 are checked.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - limitBytes: The largest content that is read.
    /// - Returns: The content.
    /// - Throws: `ZipError` where it is larger, or is not what the archive says of it.
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

    /// The entry of a name, found by looking at all of them; `nil` where there is none.
    package func entry(named name: String) -> ZipEntry? {
        entries.first { $0.path.string == name }
    }

    /// The name to which a link points, from the root of the archive; checked to lie within it.
    package func linkTarget(of entry: ZipEntry) throws(ZipError) -> ArchivePath {
        // Longer than any path that a system takes (PATH_MAX).
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
