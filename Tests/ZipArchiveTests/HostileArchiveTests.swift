import FuroshikiTestSupport
import Testing
import ZipArchive

/// An archive that the reader must reject, and the expected reason.
struct HostileArchive: Sendable, CustomTestStringConvertible {
    typealias Entry = ZipBuilder.Entry

    let testDescription: String
    let archive: ZipBuilder
    let reason: ZipError.Reason

    init(_ description: String, _ entries: [Entry], _ reason: ZipError.Reason) {
        self.init(description, ZipBuilder(entries), reason)
    }

    init(_ description: String, _ archive: ZipBuilder, _ reason: ZipError.Reason) {
        testDescription = description
        self.archive = archive
        self.reason = reason
    }

    static func changed(_ entries: [Entry], _ change: (inout ZipBuilder) -> Void) -> ZipBuilder {
        var builder = ZipBuilder(entries)
        change(&builder)
        return builder
    }

    /// Archives with invalid names.
    static let names: [HostileArchive] = [
        HostileArchive("absolute", [Entry("/etc/passwd")], .badName(.absolute)),
        HostileArchive("parent first", [Entry("../a.py")], .badName(.parentComponent)),
        HostileArchive("parent within", [Entry("a/../../b.py")], .badName(.parentComponent)),
        HostileArchive("parent last", [Entry("a/..")], .badName(.parentComponent)),
        HostileArchive("parent folder", [Entry("a/../", mode: 0o40755)], .badName(.parentComponent)),
        HostileArchive("current", [Entry("./a.py")], .badName(.currentComponent)),
        HostileArchive("drive letter", [Entry("C:evil.py")], .badName(.driveLetter)),
        HostileArchive("backslash", [Entry("..\\a.py")], .badName(.backslash)),
        HostileArchive("NUL", [Entry("a.py\0.txt")], .badName(.nulCharacter)),
        HostileArchive("no name", [Entry("")], .badName(.empty)),
        HostileArchive("only a slash", [Entry("/", mode: 0o40755)], .badName(.empty)),
        HostileArchive("empty component", [Entry("a//b")], .badName(.emptyComponent)),
        HostileArchive("too long", [Entry(String(repeating: "a", count: 4096))], .badName(.tooLong)),
        HostileArchive("too many folders", [Entry(String(repeating: "a/", count: 32_767) + "a")], .badName(.tooLong)),
        HostileArchive("not UTF-8", [Entry("x").with { $0.name = [0x61, 0xff] }], .badName(.notUTF8)),
        HostileArchive("twice", [Entry("a", "1"), Entry("a", "2")], .duplicateName),
        HostileArchive("case", [Entry("Six.py"), Entry("six.py")], .collidingName(with: "Six.py")),
        HostileArchive("case of a directory", [Entry("Six/a.py"), Entry("six/b.py")], .collidingName(with: "Six")),
        HostileArchive(
            "case of a directory above",
            [Entry("a/Six/x/a.py"), Entry("a/b.py"), Entry("a/six/y/b.py")],
            .collidingName(with: "a/Six")
        ),
        HostileArchive("composition", [Entry("\u{e9}"), Entry("e\u{301}")], .collidingName(with: "\u{e9}")),
        HostileArchive("file as folder", [Entry("a"), Entry("a/b")], .fileIsFolder),
        HostileArchive("file as folder in another case", [Entry("a/b/c"), Entry("A/B")], .fileIsFolder),
        HostileArchive(
            "other local name",
            [Entry("a.py").with { $0.localName = Array("b.py".utf8) }],
            .differentName("b.py")
        ),
        HostileArchive(
            "other Unicode name",
            [Entry("a").with { $0.extra = [0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 0x62] }],
            .differentName("b")
        ),
    ]

