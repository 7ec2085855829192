import Synchronization

/// Counts the completed steps of a stage; may be used on any thread.
final class ProgressCounter: Sendable {
    private let stage: BundleProgress.Stage
    private let total: Int
    private let progress: @Sendable (BundleProgress) -> Void
    private let state = Mutex((completed: 0, bytes: Int64(0)))

    /// Creates a counter for a stage with a number of steps.
    init(_ stage: BundleProgress.Stage, total: Int, _ progress: @escaping @Sendable (BundleProgress) -> Void) {
        self.stage = stage
        self.total = total
        self.progress = progress
    }

    /// Counts a completed step and the bytes that it wrote.
    func count(_ bytes: Int64) {
        let (completed, sum) = state.withLock { state in
            state.completed += 1
            state.bytes += bytes
            return (state.completed, state.bytes)
        }
        progress(.advanced(stage, completed: completed, total: total, bytes: sum))
    }
}
