import FuroshikiTestSupport
import HostSystem
import Testing

/// Downloads corrupt and malicious wheels, whose hashes in the index are correct.
@Suite(.tags(.large))
struct HostileWheelTests {
    typealias Entry = ZipBuilder.Entry

    /// A corrupt or malicious wheel.
    struct Hostile: Sendable, CustomTestStringConvertible {
        /// The name of the snapshot, without suffix.
        let testDescription: String
        /// The entries of the wheel, in addition to the required ones.
        var entries: [Entry] = []
        /// A change of the archive's bytes.
        var change: @Sendable ([UInt8]) -> [UInt8] = { $0 }
        /// Lines in RECORD that replace the correct ones.
        var record: [String] = []

        init(_ name: String, _ entries: [Entry] = [], record: [String] = []) {
            testDescription = "hostile-" + name
            self.entries = entries
            self.record = record
        }

        /// The bytes of the archive.
        func bytes() -> [UInt8] {
            let folder = "alpha-1.0.dist-info"
            let lines = record + ["\(folder)/RECORD,,"]
            let all =
                [Entry("alpha/__init__.py", "ok = True\n")] + entries + [
                    Entry("\(folder)/METADATA", "Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n"),
                    Entry("\(folder)/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
                    Entry("\(folder)/RECORD", lines.joined(separator: "\n") + "\n"),
                ]
            return ZipBuilder(all).build()
        }
    }

    static let wheels: [Hostile] = [
        Hostile("absolute-path", [Entry("/etc/cron.d/evil", "x")]),
        Hostile("parent-folder", [Entry("../../evil.py", "x")]),
        Hostile("drive-letter", [Entry("C:/evil.py", "x")]),
        Hostile("backslash", [Entry("..\\evil.py", "x")]),
        Hostile("nul", [Entry("alpha/a.py\0.txt", "x")]),
        Hostile("duplicate", [Entry("alpha/a.py", "1"), Entry("alpha/a.py", "2")]),
        Hostile("case-collision", [Entry("alpha/a.py", "1"), Entry("alpha/A.py", "2")]),
        Hostile("link-out", [Entry("alpha/link", "../../../etc/passwd", mode: 0o120777)]),
        Hostile("encrypted", [Entry("alpha/a.py", "x").with { $0.flags = 1 }]),
        Hostile("unknown-method", [Entry("alpha/a.py", "x").with { $0.method = 12 }]),
        Hostile(
            "overlap",
            [
                Entry("alpha/b", bytes: Array(ZipBuilder([Entry("alpha/c", "hidden")]).build()[..<43])),
                Entry("alpha/c", "hidden").with { ($0.isGhost, $0.declaredOffset) = (true, 57 + 37) },
            ]
        ),
        Hostile("wrong-size", [Entry("alpha/a.py", "xyz").with { $0.size = 2 }]),
        Hostile("over-the-limit", [Entry("alpha/a.bin", "x").with { ($0.size, $0.isWide) = (1 << 40, true) }]),
        Hostile("wrong-checksum", [Entry("alpha/a.py", "xyz").with { ($0.crc32, $0.localCRC32) = (1, 1) }]),
        Hostile(
            "wrong-record",
            [],
            record: ["alpha/__init__.py,sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,10"]
        ),
    ]

    @Test(arguments: wheels)
    func `a corrupt or malicious wheel is rejected, and the next run works`(hostile: Hostile) async throws {
        try await IndexedService.with { service in
            let file = service.index.folder / "alpha-1.0-py3-none-any.whl"
            try LiveFileSystem().write(hostile.bytes(), to: file, options: FileWriteOptions())
            try service.write(["requirements.txt": "# shop\nalpha\n"])
            let errors = try await service.failingRun()
            try IndexedService.compare(errors, with: hostile.testDescription)
            try service.publish(WheelBuilder("alpha", "1.1"))
            try service.write(["requirements.txt": "# shop\nalpha>1\n"])
            try await service.succeedingRuns()
        }
    }

    @Test
    func `the error about a malicious dependency shows what requires it`() async throws {
        try await IndexedService.with { service in
            let file = service.index.folder / "alpha-1.0-py3-none-any.whl"
            try LiveFileSystem().write(Self.wheels[1].bytes(), to: file, options: FileWriteOptions())
            try service.publish(WheelBuilder("beta", "1.0", dependencies: ["alpha"]))
            try service.write(["requirements.txt": "beta\n"])
            try IndexedService.compare(try await service.failingRun(), with: "hostile-dependency")
        }
    }
}
