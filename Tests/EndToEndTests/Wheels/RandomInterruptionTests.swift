import FuroshikiTestSupport
import HostSystem
import Testing

/// Ends runs at random moments, with SIGKILL and with signals that the program handles.
@Suite(.tags(.large))
struct RandomInterruptionTests {
    /// Starts the program in the third argument, and sends it the signal in the first one a number of seconds after its
    /// first line of output, when its signal handlers are set.
    private static let script = """
        import signal, subprocess, sys, threading
        child = subprocess.Popen(sys.argv[3:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        child.stderr.readline()
        threading.Thread(target=child.stderr.read, daemon=True).start()
        try:
            status = child.wait(float(sys.argv[2]))
        except subprocess.TimeoutExpired:
            child.send_signal(getattr(signal, sys.argv[1]))
            status = child.wait()
        print(status)
        """

    private static let configuration = """
        service: shop
        provider: {name: aws, runtime: python3.11}
        plugins: [serverless-python-requirements]
        custom: {pythonRequirements: {slim: true}}
        package: {individually: true}
        functions:
          order: {handler: order.handler}
          pay: {handler: order.handler, runtime: python3.13, architecture: arm64}

        """

    /// Runs a body with a service whose wheels take some time to download and write.
    private static func with(_ body: @escaping @Sendable (IndexedService) async throws -> Void) async throws {
        try await IndexedService.with { service in
            var random = SeededGenerator(seed: 3)
            var requirements = ""
            for number in 0..<12 {
                var wheel = WheelBuilder("part\(number)", "1.0")
                let noise = (0..<200_000).map { _ in UInt8.random(in: 0...15, using: &random) }
                wheel.files.append(("part\(number)/data.bin", noise))
                try service.publish(wheel)
                requirements += "part\(number)\n"
            }
            try service.write([
                "requirements.txt": requirements, "serverless.yml": configuration, "end.py": script,
            ])
            try await body(service)
        }
    }

    /// Runs `package`, and sends it a signal some milliseconds after its first line of output.
    ///
    /// - Returns: the exit status, negative if the signal ended the process.
    private static func run(
        _ service: IndexedService,
        endingBy signal: String,
        after milliseconds: Int
    ) async throws -> Int32 {
        let python = try #require(Environment.current().findProgram("python3"))
        let outcome = try await service.program()
            .run(
                ["end.py", signal, "\(Double(milliseconds) / 1000)", Program.path.string, "package"],
                program: python
            )
        return try #require(Int32(outcome.output.trimmingPrefix { $0.isWhitespace }.prefix { !$0.isWhitespace }))
    }

    @Test
    func `after SIGKILL at any moment, the next run has the same result as a clean one`() async throws {
        try await Self.with { service in
            let files = LiveFileSystem()
            let start = ContinuousClock.now
            let clean = try await service.artifacts(cache: service.folder / "fresh")
            var span = Int((ContinuousClock.now - start) / .milliseconds(1))
            #expect(clean.count == 2)
            var random = SeededGenerator(seed: 11)
            for round in 0..<18 {
                // Every third run starts with an empty cache, the others with what the earlier ones left.
                if round % 3 == 0 { try files.remove(service.cache) }
                try files.remove(service.directory / ".serverless")
                var instant = Int.random(in: 0...span, using: &random)
                // Runs with cached wheels are shorter than the first one. How long a run takes decides when it is killed,
                // not whether.
                while try await Self.run(service, endingBy: "SIGKILL", after: instant) != -9, instant > 0 {
                    span = max(1, span / 2)
                    instant /= 2
                    try files.remove(service.directory / ".serverless")
                }
                let output = service.directory / ".serverless"
                let outcome = try await service.program().run("package")
                #expect(outcome.status == 0, "killed after \(instant) ms: \(outcome.errors)")
                for (name, digest) in clean {
                    #expect(SHA256.digest(of: try files.read(output / name)) == digest, "killed after \(instant) ms")
                }
                let names = try files.entries(of: output).map(\.name)
                #expect(!names.contains { $0.hasPrefix(".") }, "killed after \(instant) ms")
                #expect(try files.entries(of: service.folder / "tmp").isEmpty, "killed after \(instant) ms")
            }
        }
    }

    @Test(arguments: ["SIGINT", "SIGTERM"])
    func `a run that is interrupted at any moment leaves no partial output`(signal: String) async throws {
        try await Self.with { service in
            let files = LiveFileSystem()
            let start = ContinuousClock.now
            let clean = try await service.artifacts(cache: service.folder / "fresh")
            let span = Int((ContinuousClock.now - start) / .milliseconds(1))
            var random = SeededGenerator(seed: 5)
            for round in 0..<6 {
                if round % 2 == 0 { try files.remove(service.cache) }
                try files.remove(service.directory / ".serverless")
                let instant = Int.random(in: 0...span, using: &random)
                let status = try await Self.run(service, endingBy: signal, after: instant)
                #expect([0, 130].contains(status), "status \(status) after \(instant) ms")
                #expect(try files.entries(of: service.folder / "tmp").isEmpty, "after \(instant) ms")
                let output = service.directory / ".serverless"
                for entry in try files.entriesIfPresent(of: output) {
                    #expect(!entry.name.hasPrefix("."), "after \(instant) ms")
                    guard let digest = clean[entry.name] else { continue }
                    #expect(SHA256.digest(of: try files.read(output / entry.name)) == digest, "after \(instant) ms")
                }
            }
            try await service.succeedingRuns()
        }
    }
}
