/// A monotonic clock for elapsed time and pauses.
///
/// It wraps any `Clock`, so that types that use it do not need a generic parameter.
package struct MonotonicClock: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    /// Creates a wrapper around any clock.
    package init<Time: Clock>(_ clock: Time) where Time.Duration == Duration {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        pause = { try await clock.sleep(for: $0) }
    }

    /// The real clock, for the composition root only.
    package static let live = MonotonicClock(ContinuousClock())

    /// The time since an arbitrary but fixed point in time.
    package var now: Duration { elapsed() }

    /// Suspends the task for a duration.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    package func sleep(for duration: Duration) async throws { try await pause(duration) }
}
