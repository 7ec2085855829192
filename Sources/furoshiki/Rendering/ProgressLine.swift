import Synchronization

/// The line at the end of a terminal that says how far the work is.
final class ProgressLine: Sendable {
    private struct State {
        var isShown = false
        var last: ContinuousClock.Instant?
    }

    private let isLive: Bool
    private let state = Mutex(State())

    /// Makes a line, which is never shown unless the terminal can rewrite it.
    init(isLive: Bool) { self.isLive = isLive }

    /// Shows a text in place of the last one; more than twenty a second are dropped.
    func show(_ text: String) {
        state.withLock { state in
            let now = ContinuousClock.now
            if let last = state.last, state.isShown, now - last < .milliseconds(50) { return }
            // A line that went on in the next row could not be taken back.
            let shown = DisplayWidth.prefix(of: text, columns: (StandardStreams.columns(of: 2) ?? 80) - 1)
            StandardStreams.write("\r\u{1B}[2K\(shown)", to: 2)
            state = State(isShown: true, last: now)
        }
    }

    /// Takes the line away, so that something else can be written.
    func clear() {
        guard isLive else { return }
        state.withLock { state in
            guard state.isShown else { return }
            StandardStreams.write("\r\u{1B}[2K", to: 2)
            state.isShown = false
        }
    }
}
