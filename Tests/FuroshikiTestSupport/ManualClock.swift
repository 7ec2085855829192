import Synchronization

/// A clock on which sleeps end immediately, and are recorded.
package final class ManualClock: Clock {
    /// A point in time, as an offset from the creation of the clock.
    package struct Instant: InstantProtocol {
        let offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex<(now: Duration, pauses: [Duration])>((.zero, []))

    private let longest: Duration?

    /// Creates a clock that starts at zero.
    ///
    /// - Parameter longest: the longest sleep that ends immediately; longer ones, such as limits for work that runs at the
    ///   same time, end when their task is cancelled. `nil` for any.
    package init(longest: Duration? = nil) { self.longest = longest }

    package var now: Instant { Instant(offset: state.withLock { $0.now }) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// Advances the clock without recording a sleep.
    package func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

    /// The durations of all sleeps so far, in order.
    package var pauses: [Duration] { state.withLock { $0.pauses } }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        if let longest, deadline.offset - state.withLock({ $0.now }) > longest { try await untilCancelled() }
        state.withLock { state in
            state.pauses.append(deadline.offset - state.now)
            state.now = deadline.offset
        }
    }
}
