import FuroshikiTestSupport
import HostSystem
import Testing

/// Failures while wheels are resolved and downloaded, with a real resolver and a real index.
///
/// Each of them has to show the error in `Fixtures/wheel-failures`, end with status 1, and leave no partial output.
/// After the cause is fixed, the next run has to have the same result as one with an empty cache.
@Suite(.tags(.large))
struct WheelFailureTests {
    /// A cause of failure, and how it is fixed.
    struct Failure: Sendable, CustomTestStringConvertible {
        /// The name of the snapshot, without suffix.
        let testDescription: String
        /// Files to write into the directory of the service.
        var files: [String: String?] = [:]
        /// How the index fails, by file or project.
        var indexFailures: [String: String] = [:]
        /// The files that fix the failure; `nil` removes a file.
        var repair: [String: String?] = [:]
        /// Environment variables of the failing run.
        var variables: [String: String] = [:]

        init(
            _ name: String,
            _ requirements: String = "alpha\n",
            index: [String: String] = [:],
            repair: [String: String?] = [:],
            variables: [String: String] = [:]
        ) {
            testDescription = name
            files = ["requirements.txt": requirements]
            indexFailures = index
            self.repair = repair
            self.variables = variables
        }
    }

    private static let wheel = "alpha-1.0-py3-none-any.whl"
    private static let good = ["requirements.txt": "alpha\n"]
    private static let zeros = String(repeating: "0", count: 64)
    /// Only what the server never sends takes that long, also on a loaded machine.
    private static let impatient = ["UV_HTTP_TIMEOUT": "20", "UV_HTTP_RETRIES": "0"]

    static let requirements: [Failure] = [
        Failure("unknown-package", "# shop\nalpha\nalhpa==1.0\n", repair: good),
        Failure("no-such-version", "alpha==7.5\n", repair: good),
        Failure("impossible-versions", "alpha==1.0\nbeta==1.0\n", repair: good),
        Failure("no-wheel-for-target", "arm-only\n", repair: good),
        Failure("package-for-windows", "alpha\nwin-only\n", repair: good),
        Failure(
            "variable-not-set",
            "--extra-index-url https://aws:${CODEARTIFACT_TOKEN}@corp.example/simple\nalpha\n",
            repair: good
        ),
        Failure("hash-mismatch", "alpha==1.0 --hash=sha256:\(zeros)\n", repair: good),
        Failure("hash-missing-of-dependency", "delta==1.0 --hash=sha256:<DELTA>\n", repair: good),
        Failure("missing-requirement-file", "alpha\n-r more/absent.txt\n", repair: ["more/absent.txt": "gamma\n"]),
        Failure("missing-local-project", "alpha\n./libs/absent\n", repair: good),
        Failure("missing-local-wheel", "./wheels/alpha-1.0-py3-none-any.whl\n", repair: good),
        Failure("index-url-invalid", "--index-url htp:/example\nalpha\n", repair: good),
        Failure("unknown-option", "--indx-url https://example.com\nalpha\n", repair: good),
    ]

    static let index: [Failure] = [
        Failure("index-hash-wrong", index: [wheel: "wrong-hash"]),
        Failure("wheel-corrupt", index: [wheel: "corrupt"]),
        Failure("wheel-gone", index: [wheel: "404"]),
        Failure("wheel-truncated", index: [wheel: "truncate-always"]),
        Failure("index-fails", index: ["*": "500"], variables: ["UV_HTTP_RETRIES": "0"]),
        Failure("index-response-invalid", index: ["alpha": "rubbish"]),
        Failure("index-requires-login", index: ["*": "login"]),
        Failure("wheel-requires-login", index: [wheel: "login"]),
        Failure("wheel-later", index: [wheel: "later"]),
        Failure("wheel-endless", index: [wheel: "endless"]),
        Failure("index-hangs", index: ["alpha": "stall"], variables: impatient),
        Failure("wheel-hangs", index: [wheel: "stall"], variables: impatient),
        Failure(
            "index-not-running",
            variables: ["PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_HTTP_RETRIES": "0"]
        ),
        Failure(
            "index-host-unknown",
            variables: ["PIP_INDEX_URL": "http://index.invalid/simple", "UV_HTTP_RETRIES": "0"]
        ),
    ]

    /// The failures that only resolving shows, although the requirements name exact versions that the index has.
    private static let haveExactVersions: Set<String> = ["hash-missing-of-dependency", "impossible-versions"]

