import FuroshikiTestSupport
import HostSystem
import Testing

/// A machine that lacks something: room, permission, a library, the resolver.
@Suite(.tags(.large))
struct CacheFaultTests {
    /// A wheel of bytes that do not compress.
    private static let large: WheelBuilder = {
        var wheel = WheelBuilder("alpha", "1.0")
        var random = SeededGenerator(seed: 7)
        wheel.files.append(("alpha/data.bin", (0..<2_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }))
        return wheel
    }()

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk below the cache is told, with how to choose another cache`() async throws {
        try await SupplyService.with { service in
            try service.publish(Self.large)
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.cache, bytes: 1_000_000) { disk in
                try SupplyService.compare(try await service.failingRun(), with: "cache-full")
                #expect(try service.cached("wheels").isEmpty)
                #expect(try service.cached("partial").isEmpty)
                try await disk.grow(toBytes: 20_000_000)
                try await service.succeedingRuns()
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a read-only cache is told, and does where it has all that is needed`() async throws {
        try await SupplyService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.cache, bytes: 20_000_000) { disk in
                try await disk.setReadOnly(true)
                try SupplyService.compare(try await service.failingRun(), with: "cache-read-only")
                try await disk.setReadOnly(false)
                try await service.succeedingRuns()
                try await disk.setReadOnly(true)
                try await service.succeedingRuns()
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a read-only cache that the service names is told at its place`() async throws {
        try await SupplyService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write([
                "requirements.txt": "alpha\n",
                "serverless.yml": """
                service: shop
                provider: {name: aws, runtime: python3.11}
                plugins: [serverless-python-requirements]
                custom:
                  pythonRequirements:
                    cacheLocation: ../cache/mine
                functions:
                  order: {handler: order.handler}

                """,
            ])
            try await SmallDisk.with(at: service.cache, bytes: 20_000_000) { disk in
                try await disk.setReadOnly(true)
                try SupplyService.compare(try await service.failingRun(), with: "cache-location-read-only")
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk below the artifacts leaves none of them half-written`() async throws {
        try await SupplyService.with { service in
            try service.publish(Self.large)
            try service.write(["requirements.txt": "alpha\n"])
            let output = service.directory / ".serverless"
            try await SmallDisk.with(at: output, bytes: 300_000) { disk in
                let outcome = try await service.program().run("package")
                #expect(outcome.status == 1)
                try SupplyService.compare(service.normalized(outcome.errors), with: "output-full")
                #expect(try LiveFileSystem().entries(of: output).isEmpty)
                try await disk.grow(toBytes: 20_000_000)
                #expect(try await service.program().run("package").status == 0)
            }
            try await service.succeedingRuns()
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a folder for temporary files that cannot be written is told, with how to choose another`() async throws {
        try await SupplyService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.folder / "tmp", bytes: 100_000) { disk in
                try await disk.setReadOnly(true)
                try SupplyService.compare(try await service.failingRun(), with: "temporary-read-only")
            }
            try await service.succeedingRuns()
        }
    }

    struct Lack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let variables: [String: String]
    }

    @Test(arguments: [
        Lack(testDescription: "resolver-not-there", variables: ["FUROSHIKI_UV": "<FOLDER>/nowhere/uv"]),
        Lack(testDescription: "resolver-does-not-start", variables: ["FUROSHIKI_UV": "<FOLDER>/lacking/uv"]),
        Lack(testDescription: "resolver-on-no-index", variables: ["FUROSHIKI_UV": "", "PATH": "<FOLDER>/lacking"]),
        Lack(testDescription: "no-libcurl", variables: ["LD_LIBRARY_PATH": "<FOLDER>/lacking"]),
        Lack(
            testDescription: "no-libcurl-and-no-resolver",
            variables: ["LD_LIBRARY_PATH": "<FOLDER>/lacking", "FUROSHIKI_UV": "", "PATH": "<FOLDER>/lacking"]
        ),
    ])
    func `what the machine lacks is told with the remedy`(lack: Lack) async throws {
        try await SupplyService.with { service in
            var service = service
            let lacking = service.folder / "lacking"
            try LiveFileSystem().createDirectory(lacking)
            try LiveFileSystem().write("no library", to: lacking / "libcurl.so.4")
            let options = FileWriteOptions(mode: 0o755, setsExactMode: true)
            try LiveFileSystem().write(Array("\u{7F}ELF but not really".utf8), to: lacking / "uv", options: options)
            if lack.variables["PATH"] != nil { try LiveFileSystem().remove(lacking / "uv") }
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            service.variables = lack.variables.mapValues { $0.replacing("<FOLDER>", with: service.folder.string) }
            try SupplyService.compare(try await service.failingRun(), with: lack.testDescription)
            service.variables = [:]
            try await service.succeedingRuns()
        }
    }
}
