import Dispatch

/// Starts work on a separate thread.
///
/// Each piece of work gets a serial queue, which has a thread immediately even if many others wait. The threads of
/// concurrent queues are limited to the number of processors, and also run tasks.
func onOwnThread(_ label: String, _ work: @escaping @Sendable () -> Void) {
    DispatchQueue(label: label).async(execute: work)
}

/// Runs blocking work on a separate thread, so that it does not block the threads that run tasks.
package func offPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        onOwnThread("furoshiki.blocking") {
            continuation.resume(with: Swift.Result(catching: work))
        }
    }
}
