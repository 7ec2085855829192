import FuroshikiTestSupport
import HostSystem
import Testing
import ZipArchive

/// Reads our archives with other programs, and theirs with `ZipReader`.
struct ZipInteropTests {
    private func run(_ program: String, _ arguments: [String], in folder: LocalPath) async throws -> ProcessResult {
        var request = ProcessRequest(program, arguments, environment: Environment.current())
        request.workingDirectory = folder
        return try await LiveProcessRunner().run(request)
    }

    private func withFolder(_ body: (LocalPath) async throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp", prefix: "zip-interop") { try await body($0) }
    }

    private func member(_ name: String, _ bytes: [UInt8], isExecutable: Bool = false) throws -> ArchiveMember {
        ArchiveMember(path: try ArchivePath(parsing: name), isExecutable: isExecutable, content: .bytes(bytes))
    }

    /// Writes an archive with every kind of entry that `ZipWriter` supports.
    private func archive(in folder: LocalPath) async throws -> LocalPath {
        let wheel = ZipBuilder([.init("pkg/spliced.py", "spliced\n").deflated()])
        let reader = try ZipReader(wheel.build(), name: "x.whl")
        let inner = folder / "inner.zip"
        let summary = try await ZipWriter(concurrency: 1).write([member("inside", [1, 2, 3])], to: inner.string)
        // Blocks that are compressed and such that are stored, in turn.
        var generator = SeededGenerator(seed: 1)
        let random = (0..<(1 << 21)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let text = [UInt8](repeating: 66, count: 1 << 21)
        let (mixed, few) = ([text, random, text, Array(random.prefix(99_999))], Array(random.prefix(70_000)))
        try LiveFileSystem().write(Array(mixed.joined()), to: folder / "large")
        try LiveFileSystem().write(random + few, to: folder / "random")
        let members = [
            ArchiveMember(
                path: try ArchivePath(parsing: "large/mixed"),
                content: .file(path: (folder / "large").string, sizeHint: 6_391_455)
            ),
            ArchiveMember(
                path: try ArchivePath(parsing: "large/random"),
                content: .file(path: (folder / "random").string, sizeHint: 2_167_152)
            ),
            try member("empty", []),
            try member("long", Array(repeating: 65, count: 3_000_000)),
            try member("names/with blank/ünïcode-名前.txt", Array("text".utf8)),
            try member("bin/run", Array("#!/bin/sh\n".utf8), isExecutable: true),
            ArchiveMember(
                path: try ArchivePath(parsing: "pkg/spliced.py"),
                content: .spliced(reader, reader.entries[0])
            ),
            ArchiveMember(
                path: try ArchivePath(parsing: ".requirements.zip"),
                content: .stored(path: inner.string, size: summary.archiveSize, crc32: summary.crc32)
            ),
        ]
        _ = try await ZipWriter(concurrency: 2).write(members, to: (folder / "ours.zip").string)
        return folder / "ours.zip"
    }

    @Test func `unzip finds no errors in our archives`() async throws {
        try await withFolder { folder in
            let path = try await archive(in: folder)
            let result = try await run("unzip", ["-t", path.string], in: folder)
            #expect(result.isSuccess, "\(result.outputText)\(result.errorText)")
            #expect(result.outputText.contains("No errors detected"))
        }
    }

    @Test func `Python's zipfile reads names, modes, times and contents of our archives`() async throws {
        try await withFolder { folder in
            let path = try await archive(in: folder)
            let program = """
                import sys, zipfile
                with zipfile.ZipFile(sys.argv[1]) as z:
                    assert z.testzip() is None
                    for i in z.infolist():
                        assert i.date_time == (1980, 1, 1, 0, 0, 0) and not i.extra and i.create_system == 3
                        print(i.filename, oct(i.external_attr >> 16), i.file_size, i.compress_type)
                """
            let result = try await run("python3", ["-c", program, path.string], in: folder)
            #expect(result.isSuccess, "\(result.errorText)")
            #expect(
                result.outputText.split(separator: "\n") == [
                    ".requirements.zip 0o100644 \(try LiveFileSystem().status(of: folder / "inner.zip").size) 0",
                    "bin/run 0o100755 10 0", "empty 0o100644 0 0",
                    "large/mixed 0o100644 6391455 8", "large/random 0o100644 2167152 0", "long 0o100644 3000000 8",
                    "names/with blank/ünïcode-名前.txt 0o100644 4 0", "pkg/spliced.py 0o100644 8 8",
                ]
            )
        }
    }

    @Test func `Python's zipfile reads our archives with more than 65535 entries`() async throws {
        try await withFolder { folder in
            let path = folder / "many.zip"
            _ = try await ZipWriter(concurrency: 2)
                .write((0..<65_537).map { try member("f\($0)", []) }, to: path.string)
            let program = "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))"
            let result = try await run("python3", ["-c", program, path.string], in: folder)
            #expect(result.outputText == "65537\n")
        }
    }

    @Test func `archives by Python's zipfile can be read, including 64-bit sizes and data descriptors`()
        async throws
    {
        try await withFolder { folder in
            let program = """
                import sys, zipfile
                class Pipe:  # cannot seek, so that sizes follow the data
                    def __init__(self, file): self.file = file
                    def write(self, data): return self.file.write(data)
                    def flush(self): self.file.flush()
                for name, target in (("plain.zip", lambda f: f), ("piped.zip", Pipe)):
                    with open(name, "wb") as f, zipfile.ZipFile(target(f), "w", zipfile.ZIP_DEFLATED) as z:
                        z.writestr("é/a.txt", "text" * 1000)
                        z.writestr("stored", "x", zipfile.ZIP_STORED)
                        with z.open("wide", "w", force_zip64=True) as w: w.write(b"wide" * 10)
                """
            let made = try await run("python3", ["-c", program], in: folder)
            #expect(made.isSuccess, "\(made.errorText)")
            for name in ["plain.zip", "piped.zip"] {
                let reader = try ZipReader(opening: (folder / name).string)
                #expect(reader.entries.map(\.path.string) == ["é/a.txt", "stored", "wide"])
                #expect(reader.entries.map(\.size) == [4000, 1, 40])
                for entry in reader.entries { #expect(try reader.contents(of: entry).count == entry.size) }
            }
        }
    }
}
