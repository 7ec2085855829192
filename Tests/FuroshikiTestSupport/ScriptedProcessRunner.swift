package import HostSystem
import Synchronization

/// A process runner that starts no processes: a closure returns the results, and requests are recorded.
package final class ScriptedProcessRunner: ProcessRunner {
    private let answer: @Sendable (ProcessRequest) async throws -> ProcessResult
    private let log = Mutex<[ProcessRequest]>([])

    /// Creates a runner whose results come from a closure.
    package init(_ answer: @escaping @Sendable (ProcessRequest) async throws -> ProcessResult) {
        self.answer = answer
    }

    /// The requests so far, in order.
    package var requests: [ProcessRequest] { log.withLock { $0 } }

    package func run(_ request: ProcessRequest) async throws -> ProcessResult {
        log.withLock { $0.append(request) }
        return try await answer(request)
    }
}
