import Synchronization

/// Decides which waits for servers are written to a log, where each line stays: the first one for each server, and again
/// only when the wait has become long.
final class WaitLog: Sendable {
    private struct State {
        var hosts: Set<String> = []
        /// The length of the next wait that is written for servers that were already named.
        var next = Duration.seconds(30)
    }

    private let state = Mutex(State())

    /// Creates a log without waits.
    init() {}

    /// Whether a wait is written; if so, later ones are written only when they take twice as long.
    func admits(_ hosts: [String], _ duration: Duration) -> Bool {
        state.withLock { state in
            let isLong = duration >= state.next
            if isLong { while state.next <= duration { state.next *= 2 } }
            let isNew = !state.hosts.isSuperset(of: hosts)
            state.hosts.formUnion(hosts)
            return isLong || isNew
        }
    }
}
