import FuroshikiTestSupport
import HostSystem
import Testing

/// What every file system does, the machine's and the one in memory.
struct FileSystemContractTests {
    enum Kind: String, CaseIterable, Sendable {
        case live, inMemory
    }

    private func with(_ kind: Kind, _ body: (any FileSystem, LocalPath) throws -> Void) async throws {
        switch kind {
        case .live: try await TemporaryDirectory.with(in: "/tmp") { try body(LiveFileSystem(), $0) }
        case .inMemory:
            let files = try InMemoryFileSystem()
            try files.createDirectory("/work")
            try body(files, "/work")
        }
    }

    @Test(arguments: Kind.allCases)
    func `written files can be read, listed in byte order, and removed`(kind: Kind) async throws {
        try await with(kind) { files, folder in
            try files.createDirectory(folder / "b/c")
            try files.createDirectory(folder / "b/c")
            try files.write("one", to: folder / "b/c/z")
            try files.write("two", to: folder / "B")
            #expect(try files.readText(folder / "b/c/z") == "one")
            let names = try files.entries(of: folder).map(\.name)
            #expect(names == ["B", "b"])
            #expect(files.isDirectory(folder / "b"))
            #expect(try files.status(of: folder / "B").size == 3)
            try files.remove(folder / "b")
            try files.remove(folder / "b")
            #expect(!files.exists(folder / "b"))
        }
    }

    @Test(arguments: Kind.allCases)
    func `links are followed, unless the link itself is requested`(kind: Kind) async throws {
        try await with(kind) { files, folder in
            try files.createDirectory(folder / "real")
            try files.write("text", to: folder / "real/file")
            try files.createSymbolicLink(at: folder / "link", to: "real")
            #expect(try files.readText(folder / "link/file") == "text")
            #expect(try files.status(of: folder / "link", followingLinks: false).kind == .symbolicLink)
            #expect(try files.symbolicLinkTarget(of: folder / "link") == "real")
            try files.createSymbolicLink(at: folder / "broken", to: "nothing")
            #expect(!files.exists(folder / "broken"))
            try files.remove(folder / "link")
            #expect(files.isFile(folder / "real/file"))
        }
    }

    @Test(arguments: Kind.allCases)
    func `a renamed directory keeps its content, and a copied file its mode`(kind: Kind) async throws {
        try await with(kind) { files, folder in
            try files.createDirectory(folder / "a")
            let program = FileWriteOptions(mode: 0o755, setsExactMode: true)
            try files.write([1], to: folder / "a/run", options: program)
            try files.rename(folder / "a", to: folder / "b")
            try files.copyTree(folder / "b", to: folder / "c")
            #expect(!files.exists(folder / "a"))
            #expect(try files.status(of: folder / "c/run").mode == 0o755)
        }
    }

    @Test(arguments: Kind.allCases)
    func `a missing file is reported as missing`(kind: Kind) async throws {
        try await with(kind) { files, folder in
            let error = #expect(throws: FileSystemError.self) { try files.read(folder / "none") }
            #expect(error == FileSystemError(.read, folder / "none", code: 2))
            let write = #expect(throws: FileSystemError.self) { try files.write("x", to: folder / "none/file") }
            #expect(write == FileSystemError(.write, folder / "none/file", code: 2))
        }
    }

    @Test(arguments: Kind.allCases)
    func `entries are listed with the status of what links lead to`(kind: Kind) async throws {
        try await with(kind) { files, folder in
            try files.createDirectory(folder / "d")
            try files.write("text", to: folder / "d/file")
            try files.createSymbolicLink(at: folder / "link", to: "d/file")
            try files.createSymbolicLink(at: folder / "broken", to: "none")
            try files.createSymbolicLink(at: folder / "Loop", to: "Loop")
            let entries = try files.entriesWithStatus(of: folder)
            #expect(entries.map(\.entry.name) == ["Loop", "broken", "d", "link"])
            #expect(entries.map(\.entry.kind) == [.symbolicLink, .symbolicLink, .directory, .symbolicLink])
            #expect(entries.map(\.status?.kind) == [nil, nil, .directory, .file])
            #expect(entries.last?.status == (try files.status(of: folder / "d/file")))
            #expect(try files.entriesWithStatus(of: folder / "none").isEmpty)
            #expect(try files.entriesWithStatus(of: folder / "d/file/none").isEmpty)
        }
    }
}
