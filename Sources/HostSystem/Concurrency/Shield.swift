/// Clean-up work that did not end within its time limit.
package struct CleanupTimeoutError: Error, Hashable, Sendable {
    /// The time limit that was exceeded.
    package let limit: Duration

    /// Creates the error of a time limit.
    package init(limit: Duration) { self.limit = limit }
}

/// Runs work that must also run after the current task was cancelled, such as removing a container or a change set.
///
/// Processes and transfers do not start in a cancelled task; inside the work they do. The user waits for the work, so it
/// has a time limit, after which it is cancelled itself.
///
/// - Parameters:
///   - limit: the time limit.
///   - clock: the clock that measures it.
///   - work: the work.
/// - Returns: the result of the work.
/// - Throws: the error of the work, ``CleanupTimeoutError``.
package func shieldedFromCancellation<Result: Sendable>(
    limit: Duration,
    clock: MonotonicClock,
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    // An unstructured task, because a child task would inherit the cancellation; it ends before this function returns.
    try await Task {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await clock.sleep(for: limit)
                throw CleanupTimeoutError(limit: limit)
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
    .value
}