    /// Archives with invalid types of files, encryption or compression.
    static let kinds: [HostileArchive] = [
        HostileArchive("link out", [Entry("a/l", "../../b", mode: 0o120777)], .linkLeavesArchive(target: "../../b")),
        HostileArchive("absolute link", [Entry("l", "/etc", mode: 0o120777)], .linkLeavesArchive(target: "/etc")),
        HostileArchive("link to its root", [Entry("a/l", "..", mode: 0o120777)], .linkLeavesArchive(target: "..")),
        HostileArchive("device", [Entry("d", mode: 0o60644)], .specialFile(mode: 0o60644)),
        HostileArchive("pipe", [Entry("d", mode: 0o10644)], .specialFile(mode: 0o10644)),
        HostileArchive("folder without slash", [Entry("d", mode: 0o40755)], .specialFile(mode: 0o40755)),
        HostileArchive("encrypted", [Entry("a", "x").with { $0.flags = 1 }], .encrypted),
        HostileArchive("strongly encrypted", [Entry("a", "x").with { $0.flags = 0x41 }], .encrypted),
        HostileArchive("masked", [Entry("a", "x").with { $0.flags = 1 << 13 }], .encrypted),
        HostileArchive("encrypted locally", [Entry("a", "x").with { $0.localFlags = 1 }], .encrypted),
        HostileArchive("bzip2", [Entry("a", "x").with { $0.method = 12 }], .unknownMethod(12)),
        HostileArchive("zstd", [Entry("a", "x").with { $0.method = 93 }], .unknownMethod(93)),
        HostileArchive("patch", [Entry("a", "x").with { $0.flags = 1 << 5 }], .unknownMethod(0)),
    ]

    /// Archives whose headers disagree or declare impossible sizes.
    static let sizes: [HostileArchive] = [
        HostileArchive(
            "stored sizes",
            [Entry("a", "xyz").with { $0.size = 2 }],
            .mismatch(.size, declared: 2, found: 3)
        ),
        HostileArchive(
            "other local size",
            [Entry("a", "xyz").with { $0.localSize = 9 }],
            .mismatch(.size, declared: 3, found: 9)
        ),
        HostileArchive(
            "other local checksum",
            [Entry("a").with { $0.localCRC32 = 7 }],
            .mismatch(.checksum, declared: 0, found: 7)
        ),
        HostileArchive(
            "other local method",
            [Entry("a", "xyz").with { $0.localMethod = 8 }],
            .mismatch(.method, declared: 0, found: 8)
        ),
        HostileArchive(
            "other local flags",
            [Entry("a", "xyz").with { $0.localFlags = 8 }],
            .mismatch(.flags, declared: 0x800, found: 8)
        ),
        HostileArchive(
            "impossible ratio",
            [Entry("a", "xyz").deflated().with { $0.size = 9000 }],
            .mismatch(.size, declared: 9000, found: 8256)
        ),
        HostileArchive(
            "folder with content",
            [Entry("a/", "x", mode: 0o40755)],
            .mismatch(.size, declared: 1, found: 0)
        ),
        HostileArchive(
            "over the limit",
            [Entry("a", "x").with { $0.size = 300_000_000 }],
            .tooLarge(declared: 300_000_000, limit: 262_144_000)
        ),
        HostileArchive(
            "over the limit in 64 bits",
            [
                Entry("a", "x")
                    .with {
                        $0.size = 1 << 40
                        $0.isWide = true
                    }
            ],
            .tooLarge(declared: 1 << 40, limit: 262_144_000)
        ),
        HostileArchive(
            "data past the end",
            [Entry("a", "xyz").with { ($0.size, $0.compressedSize) = (4000, 4000) }],
            .truncated(.data)
        ),
    ]

    /// Archives whose structures overlap, are truncated or misplaced.
    static let structures: [HostileArchive] = [
        HostileArchive(
            "same data twice",
            [
                Entry("a", "xyz"),
                Entry("a", "xyz")
                    .with {
                        ($0.name, $0.isGhost, $0.declaredOffset) = (Array("a".utf8), true, 0)
                    },
            ],
            .duplicateName
        ),
        HostileArchive(
            "entry within another",
            [
                Entry("a", bytes: Array(ZipBuilder([Entry("b", "hidden")]).build()[..<37])),
                Entry("b", "hidden").with { ($0.isGhost, $0.declaredOffset) = (true, 31) },
            ],
            .overlaps("a")
        ),
        HostileArchive("no archive", ZipBuilder([]).followed(byZeros: 21), .noEndRecord),
        HostileArchive("bytes after it", changed([Entry("a")]) { $0.suffix = [0] }, .noEndRecord),
        HostileArchive(
            "bytes before it",
            changed([Entry("a")]) {
                ($0.prefix, $0.directoryShift) = ([1, 2], -2)
            },
            .misplacedDirectory
        ),
        HostileArchive("bytes before the end record", changed([Entry("a")]) { $0.gap = [1] }, .misplacedDirectory),
        HostileArchive(
            "more entries than declared",
            changed([Entry("a"), Entry("b")]) { $0.declaredCount = 1 },
            .wrongEntryCount(declared: 1, found: 2)
        ),
        HostileArchive(
            "fewer entries than declared",
            changed([Entry("a")]) { $0.declaredCount = 2 },
            .wrongEntryCount(declared: 2, found: 1)
        ),
        HostileArchive("volumes", changed([Entry("a")]) { $0.disk = 1 }, .severalVolumes),
        HostileArchive(
            "no local header",
            [Entry("a", "0123456789"), Entry("b").with { $0.declaredOffset = 3 }],
            .badSignature(.localHeader)
        ),
        HostileArchive(
            "local header past the end",
            [Entry("a").with { $0.declaredOffset = 100_000 }],
            .truncated(.localHeader)
        ),
        HostileArchive("extra fields truncated", [Entry("a").with { $0.extra = [9, 9, 9] }], .truncated(.extraField)),
        HostileArchive("extra field too long", [Entry("a").with { $0.extra = [9, 9, 9, 9] }], .truncated(.extraField)),
    ]
}

