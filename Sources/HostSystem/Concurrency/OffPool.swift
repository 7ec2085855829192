import Dispatch

/// Starts work on a thread of its own.
///
/// Each piece of work gets a serial queue, because only such queues have threads at once however many others wait: the
/// threads of a concurrent queue are as few as the processors, and are those that run tasks too.
func onOwnThread(_ label: String, _ work: @escaping @Sendable () -> Void) {
    DispatchQueue(label: label).async(execute: work)
}

/// Runs work that blocks on a thread of its own, so that it holds none of those that run tasks.
package func offPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        onOwnThread("furoshiki.blocking") {
            continuation.resume(with: Swift.Result(catching: work))
        }
    }
}
