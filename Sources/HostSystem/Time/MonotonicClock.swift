/// A clock that measures elapsed time and takes pauses; it never goes back, and does not know the time of day.
///
/// It wraps any `Clock`, so that a type that holds one needs no generic parameter.
package struct MonotonicClock: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    /// Wraps a clock.
    package init<Time: Clock>(_ clock: Time) where Time.Duration == Duration {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        pause = { try await clock.sleep(for: $0) }
    }

    /// The machine's own clock; only the composition root uses it.
    package static let live = MonotonicClock(ContinuousClock())

    /// The time since an arbitrary moment that stays the same for this clock.
    package var now: Duration { elapsed() }

    /// Suspends the task for a time.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func sleep(for duration: Duration) async throws { try await pause(duration) }
}
