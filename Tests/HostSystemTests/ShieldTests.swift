import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

struct ShieldTests {
    /// Runs a body in a task that is cancelled before the body begins.
    private func inCancelledTask<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await body()
        }
        task.cancel()
        return try await task.value
    }

    private static let request = ProcessRequest(
        "sh",
        ["-c", "echo done"],
        environment: Environment(["PATH": "/usr/bin:/bin"])
    )

    @Test func `a shielded process runs in a cancelled task, another one does not`() async throws {
        await #expect(throws: CancellationError.self) {
            try await inCancelledTask { try await LiveProcessRunner().run(Self.request) }
        }
        let result = try await inCancelledTask {
            try await shieldedFromCancellation(limit: .seconds(86_400), clock: .live) {
                try await LiveProcessRunner().run(Self.request)
            }
        }
        #expect(result.outputText == "done\n")
    }

    @Test func `a shielded request is sent in a cancelled task, another one is not`() async throws {
        try await EchoServer.with { server async throws -> Void in
            let request = HTTPRequest("DELETE", server.address("/change-set"))
            let transport = CurlTransport(environment: Environment())
            await #expect(throws: CancellationError.self) {
                try await inCancelledTask { try await transport.send(request) }
            }
            let response = try await inCancelledTask {
                try await shieldedFromCancellation(limit: .seconds(86_400), clock: .live) {
                    try await transport.send(request)
                }
            }
            #expect(response.status == 200)
            #expect(server.requests.map(\.method) == ["DELETE"])
        }
    }

    @Test func `shielded work that does not end is cancelled after its time limit`() async throws {
        let isCancelled = Mutex(false)
        await #expect(throws: CleanupTimeoutError(limit: .milliseconds(50))) {
            try await shieldedFromCancellation(limit: .milliseconds(50), clock: .live) {
                do {
                    try await untilCancelled()
                } catch {
                    isCancelled.withLock { $0 = true }
                }
            }
        }
        #expect(isCancelled.withLock { $0 })
    }

    @Test func `an error of shielded work is thrown unchanged`() async {
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await shieldedFromCancellation(limit: .seconds(86_400), clock: .live) { throw Failure() }
        }
    }
}
