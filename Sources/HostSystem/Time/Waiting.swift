/// Runs work that may take a long time, and reports periodically that it is still running.
///
/// - Parameters:
///   - first: the time until the first report.
///   - period: the time between two reports.
///   - clock: the clock that measures both.
///   - report: called with the time since the start, on any thread, but not after the work has ended.
///   - work: the work to run.
/// - Returns: the result of the work.
/// - Throws: the error of the work.
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
        // The only possible error is cancellation, after the work has ended.
        do { try await clock.sleep(for: pause) } catch { return }
        report(elapsed)
        pause = period
        elapsed += period
    }
}
