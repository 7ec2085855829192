import FuroshikiTestSupport
import HostSystem
import Testing

/// Packages on systems without free space, write permission, libcurl or uv.
@Suite(.tags(.large))
struct CacheFailureTests {
    /// A wheel of 2 MB that cannot be compressed.
    private static let large: WheelBuilder = {
        var wheel = WheelBuilder("alpha", "1.0")
        var random = SeededGenerator(seed: 7)
        wheel.files.append(("alpha/data.bin", (0..<2_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }))
        return wheel
    }()

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk is reported, with help on how to move the cache`() async throws {
        try await IndexedService.with { service in
            try service.publish(Self.large)
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.cache, bytes: 1_000_000) { disk in
                try IndexedService.compare(try await service.failingRun(), with: "cache-full")
                #expect(try service.cached("wheels").isEmpty)
                #expect(try service.cached("partial").isEmpty)
                try await disk.grow(toBytes: 20_000_000)
                try await service.succeedingRuns()
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a read-only cache works if it has everything needed, and is reported if not`() async throws {
        try await IndexedService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.cache, bytes: 20_000_000) { disk in
                try await disk.setReadOnly(true)
                try IndexedService.compare(try await service.failingRun(), with: "cache-read-only")
                try await disk.setReadOnly(false)
                try await service.succeedingRuns()
                try await disk.setReadOnly(true)
                try await service.succeedingRuns()
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a read-only cacheLocation is reported at its place in the configuration`() async throws {
        try await IndexedService.with { service in
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
                try IndexedService.compare(try await service.failingRun(), with: "cache-location-read-only")
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk leaves no partial artifacts`() async throws {
        try await IndexedService.with { service in
            try service.publish(Self.large)
            try service.write(["requirements.txt": "alpha\n"])
            let output = service.directory / ".serverless"
            try await SmallDisk.with(at: output, bytes: 300_000) { disk in
                let outcome = try await service.program().run("package")
                #expect(outcome.status == 1)
                try IndexedService.compare(service.normalized(outcome.errors), with: "output-full")
                #expect(try LiveFileSystem().entries(of: output).isEmpty)
                try await disk.grow(toBytes: 20_000_000)
                #expect(try await service.program().run("package").status == 0)
            }
            try await service.succeedingRuns()
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a read-only directory for temporary files is reported, with help on how to move it`() async throws {
        try await IndexedService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try await SmallDisk.with(at: service.folder / "tmp", bytes: 100_000) { disk in
                try await disk.setReadOnly(true)
                try IndexedService.compare(try await service.failingRun(), with: "temporary-read-only")
            }
            try await service.succeedingRuns()
        }
    }

    /// A part of the system that is missing, and the environment without it.
    struct Lack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let variables: [String: String]
    }

    @Test(arguments: [
        Lack(testDescription: "resolver-missing", variables: ["FUROSHIKI_UV": "<FOLDER>/absent/uv"]),
        Lack(testDescription: "resolver-not-runnable", variables: ["FUROSHIKI_UV": "<FOLDER>/lacking/uv"]),
        Lack(testDescription: "resolver-not-on-index", variables: ["FUROSHIKI_UV": "", "PATH": "<FOLDER>/lacking"]),
        Lack(testDescription: "no-libcurl", variables: ["LD_LIBRARY_PATH": "<FOLDER>/lacking"]),
        Lack(
            testDescription: "no-libcurl-and-no-resolver",
            variables: ["LD_LIBRARY_PATH": "<FOLDER>/lacking", "FUROSHIKI_UV": "", "PATH": "<FOLDER>/lacking"]
        ),
    ])
    func `a missing library or program is reported with instructions`(lack: Lack) async throws {
        try await IndexedService.with { service in
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
            try IndexedService.compare(try await service.failingRun(), with: lack.testDescription)
            service.variables = [:]
            try await service.succeedingRuns()
        }
    }
}
