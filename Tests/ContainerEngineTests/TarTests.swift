import ContainerEngine
import FuroshikiTestSupport
import HostSystem
import Testing

struct TarTests {
    private func with(_ body: @Sendable (LocalPath) async throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp", files: LiveFileSystem()) { try await body($0) }
    }

    private func tar(_ arguments: [String], in folder: LocalPath) async throws -> ProcessResult {
        var request = ProcessRequest("tar", arguments, environment: .current())
        request.workingDirectory = folder
        return try await LiveProcessRunner().run(request)
    }

    @Test func `tar unpacks what the writer has written, with modes, links and long names`() async throws {
        try await with { folder in
            let files = LiveFileSystem()
            let long = String(repeating: "deep-directory/", count: 12) + "file.py"
            let source = folder / "source"
            for name in ["a.txt", "bin/run", long] {
                try files.createDirectory((source / name).parent)
                try files.write(String(repeating: name, count: 100), to: source / name)
            }
            try files.setMode(0o755, of: source / "bin/run")
            try files.createSymbolicLink(at: source / "link", to: "a.txt")
            let writer = try TarWriter(creating: folder / "x.tar", files: files)
            try writer.add(source, as: "project")
            try writer.add(Array("text".utf8), as: "note.txt")
            try writer.finish()
            try files.createDirectory(folder / "out")
            let result = try await tar(["-xf", "../x.tar"], in: folder / "out")
            #expect(result.isSuccess, "\(result.errorText)")
            for name in ["a.txt", "bin/run", long, "link"] {
                let copied = try files.read(folder / "out/project" / name)
                #expect(try copied == files.read(source / name))
            }
            #expect(try files.symbolicLinkTarget(of: folder / "out/project/link") == "a.txt")
            #expect(try files.status(of: folder / "out/project/bin/run").isExecutable)
            #expect(try files.readText(folder / "out/note.txt") == "text")
        }
    }

    @Test(arguments: ["gnu", "pax", "ustar"])
    func `the reader unpacks what tar has written`(format: String) async throws {
        try await with { folder in
            let files = LiveFileSystem()
            let long = format == "ustar" ? "short" : String(repeating: "n", count: 180) + ".whl"
            try files.createDirectory(folder / "source/sub")
            for name in ["a.whl", long, "sub/empty", "sub/run"] {
                let content = name == "sub/empty" ? "" : String(repeating: name, count: 3000)
                try files.write(content, to: folder / "source" / name)
            }
            try files.setMode(0o755, of: folder / "source/sub/run")
            let result = try await tar(["--format", format, "-cf", "../x.tar", "."], in: folder / "source")
            #expect(result.isSuccess, "\(result.errorText)")
            let names = try TarReader(files: files).unpack(folder / "x.tar", into: folder / "out")
            #expect(names.sorted() == ["a.whl", long, "sub/empty", "sub/run"].sorted())
            for name in names {
                let content = try files.read(folder / "out" / name)
                #expect(try content == files.read(folder / "source" / name))
            }
            #expect(try files.status(of: folder / "out/sub/run").isExecutable)
        }
    }

    @Test(arguments: ["../evil", "/etc/evil", "a/../../evil"])
    func `names that lead out of the directory are refused`(name: String) async throws {
        try await with { folder in
            let writer = try TarWriter(creating: folder / "x.tar", files: LiveFileSystem())
            try writer.add(Array("evil".utf8), as: name)
            try writer.finish()
            #expect(throws: TarError.unsafeEntry(name)) {
                try TarReader(files: LiveFileSystem()).unpack(folder / "x.tar", into: folder / "out")
            }
        }
    }

    @Test func `links are refused, and so is an archive that ends early`() async throws {
        try await with { folder in
            let files = LiveFileSystem()
            try files.createDirectory(folder / "source")
            try files.createSymbolicLink(at: folder / "source/link", to: "/etc/passwd")
            try files.write(String(repeating: "x", count: 5000), to: folder / "source/a")
            for (name, entry) in [("link.tar", "link"), ("whole.tar", "a")] {
                let writer = try TarWriter(creating: folder / name, files: files)
                if entry == "link" {
                    try writer.add(folder / "source", as: "s")
                } else {
                    try writer.add(folder / "source/a", as: "a")
                }
                try writer.finish()
            }
            let reader = TarReader(files: files)
            #expect(throws: TarError.unsafeEntry("s/link")) {
                try reader.unpack(folder / "link.tar", into: folder / "out")
            }
            let whole = try files.read(folder / "whole.tar")
            for length in [0, 100, 512, 3000, 5632] {
                try files.write(Array(whole.prefix(length)), to: folder / "part.tar")
                #expect(throws: TarError.truncated) {
                    try reader.unpack(folder / "part.tar", into: folder / "out")
                }
            }
            var damaged = whole
            damaged[3] = UInt8(ascii: "z")
            try files.write(damaged, to: folder / "damaged.tar")
            #expect(throws: TarError.invalidHeader) {
                try reader.unpack(folder / "damaged.tar", into: folder / "out")
            }
        }
    }
}
