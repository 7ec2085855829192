import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

struct WaitingTests {
    @Test func `long work is reported periodically, but not after it has ended`() async throws {
        let (times, continuation) = AsyncStream.makeStream(of: Duration.self)
        let clock = ManualClock()
        let first = await reportingWaits(after: .seconds(5), every: .seconds(10), clock: MonotonicClock(clock)) {
            continuation.yield($0)
        } for: {
            var seen: [Duration] = []
            for await time in times {
                seen.append(time)
                if seen.count == 3 { break }
            }
            return seen
        }
        #expect(first == [.seconds(5), .seconds(15), .seconds(25)])
    }

    @Test func `short work is not reported, and its error is thrown unchanged`() async {
        struct Failure: Error {}
        let isReported = Mutex(false)
        await #expect(throws: Failure.self) {
            try await reportingWaits(clock: .live) { _ in
                isReported.withLock { $0 = true }
            } for: {
                throw Failure()
            }
        }
        #expect(!isReported.withLock { $0 })
    }
}
