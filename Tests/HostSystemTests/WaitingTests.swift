import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

struct WaitingTests {
    @Test func `long work is told of at growing times, and not after its end`() async throws {
        let (times, continuation) = AsyncStream.makeStream(of: Duration.self)
        let clock = ManualClock()
        let first = await tellingOfWaiting(after: .seconds(5), every: .seconds(10), clock: clock) {
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

    @Test func `short work is not told of, and its error is its own`() async {
        struct Fault: Error {}
        let isTold = Mutex(false)
        await #expect(throws: Fault.self) {
            try await tellingOfWaiting { _ in
                isTold.withLock { $0 = true }
            } for: {
                throw Fault()
            }
        }
        #expect(!isTold.withLock { $0 })
    }
}
