/// Runs work that may take long for a reason that the user should know, and tells from time to time that it goes on.
///
/// - Parameters:
///   - first: after how long it is told first.
///   - period: how long it is between that and each further time.
///   - clock: what the time is taken on.
///   - tell: gets the time since the work began, on any thread; not after the work has ended.
///   - work: the work.
/// - Returns: what the work returns.
/// - Throws: what the work throws.
package func tellingOfWaiting<Result, Time: Clock>(
    after first: Duration = .seconds(5),
    every period: Duration = .seconds(10),
    clock: Time = ContinuousClock(),
    _ tell: @escaping @Sendable (Duration) -> Void,
    for work: () async throws -> Result
) async rethrows -> Result where Time.Duration == Duration {
    // Its task ends with this scope.
    async let _ = tick(after: first, every: period, clock: clock, tell)
    return try await work()
}

@concurrent
private func tick<Time: Clock>(
    after first: Duration,
    every period: Duration,
    clock: Time,
    _ tell: @Sendable (Duration) -> Void
) async where Time.Duration == Duration {
    var elapsed = first
    var pause = first
    while true {
        // The only error there is says that the work has ended.
        do { try await clock.sleep(for: pause) } catch { return }
        tell(elapsed)
        pause = period
        elapsed += period
    }
}
