import FuroshikiTestSupport
import HostSystem
import Testing

@Suite struct DirectoryLockTests {
    private let files = LiveFileSystem()

    private struct Failure: Error {}

    private func with(_ body: (LocalPath) async throws -> Void) async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, body)
    }

    @Test func `a lock on a directory has only one holder at a time, even if holders remove the directory`()
        async throws
    {
        try await with { folder in
            let (path, counter) = (folder / "out", folder / "counter")
            try files.write("0", to: counter)
            _ = try await (0..<12)
                .concurrentMap(limit: 12) { number in
                    try await DirectoryLock.with(path) { _ in
                        let value = try #require(Int(try LiveFileSystem().readText(counter)))
                        await Task.yield()
                        if number.isMultiple(of: 3) { try LiveFileSystem().remove(path) }
                        try LiveFileSystem().write("\(value + 1)", to: counter)
                    }
                }
            #expect(try files.readText(counter) == "12")
        }
    }

    @Test func `a directory that was created for a body is removed if the body leaves it empty`() async throws {
        try await with { folder in
            let path = folder / "deep/out"
            await #expect(throws: Failure.self) {
                try await DirectoryLock.with(path) { wasCreated in
                    #expect(wasCreated && files.isDirectory(path))
                    throw Failure()
                }
            }
            #expect(!files.exists(path))
            await #expect(throws: Failure.self) {
                try await DirectoryLock.with(path) { _ in
                    try files.write("x", to: path / "kept")
                    throw Failure()
                }
            }
            #expect(files.isFile(path / "kept"))
        }
    }

    @Test func `a directory that existed is kept, and its creation is not reported`() async throws {
        try await with { parent in
            let folder = parent / "out"
            try files.createDirectory(folder)
            await #expect(throws: Failure.self) {
                try await DirectoryLock.with(folder) { wasCreated in
                    #expect(!wasCreated)
                    throw Failure()
                }
            }
            #expect(files.isDirectory(folder))
        }
    }

    @Test func `a waiting task reports once that it waits, and stops when it is cancelled`() async throws {
        try await with { parent in
            let folder = parent / "out"
            try files.createDirectory(folder)
            let (waits, continuation) = AsyncStream<Int>.makeStream()
            try await DirectoryLock.with(folder) { _ in
                let waiting = Task {
                    try await DirectoryLock.with(folder, onWait: { continuation.yield(1) }) { _ in
                        Issue.record("two holders")
                    }
                }
                var count = 0
                for await wait in waits {
                    count += wait
                    if count == 1 {
                        waiting.cancel()
                        await #expect(throws: CancellationError.self) { try await waiting.value }
                        continuation.finish()
                    }
                }
                #expect(count == 1)
            }
        }
    }

    @Test func `a directory whose parent cannot be written is an error that names the parent`() async throws {
        await #expect(throws: FileSystemError(.write, "/proc", code: 2)) {
            try await DirectoryLock.with("/proc/out") { _ in }
        }
    }

    @Test func `temporary directories of processes that ended are removed, and those in use are not`() async throws {
        try await with { folder in
            let abandoned = folder / "furoshiki-tmp-1"
            try files.createDirectory(abandoned / "deep")
            try files.write("x", to: abandoned / "deep/file")
            try files.createDirectory(folder / "furoshiki-other")
            let used = try TemporaryDirectory.create(in: folder, files: files)
            try await TemporaryDirectory.with(in: folder, files: files) { own in
                TemporaryDirectory.removeAbandoned(in: folder, files: files)
                #expect(files.isDirectory(own))
                #expect(own != used.path)
                #expect(!files.exists(abandoned))
                #expect(files.isDirectory(used.path))
                #expect(files.isDirectory(folder / "furoshiki-other"))
            }
            try used.remove()
        }
    }
}
