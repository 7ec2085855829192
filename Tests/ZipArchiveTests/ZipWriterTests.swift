import Foundation
import FuroshikiTestSupport
import Synchronization
import Testing
import ZipArchive

/// An observer that keeps all bytes that it receives.
final class RecordingObserver: ByteObserver {
    private let bytes = Mutex<[UInt8]>([])

    var seen: [UInt8] { bytes.withLock { $0 } }

    func observe(_ bytes: Span<UInt8>) {
        self.bytes.withLock { seen in
            for index in bytes.indices { seen.append(bytes[index]) }
        }
    }
}

struct ZipWriterTests {
    typealias Entry = ZipBuilder.Entry

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func member(_ name: String, _ bytes: [UInt8], isExecutable: Bool = false) throws -> ArchiveMember {
        ArchiveMember(path: try ArchivePath(parsing: name), isExecutable: isExecutable, content: .bytes(bytes))
    }

    @Test func `files that archives share are read once, within the limit of the cache`() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "orders.py")
            try Data(repeating: 65, count: 100_000).write(to: file)
            let path = try ArchivePath(parsing: "app/orders.py")
            let members = [ArchiveMember(path: path, content: .file(path: file.path, sizeHint: 100_000))]
            let none = CompressedFiles(limit: 10)
            let some = CompressedFiles()
            let plain = folder.appending(path: "plain.zip")
            _ = try await ZipWriter(concurrency: 2).write(members, to: plain.path)
            _ = try await ZipWriter(concurrency: 2, compressedFiles: none).write(members, to: plain.path)
            let first = folder.appending(path: "first.zip")
            _ = try await ZipWriter(concurrency: 2, compressedFiles: some).write(members, to: first.path)
            try FileManager.default.removeItem(at: file)
            let second = folder.appending(path: "second.zip")
            _ = try await ZipWriter(concurrency: 2, compressedFiles: some).write(members, to: second.path)
            #expect(try Data(contentsOf: second) == Data(contentsOf: plain))
            #expect(try Data(contentsOf: second) == Data(contentsOf: first))
            await #expect(throws: ZipError.self) {
                try await ZipWriter(concurrency: 2, compressedFiles: none).write(members, to: second.path)
            }
        }
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `a written archive can be read`(_ seed: UInt64) async throws {
        try await withFolder { folder in
            var generator = SeededGenerator(seed: seed)
            var expected: [String: [UInt8]] = [:]
            var members: [ArchiveMember] = []
            for index in 0..<Int.random(in: 0...60, using: &generator) {
                let depth = Int.random(in: 0...3, using: &generator)
                let name =
                    (0..<depth).map { _ in "d\(Int.random(in: 0...3, using: &generator))/" }.joined() + "f\(index)"
                let size = [0, 1, 2, 100, 70_000, 1_500_000][
                    Int.random(in: 0..<(index == 0 ? 6 : 5), using: &generator)
                ]
                let spread = UInt8.random(in: 0...255, using: &generator)
                let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) & spread }
                expected[name] = bytes
                switch index % 3 {
                case 0: members.append(try member(name, bytes, isExecutable: index % 2 == 0))
                case 1:
                    let file = folder.appending(path: "source-\(index)")
                    try Data(bytes).write(to: file)
                    let content = ArchiveMember.Content.file(path: file.path, sizeHint: bytes.count)
                    members.append(ArchiveMember(path: try ArchivePath(parsing: name), content: content))
                default:
                    let archive = ZipBuilder([Entry("x", bytes: bytes).deflated()])
                    let reader = try ZipReader(archive.build(), name: "x.whl")
                    let content = ArchiveMember.Content.spliced(reader, reader.entries[0])
                    members.append(ArchiveMember(path: try ArchivePath(parsing: name), content: content))
                }
            }
            let path = folder.appending(path: "out.zip").path
            let observer = RecordingObserver()
            let summary = try await ZipWriter(concurrency: 2, observer: observer).write(members.shuffled(), to: path)
            let reader = try ZipReader(opening: path)
            #expect(
                reader.entries.map(\.path.string) == expected.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            )
            for entry in reader.entries {
                #expect(try reader.contents(of: entry) == expected[entry.path.string])
            }
            let written = [UInt8](try Data(contentsOf: URL(filePath: path)))
            #expect(observer.seen == written)
            #expect(summary.archiveSize == written.count)
            #expect(summary.crc32 == CRC32.checksum(written.span))
            #expect(summary.contentSize == expected.values.map(\.count).reduce(0, +))
            #expect(summary.entryCount == expected.count)
        }
    }

    @Test func `the bytes depend only on the content`() async throws {
        try await withFolder { folder in
            let members = try (0..<200).map { try member("f\($0)", Array("content \($0 * $0)".utf8)) }
            let (one, two) = (folder.appending(path: "1.zip"), folder.appending(path: "2.zip"))
            _ = try await ZipWriter(concurrency: 1).write(members, to: one.path)
            _ = try await ZipWriter(concurrency: 8).write(members.reversed(), to: two.path)
            #expect(try Data(contentsOf: one) == Data(contentsOf: two))
        }
    }

    @Test func `an archive consists of headers, data, directory and end record`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "one.zip")
            _ = try await ZipWriter(concurrency: 1).write([try member("é", [7], isExecutable: true)], to: path.path)
            let crc = CRC32.checksum([7].span)
            let sum = (0..<4).map { UInt8(truncatingIfNeeded: crc >> (8 * $0)) }
            let common: [UInt8] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0] + sum + [1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]
            let name = Array("é".utf8)
            let local: [UInt8] = [0x50, 0x4b, 3, 4] + common + name + [7]
            let directory: [UInt8] =
                [0x50, 0x4b, 1, 2, 20, 3] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0xed, 0x81, 0, 0, 0, 0] + name
            let end: [UInt8] = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 48, 0, 0, 0, 33, 0, 0, 0, 0, 0]
            #expect([UInt8](try Data(contentsOf: path)) == local + directory + end)
        }
    }

    @Test func `the longest names can be written, also inside a directory, and read`() async throws {
        try await withFolder { folder in
            let below = try ArchivePath(parsing: String(repeating: "f", count: ArchivePath.maximumLength))
            let deep = try ArchivePath(parsing: String(repeating: "a/", count: ArchivePath.maximumLength / 2) + "a")
            let path = folder.appending(path: "long.zip").path
            let members = [deep, deep.below(below)].map { ArchiveMember(path: $0, content: .bytes([1])) }
            #expect(try await ZipWriter(concurrency: 1).write(members, to: path).entryCount == 2)
            #expect(throws: ZipError.self) { try ZipReader(opening: path) }
            _ = try await ZipWriter(concurrency: 1).write([members[0]], to: path)
            #expect(try ZipReader(opening: path).entries.map(\.path) == [deep])
        }
    }

    @Test func `an archive with more than 65,535 entries uses zip64`() async throws {
        try await withFolder { folder in
            let members = try (0..<65_600).map { try member("f\($0)", []) }
            let path = folder.appending(path: "many.zip").path
            let summary = try await ZipWriter(concurrency: 2).write(members, to: path)
            #expect(summary.entryCount == 65_600)
            #expect(try ZipReader(opening: path).entries.count == 65_600)
        }
    }

    @Test func `an archive inside an archive is stored uncompressed`() async throws {
        try await withFolder { folder in
            let (inner, outer) = (folder.appending(path: "inner.zip").path, folder.appending(path: "outer.zip").path)
            let summary = try await ZipWriter(concurrency: 1)
                .write([try member("a", Array(repeating: 1, count: 5000))], to: inner)
            let content = ArchiveMember.Content.stored(path: inner, size: summary.archiveSize, crc32: summary.crc32)
            let nested = ArchiveMember(path: try ArchivePath(parsing: ".requirements.zip"), content: content)
            _ = try await ZipWriter(concurrency: 1).write([nested], to: outer)
            let reader = try ZipReader(opening: outer)
            #expect(reader.entries.map(\.method) == [.stored])
            let bytes = try reader.contents(of: reader.entries[0])
            #expect(try ZipReader(bytes, name: "inner").entries.map(\.path.string) == ["a"])
        }
    }

    @Test func `a very long name is written unchanged`() async throws {
        try await withFolder { folder in
            let name = String(repeating: "é", count: 2_047)
            let path = folder.appending(path: "long.zip").path
            _ = try await ZipWriter(concurrency: 1).write([try member(name, [1])], to: path)
            #expect(try ZipReader(opening: path).entries.map(\.path.string) == [name])
        }
    }

    @Test func `an archive that cannot be written leaves no partial file`() async throws {
        try await withFolder { folder in
            let missing = ArchiveMember.Content.file(path: "/missing/a", sizeHint: 0)
            let members = [try member("a", [1]), ArchiveMember(path: try ArchivePath(parsing: "b"), content: missing)]
            let path = folder.appending(path: "out.zip").path
            let error = await #expect(throws: ZipError.self) {
                try await ZipWriter(concurrency: 2).write(members, to: path)
            }
            #expect(error?.reason == .system(operation: .open, code: 2))
            #expect(error?.archive == "/missing/a")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `two members with the same name are rejected`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "out.zip").path
            let error = await #expect(throws: ZipError.self) {
                try await ZipWriter(concurrency: 1).write([try member("a", [1]), try member("a", [2])], to: path)
            }
            #expect(error?.reason == .duplicateName)
            #expect(error?.entry == "a")
        }
    }
}
