package import HostSystem
import Synchronization

/// A process runner that starts nothing: a closure answers, and every request is kept.
package final class ScriptedProcessRunner: ProcessRunner {
    private let answer: @Sendable (ProcessRequest) async throws -> ProcessResult
    private let log = Mutex<[ProcessRequest]>([])

    /// Makes a runner.
    package init(_ answer: @escaping @Sendable (ProcessRequest) async throws -> ProcessResult) {
        self.answer = answer
    }

    /// What was asked for so far, in order.
    package var requests: [ProcessRequest] { log.withLock { $0 } }

    package func run(_ request: ProcessRequest) async throws -> ProcessResult {
        log.withLock { $0.append(request) }
        return try await answer(request)
    }
}
