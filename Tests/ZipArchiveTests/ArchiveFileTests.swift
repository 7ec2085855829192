import Foundation
import FuroshikiTestSupport
import Synchronization
import Testing

@testable import ZipArchive

/// Archives as files: sizes at the boundaries of buffers, cancellation, and errors of the system.
struct ArchiveFileTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func member(_ name: String, _ content: ArchiveMember.Content) throws -> ArchiveMember {
        ArchiveMember(path: try ArchivePath(parsing: name), content: content)
    }

    @Test(arguments: [-1, 0, 1, 2, 1 << 20])
    func `an archive whose size is near that of a buffer is complete`(_ difference: Int) async throws {
        try await withFolder { folder in
            var generator = SeededGenerator(seed: 7)
            // Headers, directory and end record take 100 bytes. Random bytes cannot be compressed.
            let bytes = (0..<((1 << 20) + difference - 100)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let path = folder.appending(path: "out.zip").path
            let observer = RecordingObserver()
            let summary = try await ZipWriter(concurrency: 1, observer: observer)
                .write([member("a", .bytes(bytes))], to: path)
            #expect(summary.archiveSize == (1 << 20) + difference)
            #expect(observer.seen.count == summary.archiveSize)
            let reader = try ZipReader(opening: path)
            #expect(reader.archiveSize == summary.archiveSize)
            #expect(try reader.contents(of: reader.entries[0]) == bytes)
        }
    }

    @Test func `large files are computed one after the other`() async throws {
        try await withFolder { folder in
            let running = Mutex((now: 0, most: 0))
            let members = try (0..<6)
                .map { index in
                    try member(
                        "f\(index)",
                        .computed(sizeHint: 30 << 20) {
                            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                            usleep(2000)
                            running.withLock { $0.now -= 1 }
                            return [UInt8(index)]
                        }
                    )
                }
            let path = folder.appending(path: "out.zip").path
            _ = try await ZipWriter(concurrency: 4).write(members, to: path)
            #expect(running.withLock { $0.most } == 1)
            let reader = try ZipReader(opening: path)
            #expect(try reader.entries.map { try reader.contents(of: $0) } == (0..<6).map { [$0] })
        }
    }

    @Test func `a cancelled archive is not written`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "out.zip").path
            let content = ArchiveMember.Content.computed(sizeHint: 1) {
                while !Task.isCancelled { usleep(1000) }
                return [1]
            }
            let members = [try member("a", content)]
            let task = Task { try await ZipWriter(concurrency: 1).write(members, to: path) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `the number of concurrent compressions is at least one`() {
        #expect(ZipWriter(concurrency: -1).concurrency == 1)
        #expect(ZipWriter(concurrency: 1).concurrency == 1)
        #expect(ZipWriter(concurrency: 8).concurrency == 8)
    }

    @Test func `the cache keeps files until its limit is reached`() throws {
        let sizes = CompressedContent(Array(repeating: 0, count: 1000), level: 6).data.count
        let cache = CompressedFiles(limit: 2 * sizes)
        var made: [String] = []
        for path in ["a", "b", "c", "a", "b", "c", "d"] {
            let content = cache.content(of: path) {
                made.append(path)
                return CompressedContent(Array(repeating: 0, count: 1000), level: 6)
            }
            #expect(content?.size == 1000)
        }
        #expect(made == ["a", "b", "c", "c", "d"])
    }

    @Test func `a nested archive of another size than declared is rejected`() async throws {
        try await withFolder { folder in
            let inner = folder.appending(path: "inner.zip").path
            let outer = folder.appending(path: "outer.zip").path
            let summary = try await ZipWriter(concurrency: 1).write([member("a", .bytes([1]))], to: inner)
            for size in [summary.archiveSize - 1, summary.archiveSize + 1] {
                let nested = try member("n.zip", .stored(path: inner, size: size, crc32: summary.crc32))
                let error = await #expect(throws: ZipError.self) {
                    try await ZipWriter(concurrency: 1).write([nested], to: outer)
                }
                let found = UInt64(summary.archiveSize)
                #expect(error?.reason == .mismatch(.size, declared: UInt64(size), found: found))
                #expect(error?.archive == inner)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["inner.zip"])
            }
        }
    }

    @Test func `an archive that cannot be created or moved into place leaves no file`() async throws {
        try await withFolder { folder in
            let members = [try member("a", .bytes([1]))]
            let missing = await #expect(throws: ZipError.self) {
                try await ZipWriter(concurrency: 1).write(members, to: folder.path + "/missing/out.zip")
            }
            #expect(missing?.reason == .system(operation: .write, code: ENOENT))
            let directory = folder.appending(path: "directory").path
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let replaced = await #expect(throws: ZipError.self) {
                try await ZipWriter(concurrency: 1).write(members, to: directory)
            }
            #expect(replaced?.reason == .system(operation: .rename, code: EISDIR))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["directory"])
        }
    }

    @Test func `a directory or device cannot be opened as an archive`() throws {
        let error = #expect(throws: ZipError.self) { try ZipReader(opening: "/") }
        #expect(error?.reason == .system(operation: .open, code: EISDIR))
        let device = #expect(throws: ZipError.self) { try ArchiveBytes(opening: "/dev/null") }
        #expect(device?.archive == "/dev/null")
    }

    @Test func `a file that is truncated after it was opened is reported`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "x.zip")
            try Data(ZipBuilder([.init("a", "0123456789")]).build()).write(to: path)
            let reader = try ZipReader(opening: path.path)
            #expect(truncate(path.path, 33) == 0)
            let error = #expect(throws: ZipError.self) { try reader.contents(of: reader.entries[0]) }
            #expect(error?.reason == .truncated(.data))
            #expect(error?.offset == 33)
        }
    }

    @Test(arguments: [(-1, 1), (0, 4), (1, 3), (3, 1), (4, 0)])
    func `bytes outside of an archive cannot be read`(offset: Int, count: Int) async throws {
        let memory = ArchiveBytes([1, 2, 3], name: "x")
        let error = #expect(throws: ZipError.self) { try memory.bytes(at: offset, count: count) }
        #expect(error?.reason == .truncated(.data))
        #expect(error?.offset == offset)
        try await withFolder { folder in
            let path = folder.appending(path: "x")
            try Data([1, 2, 3]).write(to: path)
            let file = try ArchiveBytes(opening: path.path)
            #expect(throws: ZipError.self) { try file.bytes(at: offset, count: count) }
            for bytes in [memory, file] {
                #expect(try bytes.bytes(at: 0, count: 3) == [1, 2, 3])
                #expect(try bytes.bytes(at: 1, count: 2) == [2, 3])
                #expect(try bytes.bytes(at: 3, count: 0) == [])
            }
        }
    }

    #if os(Linux)
    /// The open files of this process with a name.
    private func openFiles(_ name: String) throws -> Int {
        let folder = "/proc/self/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .count { descriptor in
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
                return target?.contains(name) == true
            }
    }

    @Test func `files are closed after an archive was written or read`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "closed.zip").path
            _ = try await ZipWriter(concurrency: 1).write([member("a", .bytes([1]))], to: path)
            #expect(try openFiles(folder.lastPathComponent) == 0)
            func read() throws {
                let reader = try ZipReader(opening: path)
                #expect(try openFiles(folder.lastPathComponent) == 1)
                #expect(reader.entries.count == 1)
            }
            try read()
            #expect(try openFiles(folder.lastPathComponent) == 0)
        }
    }
    #endif
}
