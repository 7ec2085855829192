import HostSystem
import Synchronization

/// The last line of a terminal, which shows the progress of the current work.
final class ProgressLine: Sendable {
    private struct State {
        var isShown = false
        var last: Duration?
    }

    private let streams: any StandardStreams
    private let clock: MonotonicClock
    private let isLive: Bool
    private let state = Mutex(State())

    /// Creates a line on standard error; it is never shown unless `isLive`, which means that the terminal can rewrite it.
    init(on streams: any StandardStreams, clock: MonotonicClock, isLive: Bool) {
        self.streams = streams
        self.clock = clock
        self.isLive = isLive
    }

    /// Replaces the line; more than twenty replacements a second are dropped.
    func show(_ text: String) {
        state.withLock { state in
            let now = clock.now
            if let last = state.last, state.isShown, now - last < .milliseconds(50) { return }
            // A line that wraps cannot be removed again.
            let shown = DisplayWidth.prefix(of: text, columns: (streams.columns(of: .error) ?? 80) - 1)
            streams.write("\r\u{1B}[2K\(shown)", to: .error)
            state = State(isShown: true, last: now)
        }
    }

    /// Removes the line, so that other output can be written.
    func clear() {
        guard isLive else { return }
        state.withLock { state in
            guard state.isShown else { return }
            streams.write("\r\u{1B}[2K", to: .error)
            state.isShown = false
        }
    }
}
