import FuroshikiTestSupport
import Testing
import ZipArchive

@Suite("The directory of an archive that is somewhere else")
struct ZipDirectoryTests {
    typealias Entry = ZipBuilder.Entry

    /// Reads the directory of an archive as from a server, and records the ranges that were requested.
    private func directory(
        of archive: [UInt8],
        tailSize: Int = ZipDirectory.tailSize
    ) async throws -> (directory: ZipDirectory, ranges: [Range<Int>]) {
        var ranges: [Range<Int>] = []
        let directory = try await ZipDirectory(
            tail: Array(archive.suffix(tailSize)),
            size: archive.count,
            name: "x.zip"
        ) { range in
            ranges.append(range)
            return Array(archive[range.clamped(to: 0..<archive.count)])
        }
        return (directory, ranges)
    }

    @Test("is in the end of a small archive")
    func small() async throws {
        var builder = ZipBuilder([
            Entry("pkg/", mode: 0o40755), Entry("pkg/a.py", "print()"), Entry("é", "x").deflated(),
        ])
        builder.comment = Array("comment".utf8)
        let (directory, ranges) = try await directory(of: builder.build())
        #expect(directory.entries.map(\.name) == ["pkg/", "pkg/a.py", "é"])
        #expect(directory.entries.map(\.size) == [0, 7, 1])
        #expect(ranges.isEmpty)
    }

    @Test("is read with one more request if it begins before the end")
    func large() async throws {
        let entries = (0..<2_000).map { Entry("package/module_with_a_rather_long_name_\($0).py", "content \($0)") }
        let archive = ZipBuilder(entries).build()
        let (directory, ranges) = try await directory(of: archive)
        #expect(directory.entries.count == 2_000)
        #expect(ranges.count == 1)
        // The content of the entries is not read.
        let first = try #require(ranges.first)
        #expect(first.lowerBound > 2_000 * 40)
        #expect(first.upperBound == archive.count - ZipDirectory.tailSize)
    }

    @Test("has 64-bit sizes and offsets")
    func wide() async throws {
        var builder = ZipBuilder([Entry("a", "one").with { $0.isWide = true }])
        builder.isWide = true
        #expect(try await directory(of: builder.build()).directory.entries.map(\.size) == [3])
    }

    @Test("gives the range of an entry, in which its content is found and checked")
    func contents() async throws {
        let archive = ZipBuilder([
            Entry("a", "first"),
            Entry("b", "second second second").deflated().with { $0.localExtra = Array(repeating: 0, count: 8) },
        ])
        .build()
        let directory = try await directory(of: archive).directory
        // The data begins after 30 bytes, the name and the extra fields.
        let expected = [("first", 31), ("second second second", 39)]
        for (entry, (content, start)) in zip(directory.entries, expected) {
            let bytes = Array(archive[directory.range(of: entry).clamped(to: 0..<archive.count)])
            #expect(ZipDirectory.content(of: entry, in: bytes) == Array(content.utf8))
            #expect(ZipDirectory.content(of: entry, in: bytes, limitBytes: 3) == nil)
            #expect(ZipDirectory.content(of: entry, in: Array(bytes.dropFirst())) == nil)
            var damaged = bytes
            damaged[start] ^= 1
            #expect(ZipDirectory.content(of: entry, in: damaged) == nil)
        }
    }

    @Test("is refused if the bytes are not the end of an archive, or the server returns too few")
    func invalid() async throws {
        await #expect(throws: ZipError.self) { try await directory(of: Array("not an archive, not at all".utf8)) }
        let entries = (0..<2_000).map { Entry("package/module_with_a_rather_long_name_\($0).py", "content \($0)") }
        let archive = ZipBuilder(entries).build()
        await #expect(throws: ZipError.self) {
            _ = try await ZipDirectory(
                tail: Array(archive.suffix(ZipDirectory.tailSize)),
                size: archive.count,
                name: "x.zip"
            ) { _ in [] }
        }
        await #expect(throws: ZipError.self) {
            _ = try await ZipDirectory(tail: archive, size: archive.count - 1, name: "x.zip") { _ in [] }
        }
    }
}
