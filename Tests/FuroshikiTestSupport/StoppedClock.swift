import Synchronization

/// A clock that stops after some sleeps: those end immediately, and later ones only when their task is cancelled.
package final class StoppedClock: Clock {
    /// A point in time, as an offset from the creation of the clock.
    package struct Instant: InstantProtocol {
        let offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state: Mutex<(now: Duration, left: Int)>

    /// Creates a clock that starts at zero, and stops after a number of sleeps.
    package init(after sleeps: Int = 0) { state = Mutex((.zero, sleeps)) }

    package var now: Instant { Instant(offset: state.withLock { $0.now }) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let isOver = state.withLock { state in
            guard state.left > 0 else { return false }
            state = (deadline.offset, state.left - 1)
            return true
        }
        if isOver { return }
        // A stream without elements ends when the task is cancelled.
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        withExtendedLifetime(continuation) {}
        try Task.checkCancellation()
    }
}
