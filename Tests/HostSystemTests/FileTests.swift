import FuroshikiTestSupport
import HostSystem
import Testing

struct FileTests {
    private let files = LiveFileSystem()

    @Test func `a file is replaced atomically, with the requested mode`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let path = folder / "a.txt"
            try files.write("one", to: path)
            try files.write(Array("two".utf8), to: path, options: FileWriteOptions(mode: 0o755, setsExactMode: true))
            #expect(try files.readText(path) == "two")
            #expect(try files.status(of: path).mode == 0o755)
            #expect(try files.entries(of: folder) == [DirectoryEntry(name: "a.txt", kind: .file)])
        }
    }

    @Test func `the error of a missing file has the operation, path and code`() throws {
        let error = #expect(throws: FileSystemError.self) { try files.read("/absent/at/all") }
        #expect(error == FileSystemError(.read, "/absent/at/all", code: 2))
        #expect(error?.description == "cannot read '/absent/at/all': no such file or directory")
        #expect(error?.isMissing == true)
        #expect(try files.readIfPresent("/absent/at/all") == nil)
    }

    @Test func `a walk visits directories before their content, in byte order, and can skip them`()
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

    @Test func `a directory is copied with modes and links, and removed with its content`() async throws {
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

    @Test(arguments: [0, 1, 1 << 18, 600_001])
    func `a file that is read in chunks has the same digest as its bytes`(size: Int) async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try files.write(bytes, to: folder / "f")
            let found = try LiveFileSystem().sha256(of: folder / "f")
            #expect(found.digest == SHA256.digest(of: bytes))
            #expect(found.size == Int64(size))
            let named = try LiveFileSystem().digest(of: folder / "f", algorithm: "sha256")
            #expect(named == found.digest.hexadecimal)
            #expect(try LiveFileSystem().digest(of: folder / "f", algorithm: "sha0") == nil)
        }
    }

    @Test func `reading a file that is truncated meanwhile ends early`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try files.write([UInt8](repeating: 7, count: 1 << 20), to: folder / "f")
            var received = 0
            try files.read(folder / "f") { piece throws(FileSystemError) in
                if received == 0 { try OutputFile(creating: folder / "f").close(durably: false) }
                received += piece.count
            }
            #expect(received == 1 << 18)
        }
    }

    @Test func `only the user can access a temporary directory`() async throws {
        let mode = try await TemporaryDirectory.with(in: "/tmp") { try files.status(of: $0).mode }
        #expect(mode == 0o700)
    }

    @Test func `a temporary directory is removed when its scope throws`() async throws {
        struct Failure: Error {}
        var made: LocalPath?
        await #expect(throws: Failure.self) {
            try await TemporaryDirectory.with(in: "/tmp") { folder in
                made = folder
                try files.write("x", to: folder / "x")
                throw Failure()
            }
        }
        #expect(!files.exists(try #require(made)))
    }

    @Test func `a lock has only one holder at a time`() async throws {
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