extension ZipBuilder {
    /// The archive with bytes appended, so that its end record is not at the end.
    fileprivate func followed(byZeros count: Int) -> ZipBuilder {
        var builder = self
        builder.suffix = Array(repeating: 0, count: count)
        return builder
    }
}

struct HostileArchiveTests {
    @Test(
        arguments: HostileArchive.names + HostileArchive.kinds + HostileArchive.sizes + HostileArchive.structures
    )
    func `an unsafe or inconsistent archive is rejected`(_ hostile: HostileArchive) {
        let error = #expect(throws: ZipError.self) {
            try ZipReader(hostile.archive.build(), name: "hostile.whl")
        }
        #expect(error?.reason == hostile.reason)
        #expect(error?.archive == "hostile.whl")
    }

    @Test func `an archive that is truncated at any byte is rejected`() throws {
        let whole = ZipBuilder([.init("a", "content"), .init("b/c", "more").deflated()]).build()
        _ = try ZipReader(whole, name: "whole.zip")
        for count in 0..<whole.count {
            #expect(throws: ZipError.self) { try ZipReader(Array(whole[..<count]), name: "truncated.zip") }
        }
    }

    @Test func `an archive with one changed byte never yields changed content`() throws {
        let builder = ZipBuilder([.init("a", "content of a"), .init("b/c", "more of it").deflated()])
        let whole = builder.build()
        for index in whole.indices {
            var changed = whole
            changed[index] ^= 0xff
            guard let reader = try? ZipReader(changed, name: "changed.zip") else { continue }
            for entry in reader.entries {
                guard let content = try? reader.contents(of: entry) else { continue }
                #expect(["content of a", "more of it"].contains(String(decoding: content, as: UTF8.self)))
            }
        }
    }

    @Test func `the total size of all entries is limited`() {
        let archive = ZipBuilder([.init("a", "12345"), .init("b", "12345")]).build()
        let error = #expect(throws: ZipError.self) {
            try ZipReader(archive, name: "large.zip", limits: ZipLimits(totalBytes: 9))
        }
        #expect(error?.reason == .tooLarge(declared: 10, limit: 9))
    }

    @Test func `the number of entries is limited`() {
        let archive = ZipBuilder([.init("a"), .init("b")]).build()
        let error = #expect(throws: ZipError.self) {
            try ZipReader(archive, name: "many.zip", limits: ZipLimits(entryCount: 1))
        }
        #expect(error?.reason == .tooManyEntries(declared: 2, limit: 1))
    }

    @Test func `corrupt content is rejected when it is read`() throws {
        let wrongSum = ZipBuilder.Entry("sum", "xyz").with { ($0.crc32, $0.localCRC32) = (1, 1) }
        let broken = ZipBuilder.Entry("broken", "xyz").deflated().with { $0.data[0] = 7 }
        let short = ZipBuilder.Entry("short", "xyz").deflated().with { $0.size = 4 }
        let long = ZipBuilder.Entry("long", "xyz").deflated().with { $0.data.append(0) }
        let reader = try ZipReader(ZipBuilder([wrongSum, broken, short, long]).build(), name: "x.zip")
        let reasons = reader.entries.map { entry -> ZipError.Reason? in
            do throws(ZipError) {
                _ = try reader.contents(of: entry)
                return nil
            } catch { return error.reason }
        }
        let sum = CRC32.checksum(Array("xyz".utf8).span)
        #expect(
            reasons == [.mismatch(.checksum, declared: 1, found: UInt64(sum)), .badData, .badData, .badData]
        )
    }

    @Test func `a missing file is reported with the system's error number`() {
        let error = #expect(throws: ZipError.self) { try ZipReader(opening: "/missing/x.zip") }
        #expect(error?.reason == .system(operation: .open, code: 2))
    }
}
