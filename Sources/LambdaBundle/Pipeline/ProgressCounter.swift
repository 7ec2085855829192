import Synchronization

/// Counts the steps of a stage; may be used on any thread.
final class ProgressCounter: Sendable {
    private let stage: BundleProgress.Stage
    private let progress: @Sendable (BundleProgress) -> Void
    private let state: Mutex<BundleProgress.StageState>

    /// Creates a counter for a stage with a number of steps.
    init(_ stage: BundleProgress.Stage, total: Int, _ progress: @escaping @Sendable (BundleProgress) -> Void) {
        self.stage = stage
        self.progress = progress
        state = Mutex(BundleProgress.StageState(completed: 0, total: total))
    }

    /// Runs a step, and counts it with the bytes that it wrote when it is completed.
    func count<Result>(
        _ name: String,
        _ step: () async throws -> (result: Result, bytes: Int64)
    ) async rethrows -> Result {
        report { $0.names.append(name) }
        let (result, bytes) = try await step()
        report { state in
            state.completed += 1
            state.bytes += bytes
            if let index = state.names.firstIndex(of: name) { state.names.remove(at: index) }
        }
        return result
    }

    private func report(_ change: (inout BundleProgress.StageState) -> Void) {
        let state = self.state.withLock { state in
            change(&state)
            return state
        }
        progress(.advanced(stage, state))
    }
}
