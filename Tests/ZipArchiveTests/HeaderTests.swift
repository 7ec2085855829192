import FuroshikiTestSupport
import Testing

@testable import ZipArchive

/// The boundaries at which headers change to zip64, and the exact bytes of extra fields.
struct HeaderTests {
    private static let limit = 0xFFFF_FFFF

    private func header(size: Int, compressedSize: Int) throws -> EntryHeader {
        EntryHeader(
            path: try ArchivePath(parsing: "a"),
            isExecutable: false,
            method: .deflate,
            crc32: 1,
            compressedSize: compressedSize,
            size: size
        )
    }

    private func words(_ values: [UInt64]) -> [UInt8] {
        values.reduce(into: [UInt8]()) { $0.append(littleEndian: $1) }
    }

    @Test(arguments: [
        (limit - 1, limit - 1, false), (limit, 1, true), (1, limit, true), (limit + 5, limit + 6, true),
    ])
    func `a local header uses zip64 from the first size that does not fit`(
        size: Int,
        compressedSize: Int,
        isWide: Bool
    ) throws {
        var bytes: [UInt8] = []
        try header(size: size, compressedSize: compressedSize).appendLocalHeader(to: &bytes)
        #expect(bytes.uint16(at: 4) == (isWide ? 45 : 20))
        #expect(bytes.uint32(at: 18) == (isWide ? .max : UInt32(compressedSize)))
        #expect(bytes.uint32(at: 22) == (isWide ? .max : UInt32(size)))
        let extra: [UInt8] = isWide ? [1, 0, 16, 0] + words([UInt64(size), UInt64(compressedSize)]) : []
        #expect(bytes.uint16(at: 28) == UInt16(extra.count))
        #expect(Array(bytes[30...]) == [0x61] + extra)
    }

    @Test(arguments: [
        (limit - 1, limit - 1, []), (limit, limit - 1, [UInt64(limit), 1]), (limit - 1, limit, [UInt64(limit)]),
        (limit + 1, limit + 2, [UInt64(limit + 1), 1, UInt64(limit + 2)]),
    ])
    func `a directory record has only the values that do not fit in its zip64 field`(
        size: Int,
        offset: Int,
        wide: [UInt64]
    ) throws {
        var bytes: [UInt8] = []
        try header(size: size, compressedSize: 1).appendDirectoryRecord(localHeaderOffset: offset, to: &bytes)
        #expect(bytes.uint16(at: 4) == (wide.isEmpty ? 20 : 45) | 3 << 8)
        #expect(bytes.uint16(at: 6) == (wide.isEmpty ? 20 : 45))
        #expect(bytes.uint16(at: 30) == UInt16(wide.isEmpty ? 0 : 4 + 8 * wide.count))
        let record = try DirectoryRecord(bytes, at: 0, base: 0, archive: "x.zip")
        #expect(record.size == UInt64(size))
        #expect(record.compressedSize == 1)
        #expect(record.localHeaderOffset == UInt64(offset))
        #expect(record.length == bytes.count)
        let extra: [UInt8] = wide.isEmpty ? [] : [1, 0, UInt8(8 * wide.count), 0] + words(wide)
        #expect(Array(bytes[46...]) == [0x61] + extra)
    }

