import HostSystem
import Synchronization
import Testing

struct ConcurrencyLimitTests {
    /// Counts operations that run at the same time.
    private final class Gauge: Sendable {
        private let state = Mutex((running: 0, peak: 0))

        var peak: Int { state.withLock { $0.peak } }

        func begin() {
            state.withLock { state in
                state.running += 1
                state.peak = max(state.peak, state.running)
            }
        }

        func end() { state.withLock { $0.running -= 1 } }
    }

    @Test func `callers that do not know of each other share the limit`() async throws {
        let limit = ConcurrencyLimit(3)
        let gauge = Gauge()
        let results = try await (0..<4)
            .concurrentMap(limit: 4) { caller in
                try await (0..<10)
                    .concurrentMap(limit: 10) { index in
                        try await limit.run {
                            gauge.begin()
                            defer { gauge.end() }
                            for _ in 0..<20 { await Task.yield() }
                            return caller * 10 + index
                        }
                    }
            }
        #expect(results.flatMap { $0 } == Array(0..<40))
        #expect(gauge.peak == 3)
    }

    @Test func `an operation that fails lets the next one start`() async throws {
        struct Failure: Error {}
        let limit = ConcurrencyLimit(1)
        await #expect(throws: Failure.self) { try await limit.run { throw Failure() } }
        #expect(try await limit.run { 1 } == 1)
    }

    @Test func `a canceled task stops waiting and its operation never starts`() async throws {
        let limit = ConcurrencyLimit(1)
        let gauge = Gauge()
        try await limit.run {
            let waiting = Task { try await limit.run { gauge.begin() } }
            for _ in 0..<20 { await Task.yield() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        #expect(gauge.peak == 0)
        #expect(try await limit.run { 1 } == 1)
    }
}
