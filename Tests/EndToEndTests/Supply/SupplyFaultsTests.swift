import FuroshikiTestSupport
import HostSystem
import Testing

/// What may go wrong between the requirements of a service and its wheels, with a real resolver and a real index.
///
/// Each: the error as users read it, in `Fixtures/supply-faults`; exit status 1; nothing half-written; and when the
/// fault is gone, the next run makes of the same cache what a run makes of an empty one.
@Suite(.tags(.large))
struct SupplyFaultsTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        /// The snapshot's name.
        let testDescription: String
        /// The service's files.
        var files: [String: String?] = [:]
        /// What the index does wrong, by file or project.
        var faults: [String: String] = [:]
        /// What the files must be for the next run.
        var repair: [String: String?] = [:]
        /// What the environment has.
        var variables: [String: String] = [:]

        init(
            _ name: String,
            _ requirements: String = "alpha\n",
            faults: [String: String] = [:],
            repair: [String: String?] = [:],
            variables: [String: String] = [:]
        ) {
            testDescription = name
            files = ["requirements.txt": requirements]
            self.faults = faults
            self.repair = repair
            self.variables = variables
        }
    }

    private static let wheel = "alpha-1.0-py3-none-any.whl"
    private static let good = ["requirements.txt": "alpha\n"]
    private static let zeros = String(repeating: "0", count: 64)
    private static let impatient = ["UV_HTTP_TIMEOUT": "2", "UV_HTTP_RETRIES": "0"]

    static let requirements: [Fault] = [
        Fault("unknown-package", "# shop\nalpha\nalhpa==1.0\n", repair: good),
        Fault("no-such-version", "alpha==7.5\n", repair: good),
        Fault("impossible-versions", "alpha==1.0\nbeta==1.0\n", repair: good),
        Fault("no-wheel-for-target", "arm-only\n", repair: good),
        Fault("hash-mismatch", "alpha==1.0 --hash=sha256:\(zeros)\n", repair: good),
        Fault("hash-missing-of-dependency", "delta==1.0 --hash=sha256:<DELTA>\n", repair: good),
        Fault("missing-requirement-file", "alpha\n-r more/absent.txt\n", repair: ["more/absent.txt": "gamma\n"]),
        Fault("missing-local-project", "alpha\n./libs/absent\n", repair: good),
        Fault("missing-local-wheel", "./wheels/alpha-1.0-py3-none-any.whl\n", repair: good),
        Fault("unreadable-index-address", "--index-url htp:/nowhere\nalpha\n", repair: good),
        Fault("unknown-option", "--indx-url https://example.com\nalpha\n", repair: good),
    ]

    static let index: [Fault] = [
        Fault("index-hash-lies", faults: [wheel: "wrong-hash"]),
        Fault("wheel-corrupt", faults: [wheel: "corrupt"]),
        Fault("wheel-gone", faults: [wheel: "404"]),
        Fault("wheel-truncated", faults: [wheel: "truncate-always"]),
        Fault("index-fails", faults: ["*": "500"], variables: ["UV_HTTP_RETRIES": "0"]),
        Fault("index-talks-rubbish", faults: ["alpha": "rubbish"]),
        Fault("index-wants-login", faults: ["*": "login"]),
        Fault("index-hangs", faults: ["alpha": "stall"], variables: impatient),
        Fault("wheel-hangs", faults: [wheel: "stall"], variables: impatient),
        Fault("index-is-not-there", variables: ["PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_HTTP_RETRIES": "0"]),
        Fault(
            "index-has-no-name",
            variables: ["PIP_INDEX_URL": "http://index.invalid/simple", "UV_HTTP_RETRIES": "0"]
        ),
    ]

    @Test(arguments: requirements + index)
    func `a fault is told at its place, nothing is half-written, and the next run works`(fault: Fault) async throws {
        try await SupplyService.with { service in
            var service = service
            let delta = WheelBuilder("delta", "1.0", dependencies: ["gamma"])
            try service.publish(
                WheelBuilder("alpha", "1.0"),
                WheelBuilder("beta", "1.0", dependencies: ["alpha>=2"]),
                delta,
                WheelBuilder("gamma", "1.0"),
                WheelBuilder("arm_only", "1.0", tag: "cp311-cp311-manylinux_2_17_aarch64")
            )
            let digest = "\(SHA256.digest(of: delta.bytes()))"
            try service.write(fault.files.mapValues { $0?.replacing("<DELTA>", with: digest) })
            try service.index.setFaults(fault.faults)
            service.variables = fault.variables
            let told = try await service.failingRun()
            try SupplyService.compare(told, with: fault.testDescription)
            #expect(try service.cached("wheels").isEmpty)
            service.variables = [:]
            try service.index.setFaults([:])
            try service.write(fault.repair)
            try await service.succeedingRuns()
        }
    }

    @Test
    func `a fault of one source is told once, with all its targets`() async throws {
        try await SupplyService.with { service in
            try service.write([
                "requirements.txt": "alpha\n",
                "serverless.yml": """
                service: shop
                provider: {name: aws, runtime: python3.11}
                plugins: [serverless-python-requirements]
                functions:
                  order: {handler: order.handler}
                  pay: {handler: order.handler, runtime: python3.12, architecture: arm64}
                  ship: {handler: order.handler, runtime: python3.13}

                """,
            ])
            let told = try await service.failingRun()
            try SupplyService.compare(told, with: "several-targets")
            try service.publish(WheelBuilder("alpha", "1.0"))
            try await service.succeedingRuns()
        }
    }

    @Test
    func `more than Lambda takes is told with what is heaviest, before anything is written`() async throws {
        try await SupplyService.with { service in
            var requirements = ""
            for number in 0..<12 {
                var wheel = WheelBuilder("part\(number)", "1.\(number)")
                wheel.files.append(("part\(number)/data.bin", [UInt8](repeating: 1, count: 100_000 * (number + 1))))
                try service.publish(wheel)
                requirements += "part\(number)\n"
            }
            try service.write(["requirements.txt": requirements])
            let hole = ["-c", "dd if=/dev/zero of=model.bin bs=1 count=0 seek=272629760"]
            #expect(try await service.program().run(hole, program: "/bin/sh").status == 0)
            try SupplyService.compare(try await service.failingRun(), with: "over-250-mb")
            try service.write(["model.bin": nil])
            try await service.succeedingRuns()
        }
    }

    @Test
    func `who is waited for is told, and silence has an end`() async throws {
        try await SupplyService.with { service in
            var service = service
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFaults(["alpha": "stall"])
            service.variables = ["PIP_TIMEOUT": "7", "PIP_RETRIES": "0"]
            let told = try await service.failure()
            #expect(told.contains("\nWaiting for 127.0.0.1:\(service.index.port) (5 s)\n"))
            #expect(told.contains("help: wait for it longer: UV_HTTP_TIMEOUT, in seconds"))
            try service.index.setFaults([:])
            try await service.succeedingRuns()
        }
    }

    @Test
    func `who is waited for is told while nothing comes of a download`() async throws {
        try await SupplyService.with { service in
            var service = service
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFaults([Self.wheel: "stall"])
            service.variables = Self.impatient
            let told = try await service.failure()
            #expect(told.contains("\nWaiting for 127.0.0.1:\(service.index.port) ("))
        }
    }

    @Test
    func `a resolution in the cache that is no longer whole is made anew`() async throws {
        try await SupplyService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            _ = try await service.artifacts(cache: service.cache)
            let notes = try service.cached("resolutions")
            #expect(!notes.isEmpty)
            for note in notes {
                try LiveFileSystem().write("lock-version = \"1", to: service.cache / "furoshiki/resolutions" / note)
            }
            try await service.succeedingRuns()
        }
    }

    @Test
    func `a wheel that its index has replaced is resolved anew in the same run`() async throws {
        try await SupplyService.with { service in
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            _ = try await service.artifacts(cache: service.cache)
            try LiveFileSystem().remove(service.cache / "furoshiki/wheels")
            try LiveFileSystem().remove(service.index.folder / Self.wheel)
            try service.publish(WheelBuilder("alpha", "1.1"))
            try await service.succeedingRuns()
        }
    }

    @Test
    func `a slow index that goes on answering is never given up`() async throws {
        try await SupplyService.with { service in
            var service = service
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", [UInt8](repeating: 7, count: 50_000)))
            try service.publish(wheel)
            try service.write(["requirements.txt": "alpha\n"])
            // Eight pieces, half a second apart, take longer than the longest silence.
            try service.index.setFaults(["alpha": "drip", Self.wheel: "drip"])
            service.variables = ["PIP_TIMEOUT": "2", "PIP_RETRIES": "0"]
            #expect(try await service.artifacts(cache: service.cache).count == 1)
        }
    }

    @Test
    func `a download that was cut for good goes on in the next run`() async throws {
        try await SupplyService.with { service in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }))
            try service.publish(wheel)
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFaults([Self.wheel: "truncate-always"])
            _ = try await service.failingRun()
            #expect(try service.cached("partial").count == 1)
            try service.index.setFaults([:])
            try await service.succeedingRuns()
            let ranges = service.index.requests.filter { $0.contains("/files/\(Self.wheel) bytes=") }
            #expect(!ranges.isEmpty)
            #expect(try service.cached("partial").isEmpty)
        }
    }
}
