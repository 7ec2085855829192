import FuroshikiTestSupport
import HostSystem
import Testing

struct FileTests {
    private let files = LiveFileSystem()

    @Test func `a file is replaced in one step with the mode asked for`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let path = folder / "a.txt"
            try files.write("one", to: path)
            try files.write(Array("two".utf8), to: path, options: FileWriteOptions(mode: 0o755, setsExactMode: true))
            #expect(try files.readText(path) == "two")
            #expect(try files.status(of: path).mode == 0o755)
            #expect(try files.entries(of: folder) == [DirectoryEntry(name: "a.txt", kind: .file)])
        }
    }

    @Test func `a missing file is told by operation, path and code`() throws {
        let error = #expect(throws: FileSystemError.self) { try files.read("/nowhere/at/all") }
        #expect(error == FileSystemError(.read, "/nowhere/at/all", code: 2))
        #expect(error?.description == "cannot read '/nowhere/at/all': no such file or directory")
        #expect(error?.isMissing == true)
        #expect(try files.readIfPresent("/nowhere/at/all") == nil)
    }

    @Test func `a walk visits in byte order, a directory before its content, and skips what it is told to skip`()
        async throws
    {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            for name in ["b/z", "b/a/x", "a.txt", "skip/hidden"] {
                try files.createDirectory((folder / name).parent)
                try files.write("", to: folder / name)
            }
            try files.createSymbolicLink(at: folder / "link", to: "b")
            var seen: [String] = []
            try files.walk(folder) { path, kind in
                seen.append(kind == .directory ? path + "/" : path)
                return path != "skip"
            }
            #expect(seen == ["a.txt", "b/", "b/a/", "b/a/x", "b/z", "link", "skip/"])
        }
    }

    @Test func `a tree is copied with modes and links, and removed whole`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try files.createDirectory(folder / "from/deep")
            let program = FileWriteOptions(mode: 0o755, setsExactMode: true)
            try files.write([1, 2, 3], to: folder / "from/deep/run", options: program)
            try files.createSymbolicLink(at: folder / "from/link", to: "deep/run")
            try files.copyTree(folder / "from", to: folder / "to")
            #expect(try files.read(folder / "to/link") == [1, 2, 3])
            #expect(try files.symbolicLinkTarget(of: folder / "to/link") == "deep/run")
            #expect(try files.status(of: folder / "to/deep/run").isExecutable)
            try files.remove(folder / "from")
            #expect(!files.exists(folder / "from"))
            try files.remove(folder / "from")
        }
    }

    @Test func `a mapped file gives its bytes, an empty one none`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try files.write([7, 8, 9], to: folder / "m")
            try files.write([], to: folder / "e")
            let file = try MappedFile(folder / "m")
            #expect(file.withBytes { $0[1] } == 8)
            #expect(file.bytes(1..<3) == [8, 9])
            #expect(try MappedFile(folder / "e").count == 0)
        }
    }

    @Test func `a temporary directory goes when its scope fails`() async throws {
        struct Fault: Error {}
        var made: LocalPath?
        await #expect(throws: Fault.self) {
            try await TemporaryDirectory.with(in: "/tmp") { folder in
                made = folder
                try files.write("x", to: folder / "x")
                throw Fault()
            }
        }
        #expect(!files.exists(try #require(made)))
    }

    @Test func `a lock is held by one at a time`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let counter = folder / "counter"
            try files.write("0", to: counter)
            _ = try await (0..<16)
                .concurrentMap(limit: 16) { _ in
                    try await FileLock.with(folder / "lock") {
                        let value = try #require(Int(try LiveFileSystem().readText(counter)))
                        await Task.yield()
                        try LiveFileSystem().write("\(value + 1)", to: counter)
                    }
                }
            #expect(try files.readText(counter) == "16")
        }
    }
}