    @Test(arguments: requirements + index)
    func `a failure is reported with its location, leaves no partial output, and can be fixed`(
        failure: Failure
    ) async throws {
        try await IndexedService.with { service in
            var service = service
            let delta = WheelBuilder("delta", "1.0", dependencies: ["gamma"])
            try service.publish(
                WheelBuilder("alpha", "1.0"),
                WheelBuilder("beta", "1.0", dependencies: ["alpha>=2"]),
                delta,
                WheelBuilder("gamma", "1.0"),
                WheelBuilder("arm_only", "1.0", tag: "cp311-cp311-manylinux_2_17_aarch64"),
                WheelBuilder("win_only", "1.0", tag: "cp311-cp311-win_amd64")
            )
            let digest = "\(SHA256.digest(of: delta.bytes()))"
            try service.write(failure.files.mapValues { $0?.replacing("<DELTA>", with: digest) })
            try service.index.setFailures(failure.indexFailures)
            service.variables = failure.variables
            let errors = try await service.failingRun()
            try IndexedService.compare(errors, with: failure.testDescription)
            // Wheels of exact versions are fetched while uv resolves; they are verified, so they may stay.
            let kept = Self.haveExactVersions.contains(failure.testDescription)
            #expect(try kept || service.cached("wheels").isEmpty)
            service.variables = [:]
            try service.index.setFailures([:])
            try service.write(failure.repair)
            try await service.succeedingRuns()
        }
    }

    @Test
    func `an error in requirements is reported once for all targets`() async throws {
        try await IndexedService.with { service in
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
            let errors = try await service.failingRun()
            try IndexedService.compare(errors, with: "several-targets")
            try service.publish(WheelBuilder("alpha", "1.0"))
            try await service.succeedingRuns()
        }
    }

    @Test
    func `a package that is too large is reported with its largest parts, before it is written`() async throws {
        try await IndexedService.with { service in
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
            try IndexedService.compare(try await service.failingRun(), with: "over-250-mb")
            try service.write(["model.bin": nil])
            try await service.succeedingRuns()
        }
    }

    @Test
    func `progress shows a server that does not respond`() async throws {
        try await IndexedService.with { service in
            var service = service
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFailures(["alpha": "stall"])
            service.variables = ["PIP_TIMEOUT": "600", "PIP_RETRIES": "0"]
            let outcome = try await service.runReleasing(after: "Waiting for ")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("\nWaiting for 127.0.0.1:\(service.index.port) (5 s)\n"))
            try service.index.setFailures(["alpha": "stall"])
            service.variables = ["PIP_TIMEOUT": "1", "PIP_RETRIES": "0"]
            try LiveFileSystem().remove(service.cache)
            try LiveFileSystem().remove(service.directory / ".serverless")
            #expect(try await service.failure().contains("help: increase the timeout: set UV_HTTP_TIMEOUT"))
        }
    }

    @Test
    func `progress shows a server that stops sending a download`() async throws {
        try await IndexedService.with { service in
            var service = service
            try service.publish(WheelBuilder("alpha", "1.0"))
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFailures([Self.wheel: "stall"])
            service.variables = ["UV_HTTP_TIMEOUT": "600"]
            let outcome = try await service.runReleasing(after: "Waiting for ")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("\nWaiting for 127.0.0.1:\(service.index.port) ("))
        }
    }

    @Test
    func `requirements are resolved again if the cached resolution is corrupt`() async throws {
        try await IndexedService.with { service in
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
    func `requirements are resolved again in the same run if the index has replaced a wheel`() async throws {
        try await IndexedService.with { service in
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
    func `a slow index that keeps sending is waited for`() async throws {
        try await IndexedService.with { service in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", [UInt8](repeating: 7, count: 50_000)))
            try service.publish(wheel)
            try service.write(["requirements.txt": "alpha\n"])
            // The response consists of eight pieces. That a timeout is for the time between two pieces is tested with the
            // settings of an index, where no time passes.
            try service.index.setFailures(["alpha": "drip", Self.wheel: "drip"])
            #expect(try await service.artifacts(cache: service.cache).count == 1)
        }
    }

    @Test
    func `the next run continues a download that failed`() async throws {
        try await IndexedService.with { service in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }))
            try service.publish(wheel)
            try service.write(["requirements.txt": "alpha\n"])
            try service.index.setFailures([Self.wheel: "truncate-always"])
            _ = try await service.failingRun()
            #expect(try service.cached("partial").count == 1)
            try service.index.setFailures([:])
            try await service.succeedingRuns()
            let ranges = service.index.requests.filter { $0.contains("/files/\(Self.wheel) bytes=") }
            #expect(!ranges.isEmpty)
            #expect(try service.cached("partial").isEmpty)
        }
    }
}
