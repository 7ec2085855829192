/// The position of the central directory, as the end of an archive declares it (APPNOTE 4.3.14–4.3.16).
struct EndRecord {
    /// The number of entries.
    let entryCount: Int
    /// The offset of the directory in bytes from the start of the archive.
    let directoryOffset: Int
    /// The size of the directory in bytes.
    let directorySize: Int

    /// Finds and checks the end record, and the zip64 end record if there is one.
    init(of archive: ArchiveBytes, limits: ZipLimits) throws(ZipError) {
        let name = archive.name
        let tailSize = min(archive.count, ZipFormat.endRecordSize + Int(UInt16.max))
        let tailOffset = archive.count - tailSize
        let tail = try archive.bytes(at: tailOffset, count: tailSize)
        guard let position = Self.position(in: tail) else { throw ZipError(.noEndRecord, archive: name) }
        let offset = tailOffset + position
        let disks = (tail.uint16(at: position + 4), tail.uint16(at: position + 6))
        let countHere = tail.uint16(at: position + 8)
        let count = tail.uint16(at: position + 10)
        let size = tail.uint32(at: position + 12)
        let start = tail.uint32(at: position + 16)

        let record: Zip64
        let end: Int
        if position >= ZipFormat.zip64LocatorSize,
            tail.uint32(at: position - ZipFormat.zip64LocatorSize) == ZipFormat.zip64Locator
        {
            let locator = position - ZipFormat.zip64LocatorSize
            let place = tail.uint64(at: locator + 8)
            guard tail.uint32(at: locator + 4) == 0, tail.uint32(at: locator + 16) <= 1 else {
                throw ZipError(.severalVolumes, archive: name, offset: tailOffset + locator)
            }
            guard place <= UInt64(tailOffset + locator) else {
                throw ZipError(.truncated(.zip64EndRecord), archive: name, offset: tailOffset + locator)
            }
            end = Int(place)
            record = try Zip64(archive, at: end, end: tailOffset + locator)
            guard count == ZipFormat.elsewhere16 || UInt64(count) == record.count,
                size == ZipFormat.elsewhere32 || UInt64(size) == record.size,
                start == ZipFormat.elsewhere32 || UInt64(start) == record.offset
            else { throw ZipError(.misplacedDirectory, archive: name, offset: offset) }
        } else {
            guard disks == (0, 0), count == countHere else {
                throw ZipError(.severalVolumes, archive: name, offset: offset)
            }
            end = offset
            record = Zip64(count: UInt64(count), size: UInt64(size), offset: UInt64(start))
        }
        guard record.count <= UInt64(limits.entryCount) else {
            throw ZipError(.tooManyEntries(declared: record.count, limit: limits.entryCount), archive: name)
        }
        // The directory ends where the end record begins. Otherwise two tools could see two different archives.
        guard record.offset <= UInt64(end), record.size == UInt64(end) - record.offset else {
            throw ZipError(.misplacedDirectory, archive: name, offset: offset)
        }
        entryCount = Int(record.count)
        directoryOffset = Int(record.offset)
        directorySize = Int(record.size)
    }

    /// The index of the end record: the last signature whose comment ends with the archive.
    private static func position(in tail: [UInt8]) -> Int? {
        var position = tail.count - ZipFormat.endRecordSize
        while position >= 0 {
            if tail[position] == 0x50, tail.uint32(at: position) == ZipFormat.endRecord,
                position + ZipFormat.endRecordSize + Int(tail.uint16(at: position + 20)) == tail.count
            {
                return position
            }
            position -= 1
        }
        return nil
    }

    /// The values of the end record in 64 bits.
    private struct Zip64 {
        let count: UInt64
        let size: UInt64
        let offset: UInt64

        init(count: UInt64, size: UInt64, offset: UInt64) {
            self.count = count
            self.size = size
            self.offset = offset
        }

        init(_ archive: ArchiveBytes, at place: Int, end: Int) throws(ZipError) {
            guard end - place >= ZipFormat.zip64EndRecordSize else {
                throw ZipError(.truncated(.zip64EndRecord), archive: archive.name, offset: place)
            }
            let bytes = try archive.bytes(at: place, count: ZipFormat.zip64EndRecordSize)
            guard bytes.uint32(at: 0) == ZipFormat.zip64EndRecord else {
                throw ZipError(.badSignature(.zip64EndRecord), archive: archive.name, offset: place)
            }
            guard bytes.uint64(at: 4) == UInt64(end - place - 12) else {
                throw ZipError(.truncated(.zip64EndRecord), archive: archive.name, offset: place)
            }
            guard bytes.uint32(at: 16) == 0, bytes.uint32(at: 20) == 0, bytes.uint64(at: 24) == bytes.uint64(at: 32)
            else { throw ZipError(.severalVolumes, archive: archive.name, offset: place) }
            self.init(count: bytes.uint64(at: 32), size: bytes.uint64(at: 40), offset: bytes.uint64(at: 48))
        }
    }
}
