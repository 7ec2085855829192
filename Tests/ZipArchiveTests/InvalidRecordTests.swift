import Foundation
import FuroshikiTestSupport
import Testing

@testable import ZipArchive

/// Archives with a few changed bytes in their records, and archives at the limits of what is accepted.
struct InvalidRecordTests {
    typealias Entry = ZipBuilder.Entry

    /// Bytes to change, counted from the start of the directory, or from the end of the archive if negative.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let position: Int
        let bytes: [UInt8]
        let reason: ZipError.Reason
        let offset: Int?

        init(_ description: String, _ position: Int, _ bytes: [UInt8], _ reason: ZipError.Reason, at offset: Int?) {
            testDescription = description
            self.position = position
            self.bytes = bytes
            self.reason = reason
            self.offset = offset
        }
    }

    /// The offset of the central directory in ``archive(isWide:)``: a local header, a name and a byte of content.
    private static let start = 32
    /// The length of the central directory: a record and a name.
    private static let length = 47

    private func archive(isWide: Bool) -> [UInt8] {
        var builder = ZipBuilder([Entry("a", "x")])
        builder.isWide = isWide
        return builder.build()
    }

    private func error(of bytes: [UInt8]) -> ZipError? {
        #expect(throws: ZipError.self) { try ZipReader(bytes, name: "x.zip") }
    }

    private func change(_ change: Change, isWide: Bool) -> [UInt8] {
        var bytes = archive(isWide: isWide)
        let position = change.position < 0 ? bytes.count + change.position : Self.start + change.position
        bytes.replaceSubrange(position..<(position + change.bytes.count), with: change.bytes)
        return bytes
    }

    // Offsets from the end: the end record at -22, the zip64 locator at -42, the zip64 end record at -98.
    private static let endRecord = start + length
    private static let wideLocator = endRecord + 56
    private static let wideEnd = wideLocator + 20

    static let narrowChanges = [
        Change("signature of the record", 0, [0], .badSignature(.directory), at: start),
        Change("name longer than the directory", 28, [2], .truncated(.directory), at: start),
        Change("comment longer than the directory", 32, [1], .truncated(.directory), at: start),
        Change("entry on another disk", 34, [1], .severalVolumes, at: start),
        Change("number of this disk", -18, [1], .severalVolumes, at: endRecord),
        Change("number of the directory's disk", -16, [1], .severalVolumes, at: endRecord),
        Change("entries on this disk", -14, [2], .severalVolumes, at: endRecord),
        Change("directory larger", -10, [48], .misplacedDirectory, at: endRecord),
        Change("directory past the end record", -6, [80], .misplacedDirectory, at: endRecord),
    ]

    @Test(arguments: narrowChanges)
    func `an invalid record is reported with its offset`(_ change: Change) {
        let error = error(of: self.change(change, isWide: false))
        #expect(error?.reason == change.reason)
        #expect(error?.offset == change.offset)
    }

    static let wideChanges = [
        Change("directory on another disk", -38, [1], .severalVolumes, at: wideLocator),
        Change("two disks", -26, [2], .severalVolumes, at: wideLocator),
        Change("record past its locator", -34, [136], .truncated(.zip64EndRecord), at: wideLocator),
        Change("record too close to its locator", -34, [80], .truncated(.zip64EndRecord), at: endRecord + 1),
        Change("record before the end record", -34, [78], .badSignature(.zip64EndRecord), at: endRecord - 1),
        Change("signature", -98, [0], .badSignature(.zip64EndRecord), at: endRecord),
        Change("size of the record", -94, [45], .truncated(.zip64EndRecord), at: endRecord),
        Change("number of this disk", -82, [1], .severalVolumes, at: endRecord),
        Change("number of the directory's disk", -78, [1], .severalVolumes, at: endRecord),
        Change("entries on this disk", -74, [2], .severalVolumes, at: endRecord),
        Change("count in the end record", -12, [2, 0], .misplacedDirectory, at: wideEnd),
        Change("size in the end record", -10, [48, 0, 0, 0], .misplacedDirectory, at: wideEnd),
        Change("offset in the end record", -6, [33, 0, 0, 0], .misplacedDirectory, at: wideEnd),
    ]

    @Test(arguments: wideChanges)
    func `an invalid zip64 record is reported with its offset`(_ change: Change) {
        let error = error(of: self.change(change, isWide: true))
        #expect(error?.reason == change.reason)
        #expect(error?.offset == change.offset)
    }

    @Test(arguments: [
        Change("one disk in the locator", -26, [0], .noEndRecord, at: nil),
        Change("count in the end record", -12, [1, 0], .noEndRecord, at: nil),
        Change("size in the end record", -10, [47, 0, 0, 0], .noEndRecord, at: nil),
        Change("offset in the end record", -6, [32, 0, 0, 0], .noEndRecord, at: nil),
    ])
    func `a zip64 archive may repeat its numbers in the end record`(_ change: Change) throws {
        #expect(try ZipReader(self.change(change, isWide: true), name: "x.zip").entries.count == 1)
    }

    @Test(arguments: [(UInt8(3), true), (19, true), (0, false), (10, false)])
    func `modes are read if a Unix system created the entry`(system: UInt8, isExecutable: Bool) throws {
        var bytes = ZipBuilder([Entry("a", "x", mode: 0o100755)]).build()
        bytes[Self.start + 5] = system
        #expect(try ZipReader(bytes, name: "x.zip").entries.map(\.isExecutable) == [isExecutable])
    }

    @Test func `an archive at its limits is accepted`() throws {
        let bytes = ZipBuilder([Entry("a", "12345"), Entry("b", "1234")]).build()
        let limits = ZipLimits(entryBytes: 5, totalBytes: 9, entryCount: 2)
        #expect(try ZipReader(bytes, name: "x.zip", limits: limits).totalSize == 9)
        let error = #expect(throws: ZipError.self) {
            try ZipReader(bytes, name: "x.zip", limits: ZipLimits(entryBytes: 4))
        }
        #expect(error?.reason == .tooLarge(declared: 5, limit: 4))
        #expect(error?.entry == "a")
    }

    @Test func `the first content that overlaps the directory is rejected`() throws {
        let whole = Entry("a", "xyz")
        #expect(try ZipReader(ZipBuilder([whole]).build(), name: "x.zip").entries.count == 1)
        let longer = whole.with { ($0.size, $0.compressedSize) = (4, 4) }
        #expect(error(of: ZipBuilder([longer]).build())?.reason == .truncated(.data))
        let withExtra = whole.with { $0.localExtra = [9, 9, 0, 0] }
        #expect(try ZipReader(ZipBuilder([withExtra]).build(), name: "x.zip").entries.count == 1)
    }

    @Test func `encryption is rejected if only one of the headers declares it`() {
        for flags in [UInt16(1), 1 << 6, 1 << 13] {
            let directory = Entry("a", "x").with { ($0.flags, $0.localFlags) = (flags, 0) }
            #expect(error(of: ZipBuilder([directory]).build())?.reason == .encrypted)
            let local = Entry("a", "x").with { ($0.flags, $0.localFlags) = (0, flags) }
            #expect(error(of: ZipBuilder([local]).build())?.reason == .encrypted)
        }
    }

    @Test(arguments: [
        Entry("a", "xyz").with { $0.localCRC32 = 0 }, Entry("a", "xyz").with { $0.localSize = 0 },
    ])
    func `sizes and checksums may be zero in a local header only with a data descriptor`(_ entry: Entry) throws {
        guard case .mismatch = error(of: ZipBuilder([entry]).build())?.reason else {
            Issue.record("no mismatch")
            return
        }
        let described = entry.with { $0.flags = 0x808 }
        #expect(try ZipReader(ZipBuilder([described]).build(), name: "x.zip").entries.count == 1)
    }

    @Test func `an impossible ratio is rejected from the first byte`() throws {
        // Three bytes of compressed data have at most 3,096 bytes of content.
        for (size, isAccepted) in [(UInt64(3096), true), (3097, false)] {
            let entry = Entry("a", bytes: [1, 2, 3]).with { ($0.method, $0.size) = (8, size) }
            let reader = try? ZipReader(ZipBuilder([entry]).build(), name: "x.zip")
            #expect((reader != nil) == isAccepted)
        }
    }

    @Test func `neighboring entries do not overlap, and the later of two overlapping ones is reported`() throws {
        let neighbors = ZipBuilder([Entry("b", "1"), Entry("a", "2"), Entry("c")])
        #expect(try ZipReader(neighbors.build(), name: "x.zip").entries.count == 3)
        let inner = ZipBuilder([Entry("c", "hidden")]).build()[..<37]
        let overlapping = ZipBuilder([
            Entry("b", bytes: Array(inner)),
            Entry("c", "hidden").with { ($0.isGhost, $0.declaredOffset) = (true, 31) },
        ])
        let error = error(of: overlapping.build())
        #expect(error?.entry == "c")
        #expect(error?.offset == 31)
    }

    @Test func `a local header that does not fit before the directory is rejected`() {
        let entry = Entry("a", "x").with { $0.declaredOffset = 10 }
        #expect(error(of: ZipBuilder([entry]).build())?.reason == .truncated(.localHeader))
    }

    @Test func `a local name that is longer than the data is reported up to the directory`() {
        var bytes = archive(isWide: false)
        bytes.replaceSubrange(26..<28, with: [0xFF, 0xFF])
        #expect(error(of: bytes)?.reason == .differentName("ax"))
    }

    @Test func `a Unicode name that equals the name is accepted`() throws {
        let entry = Entry("b").with { $0.extra = [0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 0x62] }
        #expect(try ZipReader(ZipBuilder([entry]).build(), name: "x.zip").entries.map(\.path.string) == ["b"])
    }
}
