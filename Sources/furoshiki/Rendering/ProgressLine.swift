import HostSystem
import Synchronization

/// The last line of a terminal, which shows the progress of the current work.
final class ProgressLine: Sendable {
    /// The text of the line at a time, for a number of columns.
    typealias Content = @Sendable (_ now: Duration, _ columns: Int) -> String

    private struct State {
        var content: Content?
        var isShown = false
        var last: Duration?
    }

    private let streams: any StandardStreams
    private let clock: MonotonicClock
    private let isLive: Bool
    private let state = Mutex(State())

    /// The time between two drawings of the line, which is that of one turn of the spinner.
    private static let period = Duration.milliseconds(100)

    /// Creates a line on standard error; it is never shown unless `isLive`, which means that the terminal can rewrite it.
    init(on streams: any StandardStreams, clock: MonotonicClock, isLive: Bool) {
        self.streams = streams
        self.clock = clock
        self.isLive = isLive
    }

    /// The current time of the clock that the content is asked for.
    var now: Duration { clock.now }

    /// Runs a body while the line is drawn periodically, so that a user sees that the program is working.
    ///
    /// The line first appears after one period; shorter work shows none.
    func whileDrawing<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        guard isLive else { return try await body() }
        async let _ = drawPeriodically()
        return try await body()
    }

    /// Sets what the line shows, from its next drawing on; `nil` removes it.
    func set(_ content: Content?) {
        state.withLock { $0.content = content }
        if content == nil { clear() }
    }

    /// Draws the line again if it is shown; more than twenty drawings a second are dropped.
    func refresh() { draw { $0.isShown } }

    private func draw(if condition: (State) -> Bool) {
        guard isLive else { return }
        state.withLock { state in
            let now = clock.now
            guard condition(state), let content = state.content else { return }
            if let last = state.last, state.isShown, now - last < .milliseconds(50) { return }
            // A line that wraps cannot be removed again.
            let columns = (streams.columns(of: .error) ?? 80) - 1
            let shown = DisplayWidth.prefix(of: content(now, columns), columns: columns)
            streams.write("\r\u{1B}[2K\(shown)", to: .error)
            state.isShown = true
            state.last = now
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

    @concurrent
    private func drawPeriodically() async {
        while true {
            // The only possible error is cancellation, after the work has ended.
            do { try await clock.sleep(for: Self.period) } catch { return }
            draw { _ in true }
        }
    }
}
