import FuroshikiTestSupport
import HostSystem
import Testing

struct ProcessTests {
    private let runner = LiveProcessRunner()
    private let environment = Environment(["PATH": "/usr/bin:/bin", "GREETING": "hello"])

    private func shell(_ script: String) -> ProcessRequest {
        ProcessRequest("sh", ["-c", script], environment: environment)
    }

    @Test func `a result has the output, error output and status`() async throws {
        let result = try await runner.run(shell("echo $GREETING; echo oops >&2; exit 3"))
        #expect(result.outputText == "hello\n")
        #expect(result.errorText == "oops\n")
        #expect(result.status == .exited(3))
    }

    @Test func `a program reads the given bytes in the requested directory`() async throws {
        var request = shell("pwd; cat | wc -c")
        request.workingDirectory = "/usr"
        request.input = .bytes([UInt8](repeating: 65, count: 300_000))
        let result = try await runner.run(request)
        #expect(result.outputText.split { " \n".contains($0) } == ["/usr", "300000"])
    }

    @Test func `a program does not have to read its input`() async throws {
        var request = shell("exit 0")
        request.input = .bytes([UInt8](repeating: 65, count: 300_000))
        #expect(try await runner.run(request).isSuccess)
    }

    @Test func `output over the limit is discarded and marked as truncated`() async throws {
        var request = shell("head -c 100000 /dev/zero")
        request.output = .captured(limitBytes: 10)
        let result = try await runner.run(request)
        #expect(result.output.count == 10)
        #expect(result.isTruncated)
    }

    @Test func `a run ends with its program, even if a child keeps the pipes open`() async throws {
        let result = try await runner.run(shell("sleep 90000 & echo $!"))
        let descendant = try #require(Int32(result.outputText.split(separator: "\n").first ?? ""))
        // The child still runs, so the run did not wait for it.
        #expect(try await runner.run(shell("kill \(descendant)")).isSuccess)
    }

    @Test func `the error of a missing program has its name`() async throws {
        await #expect(throws: ProcessStartError(program: "no-such-program", code: 2)) {
            try await runner.run(ProcessRequest("no-such-program", environment: environment))
        }
    }

    @Test func `cancellation interrupts a program, and kills it if it does not end`() async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder in
            for trap in ["", "trap '' INT; "] {
                let (started, ended) = (folder / "started", folder / "ended")
                var request = shell("\(trap)echo x >\(started); sleep 90000; sleep 90000; echo x >\(ended)")
                request.gracePeriod = .milliseconds(200)
                let interrupted = request
                await #expect(throws: CancellationError.self) {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        let hasEnded = Flag()
                        group.addTask {
                            defer { hasEnded.set() }
                            _ = try await runner.run(interrupted)
                        }
                        while !LiveFileSystem().exists(started), !hasEnded.isSet {
                            try await Task.sleep(for: .milliseconds(10))
                        }
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
                #expect(!LiveFileSystem().exists(ended))
                try LiveFileSystem().remove(started)
            }
        }
    }

    @Test func `cancelling kills descendants that ignore the interrupt`() async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder in
            let file = folder / "descendant"
            // The program ends with the interrupt, its descendant ignores it.
            let script = "trap 'exit 0' INT; (trap '' INT; exec sleep 90000) & echo $! >\(file); wait"
            var request = shell(script)
            request.gracePeriod = .milliseconds(200)
            let cancelled = request
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let hasEnded = Flag()
                    group.addTask {
                        defer { hasEnded.set() }
                        _ = try await runner.run(cancelled)
                    }
                    while (try? LiveFileSystem().readText(file))?.hasSuffix("\n") != true, !hasEnded.isSet {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            try await expectToBeGone(try LiveFileSystem().readText(file).filter { $0 != "\n" })
        }
    }

    @Test func `descendants end with their program if this is requested`() async throws {
        var request = shell("sleep 90000 & echo $!")
        request.endsDescendants = true
        let result = try await runner.run(request)
        #expect(result.isSuccess)
        try await expectToBeGone(result.outputText.filter { $0 != "\n" })
    }

    /// Waits until a process does not run any more.
    private func expectToBeGone(_ process: String) async throws {
        // A killed process may stay as a zombie until its parent reads its status.
        let isGone = shell("s=$(ps -o stat= -p \(process)) && case $s in Z*) ;; *) exit 1 ;; esac; exit 0")
        var result = try await runner.run(isGone)
        for _ in 0..<20_000 where !result.isSuccess {
            try await Task.sleep(for: .milliseconds(10))
            result = try await runner.run(isGone)
        }
        #expect(result.isSuccess)
        _ = try await runner.run(shell("kill -9 \(process) 2>/dev/null"))
    }
}
