import Foundation
import FuroshikiTestSupport
import Testing

@testable import ZipArchive

/// Files that are compressed in blocks.
struct LargeFileTests {
    private typealias Content = DeflateStreamTests.Content

    private static let block = BlockwiseFile.blockSize

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func member(_ file: URL, hint: Int) throws -> ArchiveMember {
        ArchiveMember(path: try ArchivePath(parsing: "data/file"), content: .file(path: file.path, sizeHint: hint))
    }

    private func write(
        _ members: [ArchiveMember],
        to path: URL,
        concurrency: Int = 2,
        _ known: CompressedFiles? = nil
    ) async throws -> Data {
        let observer = RecordingObserver()
        let writer = ZipWriter(concurrency: concurrency, compressedFiles: known, observer: observer)
        let summary = try await writer.write(members, to: path.path)
        let written = try Data(contentsOf: path)
        #expect(summary.archiveSize == written.count)
        #expect(observer.seen.count == written.count)
        return written
    }

    @Test(arguments: [Content.text, .zeros, .random, .mixed])
    func `a file has its content, and its bytes do not depend on the number of processors`(
        _ content: DeflateStreamTests.Content
    ) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "file")
            for count in [Self.block + 1, 2 * Self.block, 5 * Self.block / 2 + 3] {
                let bytes = content.bytes(count, seed: 1)
                try Data(bytes).write(to: file)
                let members = [
                    try member(file, hint: count),
                    ArchiveMember(path: try ArchivePath(parsing: "a"), content: .bytes(Array("before".utf8))),
                    ArchiveMember(path: try ArchivePath(parsing: "z"), content: .bytes(Array("after".utf8))),
                ]
                let path = folder.appending(path: "out.zip")
                let written = try await write(members, to: path, concurrency: 1)
                let reader = try ZipReader(opening: path.path)
                #expect(reader.entries.map(\.path.string) == ["a", "data/file", "z"])
                let entry = reader.entries[1]
                #expect(entry.method == (content == .random ? .stored : .deflate))
                #expect(entry.compressedSize <= count)
                #expect(try reader.contents(of: entry) == bytes)
                for concurrency in [2, 5, 16] {
                    #expect(try await write(members, to: path, concurrency: concurrency) == written)
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "out.zip"])
        }
    }

    @Test(arguments: [0, 1, block - 1, block])
    func `a file of at most one block has the bytes of one stream`(count: Int) async throws {
        try await withFolder { folder in
            let (file, path) = (folder.appending(path: "file"), folder.appending(path: "out.zip"))
            let bytes = Content.text.bytes(count, seed: 2)
            try Data(bytes).write(to: file)
            let whole = ArchiveMember(path: try ArchivePath(parsing: "data/file"), content: .bytes(bytes))
            let expected = try await write([whole], to: path)
            // The hint may be wrong, because the file has changed since.
            for hint in [0, count, 10 * Self.block] {
                #expect(try await write([member(file, hint: hint)], to: path) == expected)
            }
        }
    }

    @Test func `a file that is larger than expected is compressed in blocks, too`() async throws {
        try await withFolder { folder in
            let (file, path) = (folder.appending(path: "file"), folder.appending(path: "out.zip"))
            let bytes = Content.mixed.bytes(Self.block + 70_000, seed: 3)
            try Data(bytes).write(to: file)
            let expected = try await write([member(file, hint: bytes.count)], to: path)
            #expect(try await write([member(file, hint: 10)], to: path) == expected)
            let whole = ArchiveMember(path: try ArchivePath(parsing: "data/file"), content: .bytes(bytes))
            #expect(try await write([whole], to: path) != expected)
        }
    }

    @Test func `blocks that do not get smaller are stored between those that do`() async throws {
        try await withFolder { folder in
            let (file, path) = (folder.appending(path: "file"), folder.appending(path: "out.zip"))
            let random = Content.random.bytes(Self.block, seed: 4)
            let bytes = random + Content.text.bytes(Self.block, seed: 5) + random
            try Data(bytes).write(to: file)
            _ = try await write([member(file, hint: bytes.count)], to: path)
            let reader = try ZipReader(opening: path.path)
            let entry = reader.entries[0]
            #expect(entry.method == .deflate)
            #expect(entry.compressedSize > 2 * StoredBlocks.size(of: Self.block))
            #expect(entry.compressedSize < 2 * StoredBlocks.size(of: Self.block) + Self.block / 2)
            #expect(try reader.contents(of: entry) == bytes)
        }
    }

    @Test func `archives share the blocks of a file`() async throws {
        try await withFolder { folder in
            let (file, path) = (folder.appending(path: "file"), folder.appending(path: "out.zip"))
            let bytes = Content.mixed.bytes(2 * Self.block, seed: 6)
            try Data(bytes).write(to: file)
            let members = [try member(file, hint: bytes.count)]
            let known = CompressedFiles(limit: 10)
            let first = try await write(members, to: path, known)
            try FileManager.default.removeItem(at: file)
            #expect(try await write(members, to: path, known) == first)
        }
    }

    @Test(arguments: [false, true])
    func `a file that is changed after its blocks were compressed is an error`(isTruncated: Bool) async throws {
        try await withFolder { folder in
            let (file, path) = (folder.appending(path: "file"), folder.appending(path: "out.zip"))
            var bytes = Content.random.bytes(Self.block + 1_000_000, seed: 7)
            try Data(bytes).write(to: file)
            let members = [try member(file, hint: bytes.count)]
            let known = CompressedFiles()
            _ = try await write(members, to: path, known)
            let handle = try FileHandle(forUpdating: file)
            if isTruncated {
                try handle.truncate(atOffset: UInt64(Self.block))
            } else {
                bytes[Self.block + 500_000] ^= 1
                try handle.write(contentsOf: bytes)
            }
            try handle.close()
            let error = await #expect(throws: ZipError.self) { _ = try await write(members, to: path, known) }
            #expect(error?.reason == .changedWhileRead)
            #expect(error?.archive == file.path)
        }
    }
}
