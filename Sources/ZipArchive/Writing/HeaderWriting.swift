/// The values in the headers of an entry.
struct EntryHeader {
    let path: ArchivePath
    let isExecutable: Bool
    let method: ZipEntry.Method
    let crc32: UInt32
    let compressedSize: Int
    let size: Int

    private var needsWideSizes: Bool { max(size, compressedSize) >= Int(ZipFormat.elsewhere32) }

    /// Appends the local header (APPNOTE 4.3.7), without a data descriptor, and with no extra field except zip64 if
    /// needed.
    func appendLocalHeader(to bytes: inout [UInt8]) {
        bytes.append(littleEndian: ZipFormat.localHeader)
        appendCommonFields(to: &bytes, isWide: needsWideSizes)
        bytes.append(littleEndian: UInt16(needsWideSizes ? 20 : 0))
        bytes.append(contentsOf: path.string.utf8)
        if needsWideSizes { appendWide([size, compressedSize], to: &bytes) }
    }

    /// Appends the record of the central directory (APPNOTE 4.3.12) for an entry whose local header is at an offset.
    func appendDirectoryRecord(localHeaderOffset: Int, to bytes: inout [UInt8]) {
        let isFar = localHeaderOffset >= Int(ZipFormat.elsewhere32)
        let wide = (needsWideSizes ? [size, compressedSize] : []) + (isFar ? [localHeaderOffset] : [])
        bytes.append(littleEndian: ZipFormat.directoryHeader)
        // Made by version 2.0 or 4.5 on Unix (4.4.2).
        bytes.append(littleEndian: UInt16(wide.isEmpty ? 20 : 45) | 3 << 8)
        appendCommonFields(to: &bytes, isWide: !wide.isEmpty)
        bytes.append(littleEndian: UInt16(wide.isEmpty ? 0 : 4 + 8 * wide.count))
        // No comment, first disk, no internal attributes.
        for _ in 0..<3 { bytes.append(littleEndian: UInt16(0)) }
        bytes.append(littleEndian: UInt32(isExecutable ? 0o100755 : 0o100644) << 16)
        bytes.append(littleEndian: isFar ? ZipFormat.elsewhere32 : UInt32(localHeaderOffset))
        bytes.append(contentsOf: path.string.utf8)
        if !wide.isEmpty { appendWide(wide, to: &bytes) }
    }

    /// Appends the fields that both headers share, from the version needed to the length of the name.
    private func appendCommonFields(to bytes: inout [UInt8], isWide: Bool) {
        bytes.append(littleEndian: UInt16(isWide ? 45 : 20))
        bytes.append(littleEndian: ZipFormat.utf8Flag)
        bytes.append(littleEndian: method.rawValue)
        bytes.append(littleEndian: UInt16(0))
        bytes.append(littleEndian: ZipFormat.fixedDate)
        bytes.append(littleEndian: crc32)
        bytes.append(littleEndian: needsWideSizes ? ZipFormat.elsewhere32 : UInt32(compressedSize))
        bytes.append(littleEndian: needsWideSizes ? ZipFormat.elsewhere32 : UInt32(size))
        bytes.append(littleEndian: UInt16(path.string.utf8.count))
    }

    private func appendWide(_ values: [Int], to bytes: inout [UInt8]) {
        bytes.append(littleEndian: ZipFormat.zip64Extra)
        bytes.append(littleEndian: UInt16(8 * values.count))
        for value in values { bytes.append(littleEndian: UInt64(value)) }
    }
}

/// The values in the end records of an archive (APPNOTE 4.3.14–4.3.16).
struct EndRecordHeader {
    let entryCount: Int
    let directoryOffset: Int
    let directorySize: Int

    /// Appends the end record, after the zip64 records if a number is too large for it.
    func append(to bytes: inout [UInt8]) {
        let isWide =
            entryCount >= Int(ZipFormat.elsewhere16)
            || max(directoryOffset, directorySize) >= Int(ZipFormat.elsewhere32)
        if isWide { appendWideRecords(to: &bytes) }
        bytes.append(littleEndian: ZipFormat.endRecord)
        bytes.append(littleEndian: UInt32(0))
        let count = UInt16(clamping: entryCount)
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: UInt32(clamping: directorySize))
        bytes.append(littleEndian: UInt32(clamping: directoryOffset))
        bytes.append(littleEndian: UInt16(0))
    }

    private func appendWideRecords(to bytes: inout [UInt8]) {
        bytes.append(littleEndian: ZipFormat.zip64EndRecord)
        bytes.append(littleEndian: UInt64(ZipFormat.zip64EndRecordSize - 12))
        bytes.append(littleEndian: UInt16(45 | 3 << 8))
        bytes.append(littleEndian: UInt16(45))
        bytes.append(littleEndian: UInt64(0))
        bytes.append(littleEndian: UInt64(entryCount))
        bytes.append(littleEndian: UInt64(entryCount))
        bytes.append(littleEndian: UInt64(directorySize))
        bytes.append(littleEndian: UInt64(directoryOffset))
        bytes.append(littleEndian: ZipFormat.zip64Locator)
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: UInt64(directoryOffset + directorySize))
        bytes.append(littleEndian: UInt32(1))
    }
}
