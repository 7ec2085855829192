/// A checker that turns the records of a central directory into entries, and rejects those that are unsafe or
/// inconsistent.
struct EntryChecker {
    private let archive: ArchiveBytes
    private let limits: ZipLimits
    private let directoryOffset: Int
    /// The entries so far.
    private(set) var entries: [ZipEntry] = []
    /// The total size of the entries so far, in bytes.
    private(set) var totalSize = 0
    /// The byte range of each entry, from its local header to the end of its data.
    private var ranges: [(range: Range<Int>, entry: Int)] = []
    /// The entry of each name in lower case.
    ///
    /// Strings with different Unicode compositions are equal here (Unicode TR15).
    private var names: [String: Int] = [:]

    init(archive: ArchiveBytes, limits: ZipLimits, directoryOffset: Int) {
        self.archive = archive
        self.limits = limits
        self.directoryOffset = directoryOffset
    }

    /// Checks a record on its own, against its local header and against the records before it.
    mutating func add(_ record: DirectoryRecord) throws(ZipError) {
        let kind = try kind(of: record)
        let path: ArchivePath
        do throws(ArchivePath.ParseError) {
            path = try ArchivePath(parsing: kind == .folder ? String(record.name.dropLast()) : record.name)
        } catch {
            throw failure(.badName(error.problem), record)
        }
        if record.flags & ZipFormat.encryptionFlags != 0 { throw failure(.encrypted, record) }
        guard record.flags & ZipFormat.patchFlag == 0, let method = ZipEntry.Method(rawValue: record.method) else {
            throw failure(.unknownMethod(record.method), record)
        }
        try checkSizes(record, method: method, kind: kind)
        let dataOffset = try LocalHeader.dataOffset(of: record, in: archive, directoryOffset: directoryOffset)
        let entry = ZipEntry(
            path: path,
            kind: kind,
            isExecutable: (record.mode ?? 0) & 0o111 != 0,
            method: method,
            crc32: record.crc32,
            compressedSize: Int(record.compressedSize),
            size: Int(record.size),
            dataOffset: dataOffset
        )
        try note(path, record)
        ranges.append((Int(record.localHeaderOffset)..<(dataOffset + entry.compressedSize), entries.count))
        totalSize += entry.size
        entries.append(entry)
        if totalSize > limits.totalBytes {
            let reason = ZipError.Reason.tooLarge(declared: UInt64(totalSize), limit: UInt64(limits.totalBytes))
            throw ZipError(reason, archive: archive.name)
        }
    }

    /// Checks what requires all entries: overlaps, and files that are also directories.
    mutating func finish() throws(ZipError) {
        ranges.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        for (earlier, later) in zip(ranges, ranges.dropFirst())
        where later.range.lowerBound < earlier.range.upperBound {
            let other = entries[earlier.entry].path.string
            throw ZipError(
                .overlaps(other),
                archive: archive.name,
                entry: entries[later.entry].path.string,
                offset: later.range.lowerBound
            )
        }
        try checkFolders()
    }

    private func kind(of record: DirectoryRecord) throws(ZipError) -> ZipEntry.Kind {
        let hasSlash = record.nameBytes.last == UInt8(ascii: "/")
        let mode = record.mode ?? 0
        // The upper four bits are the file type as in `stat`; most Windows programs write zero.
        switch mode >> 12 {
        case 0o00, 0o10: return hasSlash ? .folder : .file
        case 0o04 where hasSlash: return .folder
        case 0o12 where !hasSlash: return .symbolicLink
        default: throw failure(.specialFile(mode: mode), record)
        }
    }

    private func checkSizes(
        _ record: DirectoryRecord,
        method: ZipEntry.Method,
        kind: ZipEntry.Kind
    ) throws(ZipError) {
        guard record.size <= UInt64(limits.entryBytes) else {
            throw failure(.tooLarge(declared: record.size, limit: UInt64(limits.entryBytes)), record)
        }
        if method == .stored, record.size != record.compressedSize {
            throw failure(.mismatch(.size, declared: record.size, found: record.compressedSize), record)
        }
        // Deflate expands two bits to at most 258 bytes, so one byte to at most 1032 (RFC 1951).
        let (most, overflows) = record.compressedSize.multipliedReportingOverflow(by: 1032)
        if !overflows, record.size > most {
            throw failure(.mismatch(.size, declared: record.size, found: most), record)
        }
        if kind == .folder, record.size != 0 {
            throw failure(.mismatch(.size, declared: record.size, found: 0), record)
        }
    }

    /// Records a name, and rejects a duplicate.
    private mutating func note(_ path: ArchivePath, _ record: DirectoryRecord) throws(ZipError) {
        guard let earlier = names.updateValue(entries.count, forKey: path.string.lowercased()) else { return }
        let other = entries[earlier].path.string
        throw failure(other.utf8.elementsEqual(path.string.utf8) ? .duplicateName : .collidingName(with: other), record)
    }

    /// Rejects a file that contains another entry, and directories that differ only in case.
    private func checkFolders() throws(ZipError) {
        var known: [Substring: Substring] = [:]
        for entry in entries {
            var spelling = entry.path.string[...]
            var folder = spelling.lowercased()[...]
            while let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")),
                let end = spelling.utf8.lastIndex(of: UInt8(ascii: "/"))
            {
                folder = folder[..<slash]
                spelling = spelling[..<end]
                if let other = known.updateValue(spelling, forKey: folder) {
                    if other.utf8.elementsEqual(spelling.utf8) { break }
                    throw ZipError(
                        .collidingName(with: String(other)),
                        archive: archive.name,
                        entry: String(spelling)
                    )
                }
                if let other = names[String(folder)], entries[other].kind != .folder {
                    throw ZipError(.fileIsFolder, archive: archive.name, entry: entries[other].path.string)
                }
            }
        }
    }

    private func failure(_ reason: ZipError.Reason, _ record: DirectoryRecord) -> ZipError {
        ZipError(reason, archive: archive.name, entry: record.name, offset: record.offset)
    }
}
