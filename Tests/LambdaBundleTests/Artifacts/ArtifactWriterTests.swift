import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import Testing
import ZipArchive

struct ArtifactWriterTests {
    typealias Entry = ZipBuilder.Entry

    @Test func `the reported digest and sizes are those of the file`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([WheelFixture("a", [Entry("a.py", "x = 1\n")])])
            let own = try bench.file("app.py", String(repeating: "import a\n", count: 500), isExecutable: true)
            let artifact = try ArtifactContent(serviceFiles: [own], requirements: .root(content))
            let written = try await ArtifactWriter(concurrency: 2).write(artifact, to: bench.folder / "a.zip")
            let bytes = try bench.files.read(written.path)
            #expect(written.sha256 == SHA256.digest(of: bytes))
            #expect(written.zippedBytes == Int64(bytes.count))
            #expect(written.unzippedBytes == Int64(artifact.unzippedBytes))
            #expect(written.entryCount == artifact.files.count)
            #expect(written.crc32 == CRC32.checksum(bytes.span))
        }
    }

    @Test func `the files of a layer are in python/`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([WheelFixture("a", [Entry("a.py", "x")])])
            let files = try await bench.written(ArtifactContent(serviceFiles: [], requirements: .layer(content)))
            #expect(files["python/a.py"] == "x")
            #expect(files.keys.allSatisfy { $0.hasPrefix("python/") })
        }
    }

    @Test func `nested requirements are an archive with its helper`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([WheelFixture("a", [Entry("a.py", "x")])])
            let nested = try await ArtifactWriter(concurrency: 2).write(content, to: bench.folder / "nested.zip")
            let own = try bench.file("app.py", "import unzip_requirements")
            let artifact = try ArtifactContent(serviceFiles: [own], requirements: .nested(nested))
            let out = try await ArtifactWriter(concurrency: 2).write(artifact, to: bench.folder / "out.zip")
            let reader = try ZipReader(opening: out.path.string)
            #expect(reader.entries.map(\.path.string) == [".requirements.zip", "app.py", "unzip_requirements.py"])
            #expect(reader.entries[0].method == .stored)
            let inner = try ZipReader(reader.contents(of: reader.entries[0]), name: "inner")
            #expect(try bench.contents(of: inner)["a.py"] == "x")
            #expect(artifact.requirements?.distributions.map(\.name) == ["a"])
        }
    }

    @Test func `a file name that is not allowed in archives is an error`() async throws {
        try await Bench.with { bench in
            let odd = try bench.file("a\\b.py", "x")
            let error = #expect(throws: DiagnosticError.self) { try ArtifactContent(serviceFiles: [odd]) }
            #expect(error?.diagnostics.first?.code == .invalidFileName)
        }
    }

    @Test func `a file that disappears is an error, and nothing is written`() async throws {
        try await Bench.with { bench in
            let lost = SourceFile(name: "a.py", path: bench.folder / "lost.py", size: 1)
            let out = bench.folder / "out.zip"
            let error = await #expect(throws: DiagnosticError.self) {
                try await ArtifactWriter(concurrency: 2).write(ArtifactContent(serviceFiles: [lost]), to: out)
            }
            #expect(error?.diagnostics.first?.message.hasPrefix("cannot read '\(lost.path)'") == true)
            #expect(!bench.files.exists(out))
        }
    }
}
