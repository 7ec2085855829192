import Dispatch

/// The threads for work that blocks.
private let blockingQueue = DispatchQueue(label: "furoshiki.blocking", attributes: .concurrent)

/// Runs work that blocks on a thread of its own, so that it holds none of those that run tasks.
package func offPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        blockingQueue.async {
            continuation.resume(with: Swift.Result(catching: work))
        }
    }
}
