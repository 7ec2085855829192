import Foundation
import FuroshikiTestSupport
import Testing

@testable import HostSystem

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

    /// flock(2) as on NFS, where a directory cannot be locked.
    private static let networkLock: DirectoryLock.LockCall = { descriptor, operation in
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            errno = EBADF
            return -1
        }
        return flock(descriptor, operation)
    }

    @Test func `on a file system that cannot lock directories, there is also one holder at a time`() async throws {
        try await with { folder in
            let (path, counter) = (folder / "out", folder / "counter")
            try files.write("0", to: counter)
            _ = try await (0..<12)
                .concurrentMap(limit: 12) { number in
                    try await DirectoryLock.with(path, flock: Self.networkLock) { wasCreated in
                        let files = LiveFileSystem()
                        #expect(files.isFile(path / DirectoryLock.fileName))
                        let value = try #require(Int(try files.readText(counter)))
                        await Task.yield()
                        if number.isMultiple(of: 3) { try files.remove(path) }
                        if number % 3 == 1 { try files.write("x", to: path / "kept") }
                        try files.write("\(value + 1)", to: counter)
                    }
                }
            #expect(try files.readText(counter) == "12")
            // The file that was locked does not stay, and neither does a directory that is empty without it.
            #expect(try files.entriesIfPresent(of: path).map(\.name).filter { $0 != "kept" } == [])
            try files.remove(path)
            try await DirectoryLock.with(path, flock: Self.networkLock) { wasCreated in #expect(wasCreated) }
            #expect(!files.exists(path))
        }
    }

    @Test func `an error of locking names the directory`() async throws {
        try await with { folder in
            await #expect(throws: FileSystemError(.lock, folder, code: ENOLCK)) {
                try await DirectoryLock.with(
                    folder,
                    flock: { _, _ in
                        errno = ENOLCK
                        return -1
                    }
                ) { _ in }
            }
        }
    }

    @Test func `marks of processes that ended are found unless another process is running`() throws {
        let folder = Environment.current().temporaryDirectory / "marks-\(UInt64.random(in: .min ... .max))"
        try files.createDirectory(folder)
        defer { try? files.remove(folder) }
        try files.write("", to: folder / "killed")
        do {
            let mark = try RunningMark(in: folder)
            #expect(mark.marksOfKilledProcesses() == [folder / "killed"])
            let other = try RunningMark(in: folder)
            #expect(mark.marksOfKilledProcesses() == nil)
            #expect(other.marksOfKilledProcesses() == nil)
            withExtendedLifetime(other) {}
        }
        // What cannot be opened may belong to a process that is running.
        try files.createDirectory(folder / "unknown")
        do {
            let mark = try RunningMark(in: folder)
            #expect(mark.marksOfKilledProcesses() == nil)
        }
        try files.remove(folder / "unknown")
        #expect(try files.entries(of: folder).map(\.name) == ["killed"])
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
