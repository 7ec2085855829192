/// One record of a central directory, before it is compared with other data (APPNOTE 4.3.12).
struct DirectoryRecord {
    /// The offset of the record in the archive.
    let offset: Int
    /// The name as UTF-8 bytes.
    let nameBytes: [UInt8]
    /// The name as a string.
    let name: String
    let flags: UInt16
    let method: UInt16
    let crc32: UInt32
    let compressedSize: UInt64
    let size: UInt64
    let localHeaderOffset: UInt64
    /// The Unix mode; `nil` if the entry was created on another system.
    let mode: UInt16?
    /// The length of the record in bytes.
    let length: Int

    /// Reads the record at a position of the directory.
    ///
    /// - Parameters:
    ///   - directory: the bytes of the whole directory.
    ///   - position: the index of the record's first byte in the directory.
    ///   - base: the offset of the directory in the archive.
    ///   - archive: the archive's name.
    /// - Throws: `ZipError`.
    init(_ directory: [UInt8], at position: Int, base: Int, archive: String) throws(ZipError) {
        let place = base + position
        guard directory.count - position >= ZipFormat.directoryHeaderSize else {
            throw ZipError(.truncated(.directory), archive: archive, offset: place)
        }
        guard directory.uint32(at: position) == ZipFormat.directoryHeader else {
            throw ZipError(.badSignature(.directory), archive: archive, offset: place)
        }
        let nameStart = position + ZipFormat.directoryHeaderSize
        let extraStart = nameStart + Int(directory.uint16(at: position + 28))
        let commentStart = extraStart + Int(directory.uint16(at: position + 30))
        let end = commentStart + Int(directory.uint16(at: position + 32))
        guard end <= directory.count else {
            throw ZipError(.truncated(.directory), archive: archive, offset: place)
        }
        offset = place
        length = end - position
        nameBytes = Array(directory[nameStart..<extraStart])
        guard let name = String(validating: nameBytes, as: UTF8.self) else {
            let shown = String(decoding: nameBytes, as: UTF8.self)
            throw ZipError(.badName(.notUTF8), archive: archive, entry: shown, offset: place)
        }
        self.name = name
        flags = directory.uint16(at: position + 8)
        method = directory.uint16(at: position + 10)
        crc32 = directory.uint32(at: position + 16)
        // Version made by, upper byte: 3 is Unix, 19 is macOS (4.4.2).
        let system = directory[position + 5]
        mode = system == 3 || system == 19 ? directory.uint16(at: position + 40) : nil

        let narrow = [size(at: 24), size(at: 20), size(at: 42)]
        func size(at field: Int) -> UInt32 { directory.uint32(at: position + field) }
        let wideCount = narrow.count { $0 == ZipFormat.elsewhere32 }
        guard let extra = ExtraFields(directory, in: extraStart..<commentStart, wideCount: wideCount) else {
            throw ZipError(.truncated(.extraField), archive: archive, entry: name, offset: place)
        }
        var wide = extra.wideValues.makeIterator()
        let values = narrow.map { $0 == ZipFormat.elsewhere32 ? wide.next() ?? UInt64($0) : UInt64($0) }
        (self.size, compressedSize, localHeaderOffset) = (values[0], values[1], values[2])
        if directory.uint16(at: position + 34) != 0 {
            throw ZipError(.severalVolumes, archive: archive, entry: name, offset: place)
        }
        if let other = extra.unicodeName, other != nameBytes {
            let shown = String(decoding: other, as: UTF8.self)
            throw ZipError(.differentName(shown), archive: archive, entry: name, offset: place)
        }
    }
}
