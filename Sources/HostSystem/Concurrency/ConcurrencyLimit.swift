import Synchronization

/// A limit on the number of operations that run at a time, shared by tasks that do not know of each other.
///
/// Operations start in the order in which they were requested. For elements of one sequence, use
/// `concurrentMap(limit:)`.
package final class ConcurrencyLimit: Sendable {
    private struct State {
        var free: Int
        var nextID = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let state: Mutex<State>

    /// Creates a limit.
    ///
    /// - Parameter limit: the maximum number of concurrent operations, at least one.
    package init(_ limit: Int) {
        state = Mutex(State(free: max(1, limit)))
    }

    /// Runs an operation when fewer than the maximum number are running.
    ///
    /// An operation must not run another one under the same limit: both could wait for each other.
    /// - Parameter body: the operation.
    /// - Returns: its result.
    /// - Throws: its error; `CancellationError` if the task is canceled before the operation starts.
    package func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await acquire()
        defer { release() }
        return try await body()
    }

    private func acquire() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // `nil` while the operation has to wait. A cancellation after this check finds it among the waiting.
                let outcome = state.withLock { state -> Swift.Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
