import Synchronization

/// A fact that one task of a test reports to another, such as that a process has ended.
package final class Flag: Sendable {
    private let state = Mutex(false)

    /// Creates a flag that is not set.
    package init() {}

    /// Whether the fact was reported.
    package var isSet: Bool { state.withLock { $0 } }

    /// Reports the fact to the other tasks.
    package func set() { state.withLock { $0 = true } }
}
