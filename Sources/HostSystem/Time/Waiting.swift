/// Runs work that may take long, and reports from time to time that it is still running.
///
/// - Parameters:
///   - first: the time until the first report.
///   - period: the time between two reports.
///   - clock: the clock that measures both.
///   - report: gets the time since the work began, on any thread; not called after the work has ended.
///   - work: the work.
/// - Returns: what the work returns.
/// - Throws: what the work throws.
package func reportingWaits<Result>(
    after first: Duration = .seconds(5),
    every period: Duration = .seconds(10),
    clock: MonotonicClock,
    _ report: @escaping @Sendable (Duration) -> Void,
    for work: () async throws -> Result
) async rethrows -> Result {
    // Its task ends with this scope.
    async let _ = tick(after: first, every: period, clock: clock, report)
    return try await work()
}

@concurrent
private func tick(
    after first: Duration,
    every period: Duration,
    clock: MonotonicClock,
    _ report: @Sendable (Duration) -> Void
) async {
    var elapsed = first
    var pause = first
    while true {
        // The only possible error is cancellation, which means that the work has ended.
        do { try await clock.sleep(for: pause) } catch { return }
        report(elapsed)
        pause = period
        elapsed += period
    }
}
