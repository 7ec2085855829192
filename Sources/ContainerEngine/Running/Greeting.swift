import Synchronization

/// The first lines that a container prints, until the line that says it is ready.
final class Greeting: Sendable {
    private struct State {
        var text: [UInt8] = []
        var result: Result<[String], any Error>?
        var waiting: CheckedContinuation<[String], any Error>?
    }

    /// The line that ends the greeting.
    static let lastLine = "furoshiki: ready"

    private let state = Mutex(State())

    /// Adds output of the container.
    func receive(_ bytes: [UInt8]) {
        let lines: [String]? = state.withLock { state in
            guard state.result == nil else { return nil }
            state.text += bytes
            let lines = String(decoding: state.text, as: UTF8.self).split(separator: "\n").map(String.init)
            return lines.last == Self.lastLine ? lines.dropLast() : nil
        }
        if let lines { finish(.success(lines)) }
    }

    /// Ends the wait with a result, unless it has ended before.
    func finish(_ result: Result<[String], any Error>) {
        let waiting: CheckedContinuation<[String], any Error>? = state.withLock { state in
            guard state.result == nil else { return nil }
            state.result = result
            return state.waiting.take()
        }
        waiting?.resume(with: result)
    }

    /// Waits for the greeting.
    ///
    /// - Throws: The error with which the container ended before, `CancellationError`.
    func lines() async throws -> [String] {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known = state.withLock { state -> Result<[String], any Error>? in
                    if state.result == nil { state.waiting = continuation }
                    return state.result
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }
}
