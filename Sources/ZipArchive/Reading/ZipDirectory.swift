/// The central directory of an archive that is somewhere else, read from its end without the content of its entries.
///
/// Unlike ``ZipReader`` it does not check the headers of the entries: it lists an archive, and extracts nothing.
package struct ZipDirectory: Sendable {
    /// An entry as the directory describes it.
    package struct Entry: Hashable, Sendable {
        /// The name of the entry; that of a directory ends with `/`.
        package let name: String
        /// The declared CRC-32 of the content.
        package let crc32: UInt32
        /// The size of the content in bytes.
        package let size: Int
        /// The size of the compressed data in bytes.
        package let compressedSize: Int
        /// The compression method (APPNOTE 4.4.5).
        package let method: UInt16
        /// The offset of the local header in the archive.
        let headerOffset: Int
    }

    /// The entries in the order of the directory.
    package let entries: [Entry]
    /// The name of the archive in errors.
    package let name: String

    /// The number of bytes at the end of an archive in which its end records are.
    package static let tailSize =
        ZipFormat.endRecordSize + Int(UInt16.max) + ZipFormat.zip64LocatorSize
        + ZipFormat.zip64EndRecordSize

    /// Reads the directory of an archive.
    ///
    /// - Parameters:
    ///   - tail: the last bytes of the archive, ``tailSize`` or more, or all if there are fewer.
    ///   - size: the size of the archive in bytes.
    ///   - name: the name of the archive in errors.
    ///   - limits: the maximum number of entries.
    ///   - read: returns the bytes of a range, and is called at most once: if the directory begins before the tail.
    /// - Throws: ``ZipError`` if it is not an archive, and the errors of `read`.
    package init(
        tail: [UInt8],
        size: Int,
        name: String,
        limits: ZipLimits = ZipLimits(),
        read: (Range<Int>) async throws -> [UInt8]
    ) async throws {
        self.name = name
        guard tail.count <= size else { throw ZipError(.noEndRecord, archive: name) }
        let end = try EndRecord(of: ArchiveBytes(end: tail, of: size, name: name), limits: limits)
        let start = size - tail.count
        var directory: [UInt8] = []
        if end.directoryOffset < start {
            let directoryEnd = end.directoryOffset + end.directorySize
            let missing = end.directoryOffset..<min(start, directoryEnd)
            directory = try await read(missing)
            guard directory.count == missing.count else {
                throw ZipError(.truncated(.directory), archive: name, offset: end.directoryOffset)
            }
            directory += tail.prefix(max(0, directoryEnd - start))
        } else {
            let offset = end.directoryOffset - start
            guard offset + end.directorySize <= tail.count else {
                throw ZipError(.truncated(.directory), archive: name, offset: end.directoryOffset)
            }
            directory = Array(tail[offset..<(offset + end.directorySize)])
        }
        entries = try Self.entries(in: directory, end, name)
    }

    private static func entries(in directory: [UInt8], _ end: EndRecord, _ name: String) throws(ZipError) -> [Entry] {
        var entries: [Entry] = []
        var position = 0
        while position < directory.count, entries.count < end.entryCount {
            let record = try DirectoryRecord(directory, at: position, base: end.directoryOffset, archive: name)
            guard record.size <= UInt64(Int.max), record.compressedSize <= UInt64(end.directoryOffset),
                record.localHeaderOffset <= UInt64(end.directoryOffset)
            else { throw ZipError(.misplacedDirectory, archive: name, offset: record.offset) }
            entries.append(
                Entry(
                    name: record.name,
                    crc32: record.crc32,
                    size: Int(record.size),
                    compressedSize: Int(record.compressedSize),
                    method: record.method,
                    headerOffset: Int(record.localHeaderOffset)
                )
            )
            position += record.length
        }
        guard entries.count == end.entryCount, position == directory.count else {
            throw ZipError(.wrongEntryCount(declared: end.entryCount, found: entries.count), archive: name)
        }
        return entries
    }

    /// The range of bytes that has the header and the data of an entry.
    ///
    /// The header has a name and extra fields of a length that the directory does not say; as much as usual is added.
    package func range(of entry: Entry) -> Range<Int> {
        let fields = ZipFormat.localHeaderSize + entry.name.utf8.count + 256
        return entry.headerOffset..<(entry.headerOffset + fields + entry.compressedSize)
    }

    /// The content of an entry, of the bytes of its ``range(of:)``; the archive may end before the range does.
    ///
    /// - Parameters:
    ///   - entry: the entry.
    ///   - bytes: the bytes of its range.
    ///   - limitBytes: the maximum size of the content.
    /// - Returns: `nil` if the bytes are not those of the entry, if its method is not known, or if it is too large.
    package static func content(of entry: Entry, in bytes: [UInt8], limitBytes: Int = 16 << 20) -> [UInt8]? {
        guard entry.size <= limitBytes, bytes.count >= ZipFormat.localHeaderSize,
            bytes.uint32(at: 0) == ZipFormat.localHeader
        else { return nil }
        let start = ZipFormat.localHeaderSize + Int(bytes.uint16(at: 26)) + Int(bytes.uint16(at: 28))
        guard start + entry.compressedSize <= bytes.count else { return nil }
        let data = Array(bytes[start..<(start + entry.compressedSize)])
        let content: [UInt8]?
        switch ZipEntry.Method(rawValue: entry.method) {
        case .stored: content = data
        case .deflate: content = Inflater().inflate(data.span, size: entry.size)
        case nil: content = nil
        }
        guard let content, CRC32.checksum(content.span) == entry.crc32 else { return nil }
        return content
    }
}
