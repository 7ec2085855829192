import FuroshikiTestSupport
import Testing
import ZipArchive

struct ZipReaderTests {
    typealias Entry = ZipBuilder.Entry

    @Test func `an archive with a comment, directories, data descriptors and modes can be read`() throws {
        var builder = ZipBuilder([
            Entry("pkg/", mode: 0o40755),
            Entry("pkg/run", "#!/bin/sh", mode: 0o100755),
            Entry("pkg/é.txt", "text").deflated()
                .with {
                    ($0.flags, $0.localSize, $0.localCRC32) = (0x808, 0, 0)
                    $0.trailer = Array(repeating: 9, count: 16)
                },
            Entry("empty"),
            Entry("link", "pkg/run", mode: 0o120777),
        ])
        builder.comment = Array("PK\u{5}\u{6} is not a second end record".utf8)
        let reader = try ZipReader(builder.build(), name: "x.zip")
        #expect(reader.entries.map(\.path.string) == ["pkg", "pkg/run", "pkg/é.txt", "empty", "link"])
        #expect(reader.entries.map(\.kind) == [.folder, .file, .file, .file, .symbolicLink])
        #expect(reader.entries.map(\.isExecutable) == [true, true, false, false, true])
        #expect(try reader.contents(of: reader.entries[2]) == Array("text".utf8))
        #expect(try reader.linkTarget(of: reader.entries[4]).string == "pkg/run")
        #expect(reader.totalSize == 9 + 4 + 7)
    }

    @Test func `content over the requested limit is not decompressed`() throws {
        let reader = try ZipReader(ZipBuilder([Entry("a", "aaaaaaaaaaaa").deflated()]).build(), name: "x.zip")
        #expect(try reader.contents(of: reader.entries[0], limitBytes: 12).count == 12)
        let error = #expect(throws: ZipError.self) { try reader.contents(of: reader.entries[0], limitBytes: 11) }
        #expect(error?.reason == .tooLarge(declared: 12, limit: 11))
    }

    @Test func `an empty archive can be read`() throws {
        #expect(try ZipReader(ZipBuilder([]).build(), name: "x.zip").entries.isEmpty)
    }

    @Test func `64-bit sizes, offsets and end records can be read`() throws {
        var builder = ZipBuilder([
            Entry("a", "one").with { $0.isWide = true },
            Entry("b", "two").deflated().with { $0.isWide = true },
        ])
        builder.isWide = true
        let reader = try ZipReader(builder.build(), name: "x.zip")
        #expect(try reader.entries.map { try reader.contents(of: $0) } == [Array("one".utf8), Array("two".utf8)])
    }

    @Test(
        arguments: ["a", "a/b.c", "...", "..a/b..", "a..b", "-", "a b", "ünïcode/ü", "aa:b"]
    )
    func `ordinary and unusual names are valid`(_ text: String) throws {
        #expect(try ArchivePath(parsing: text).string == text)
    }

    @Test func `names are ordered by their bytes and split into components`() throws {
        let names = try ["b", "a/b", "a", "B", "a.b", "é"].map { try ArchivePath(parsing: $0) }
        #expect(names.sorted().map(\.string) == ["B", "a", "a.b", "a/b", "b", "é"])
        let path = try ArchivePath(parsing: "a/b/c")
        #expect(path.firstComponent == "a")
        #expect(path.lastComponent == "c")
        #expect(path.below(try ArchivePath(parsing: "python")).string == "python/a/b/c")
    }
}