    @Test(arguments: [
        (65_534, limit - 1, limit - 1, false), (65_535, 1, 1, true), (1, limit, 1, true), (1, 1, limit, true),
    ])
    func `an end record is preceded by zip64 records from the first number that does not fit`(
        count: Int,
        offset: Int,
        size: Int,
        isWide: Bool
    ) {
        var bytes: [UInt8] = []
        EndRecordHeader(entryCount: count, directoryOffset: offset, directorySize: size).append(to: &bytes)
        #expect(bytes.count == (isWide ? 98 : 22))
        let end = bytes.count - 22
        #expect(bytes.uint16(at: end + 8) == UInt16(clamping: count))
        #expect(bytes.uint16(at: end + 10) == UInt16(clamping: count))
        #expect(bytes.uint32(at: end + 12) == UInt32(clamping: size))
        #expect(bytes.uint32(at: end + 16) == UInt32(clamping: offset))
        guard isWide else { return }
        let values = [UInt64(count), UInt64(count), UInt64(size), UInt64(offset)]
        let versions: [UInt8] = [45, 3, 45, 0]
        let record: [UInt8] = [0x50, 0x4B, 6, 6] + words([44]) + versions + words([0]) + words(values)
        let locator: [UInt8] = [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + words([UInt64(offset + size)]) + [1, 0, 0, 0]
        #expect(Array(bytes[..<end]) == record + locator)
    }

    /// Extra fields, the number of values that must be in the zip64 field, and the values and name that are read; `nil`
    /// if the fields are invalid.
    struct Extra: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let wideCount: Int
        let values: [UInt64]?
        var name: [UInt8]?

        init(_ description: String, _ bytes: [UInt8], _ wideCount: Int, _ values: [UInt64]?, name: [UInt8]? = nil) {
            testDescription = description
            self.bytes = bytes
            self.wideCount = wideCount
            self.values = values
            self.name = name
        }

        static let one: [UInt8] = [1, 0, 8, 0, 7, 0, 0, 0, 0, 0, 0, 0]
        static let two: [UInt8] = [1, 0, 16, 0, 7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1]
        static let unicode: [UInt8] = [0x75, 0x70, 7, 0, 1, 9, 9, 9, 9, 0x61, 0x62]

        static let all: [Extra] = [
            Extra("none", [], 0, []),
            Extra("zip64 with a value", one, 1, [7]),
            Extra("zip64 with more values than needed", two, 1, [7]),
            Extra("zip64 with two values", two, 2, [7, 0x0100_0000_0000_0008]),
            Extra("zip64 after an unknown field", [9, 9, 2, 0, 1, 1] + one, 1, [7]),
            Extra("zip64 that is not needed", one + one, 0, []),
            Extra("zip64 missing", [9, 9, 0, 0], 1, nil),
            Extra("zip64 twice", one + one, 1, nil),
            Extra("zip64 too short, followed by another field", one + [9, 9, 4, 0, 0, 0, 0, 0], 2, nil),
            Extra("Unicode name", unicode, 0, [], name: [0x61, 0x62]),
            Extra("Unicode name that is empty", [0x75, 0x70, 5, 0, 1, 9, 9, 9, 9], 0, [], name: []),
            Extra("Unicode name too short", [0x75, 0x70, 4, 0, 1, 9, 9, 9], 0, nil),
            Extra("empty field at the end", [9, 9, 0, 0], 0, []),
            Extra("three bytes at the end", one + [9, 9, 0], 1, nil),
            Extra("field that fills the rest", [9, 9, 1, 0, 0], 0, []),
            Extra("field one byte longer than the rest", [9, 9, 2, 0, 0], 0, nil),
        ]
    }

    @Test(arguments: Extra.all)
    func `extra fields are read if their lengths are consistent`(_ extra: Extra) {
        // Bytes around the range must not be read.
        let bytes = [1, 0, 8, 0] + extra.bytes + [UInt8](repeating: 0, count: 32)
        let fields = ExtraFields(bytes, in: 4..<(4 + extra.bytes.count), wideCount: extra.wideCount)
        #expect(fields?.wideValues == extra.values)
        #expect(fields?.unicodeName == extra.name)
    }

    /// More random bytes make the deflated data longer, until it is not smaller than the content.
    @Test(arguments: 0...64)
    func `deflated data is smaller than its content and has exactly its size`(_ randomCount: Int) {
        var generator = SeededGenerator(seed: UInt64(randomCount))
        let random = (0..<randomCount).map { _ in UInt8.random(in: 0...143, using: &generator) }
        let content = random + [UInt8](repeating: 0, count: 64 - randomCount)
        guard let deflated = Deflater(level: 6).deflate(content.span) else {
            #expect(randomCount > 40)
            return
        }
        #expect(randomCount < 60)
        #expect(deflated.count < content.count)
        #expect(Inflater().inflate(deflated.span, size: content.count) == content)
        #expect(Inflater().inflate(deflated.span, size: content.count - 1) == nil)
        #expect(Inflater().inflate(deflated.span, size: content.count + 1) == nil)
        #expect(Inflater().inflate((deflated + [0]).span, size: content.count) == nil)
    }

    @Test(arguments: [[], [1]] as [[UInt8]])
    func `content of less than two bytes is not deflated`(_ content: [UInt8]) {
        #expect(Deflater(level: 6).deflate(content.span) == nil)
    }

    @Test func `an empty deflate stream has no content`() {
        #expect(Inflater().inflate([3, 0].span, size: 0) == [])
        #expect(Inflater().inflate([3, 0].span, size: 1) == nil)
    }

    @Test func `a checksum can be continued`() {
        let bytes = Array("123456789".utf8)
        #expect(CRC32.checksum(bytes.span) == 0xCBF4_3926)
        let first = CRC32.checksum(Array(bytes[..<4]).span)
        #expect(CRC32.checksum(Array(bytes[4...]).span, continuing: first) == 0xCBF4_3926)
    }
}
