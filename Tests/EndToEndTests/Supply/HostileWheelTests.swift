import FuroshikiTestSupport
import HostSystem
import Testing

/// Wheels that would do harm, or are broken: an index offers them with their true hashes.
@Suite(.tags(.large))
struct HostileWheelTests {
    typealias Entry = ZipBuilder.Entry

    struct Hostile: Sendable, CustomTestStringConvertible {
        /// The snapshot's name.
        let testDescription: String
        /// What the wheel has beside what it must have.
        var entries: [Entry] = []
        /// What else is wrong with it.
        var change: @Sendable ([UInt8]) -> [UInt8] = { $0 }
        /// Lines of RECORD, where they are others than the true ones.
        var record: [String] = []

        init(_ name: String, _ entries: [Entry] = [], record: [String] = []) {
            testDescription = "hostile-" + name
            self.entries = entries
            self.record = record
        }

        /// The wheel.
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
    func `a wheel that cannot be relied on is refused, and the next run works`(hostile: Hostile) async throws {
        try await SupplyService.with { service in
            let file = service.index.folder / "alpha-1.0-py3-none-any.whl"
            try LiveFileSystem().write(hostile.bytes(), to: file, options: FileWriteOptions())
            try service.write(["requirements.txt": "# shop\nalpha\n"])
            let told = try await service.failingRun()
            try SupplyService.compare(told, with: hostile.testDescription)
            try service.publish(WheelBuilder("alpha", "1.1"))
            try service.write(["requirements.txt": "# shop\nalpha>1\n"])
            try await service.succeedingRuns()
        }
    }

    @Test
    func `a hostile wheel that only another one needs names what asks for that`() async throws {
        try await SupplyService.with { service in
            let file = service.index.folder / "alpha-1.0-py3-none-any.whl"
            try LiveFileSystem().write(Self.wheels[1].bytes(), to: file, options: FileWriteOptions())
            try service.publish(WheelBuilder("beta", "1.0", dependencies: ["alpha"]))
            try service.write(["requirements.txt": "beta\n"])
            try SupplyService.compare(try await service.failingRun(), with: "hostile-dependency")
        }
    }
}
