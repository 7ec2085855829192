/// The header before an entry's data (APPNOTE 4.3.7), which must agree with the central directory.
enum LocalHeader {
    /// Checks the local header of an entry.
    ///
    /// - Parameters:
    ///   - record: the directory's record of the entry.
    ///   - archive: the archive.
    ///   - directoryOffset: the offset of the directory; all data ends before it.
    /// - Returns: the offset of the entry's data.
    /// - Throws: `ZipError`.
    static func dataOffset(
        of record: DirectoryRecord,
        in archive: ArchiveBytes,
        directoryOffset: Int
    ) throws(ZipError) -> Int {
        func failure(_ reason: ZipError.Reason) -> ZipError {
            ZipError(reason, archive: archive.name, entry: record.name, offset: Int(clamping: record.localHeaderOffset))
        }
        let fixedSize = ZipFormat.localHeaderSize + record.nameBytes.count
        guard record.localHeaderOffset <= UInt64(directoryOffset),
            directoryOffset - Int(record.localHeaderOffset) >= fixedSize
        else { throw failure(.truncated(.localHeader)) }
        let offset = Int(record.localHeaderOffset)
        let header = try archive.bytes(at: offset, count: fixedSize)
        guard header.uint32(at: 0) == ZipFormat.localHeader else { throw failure(.badSignature(.localHeader)) }
        let nameLength = Int(header.uint16(at: 26))
        guard nameLength == record.nameBytes.count,
            header[ZipFormat.localHeaderSize...].elementsEqual(record.nameBytes)
        else {
            let length = min(nameLength, directoryOffset - offset - ZipFormat.localHeaderSize)
            let other = try archive.bytes(at: offset + ZipFormat.localHeaderSize, count: length)
            throw failure(.differentName(String(decoding: other, as: UTF8.self)))
        }
        let extraLength = Int(header.uint16(at: 28))
        let dataOffset = offset + fixedSize + extraLength
        guard dataOffset <= directoryOffset, record.compressedSize <= UInt64(directoryOffset - dataOffset) else {
            throw failure(.truncated(.data))
        }
        try compare(header, with: record, failure: failure) { () throws(ZipError) in
            try archive.bytes(at: offset + fixedSize, count: extraLength)
        }
        return dataOffset
    }

    /// Rejects a header that differs from the directory.
    private static func compare(
        _ header: [UInt8],
        with record: DirectoryRecord,
        failure: (ZipError.Reason) -> ZipError,
        extra: () throws(ZipError) -> [UInt8]
    ) throws(ZipError) {
        let flags = header.uint16(at: 6)
        if flags & ZipFormat.encryptionFlags != 0 { throw failure(.encrypted) }
        let method = header.uint16(at: 8)
        guard method == record.method else {
            throw failure(.mismatch(.method, declared: UInt64(record.method), found: UInt64(method)))
        }
        let descriptor = ZipFormat.descriptorFlag
        guard flags & descriptor == record.flags & descriptor else {
            throw failure(.mismatch(.flags, declared: UInt64(record.flags), found: UInt64(flags)))
        }
        let narrow = [header.uint32(at: 22), header.uint32(at: 18)]
        let wideCount = narrow.count { $0 == ZipFormat.elsewhere32 }
        var sizes = narrow.map(UInt64.init)
        if wideCount > 0 {
            let bytes = try extra()
            guard let fields = ExtraFields(bytes, in: 0..<bytes.count, wideCount: wideCount) else {
                throw failure(.truncated(.extraField))
            }
            var wide = fields.wideValues.makeIterator()
            sizes = narrow.map { $0 == ZipFormat.elsewhere32 ? wide.next() ?? UInt64($0) : UInt64($0) }
        }
        // With a data descriptor, the header may omit values that were unknown when it was written (4.4.4).
        let mayBeZero = flags & descriptor != 0
        let statements: [(ZipError.Property, UInt64, UInt64)] = [
            (.checksum, UInt64(record.crc32), UInt64(header.uint32(at: 14))),
            (.compressedSize, record.compressedSize, sizes[1]),
            (.size, record.size, sizes[0]),
        ]
        for (property, declared, found) in statements where declared != found && !(mayBeZero && found == 0) {
            throw failure(.mismatch(property, declared: declared, found: found))
        }
    }
}
