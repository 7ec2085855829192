import HostSystem
import LambdaBundle
import Synchronization

/// Shows the progress of packaging: a live line on a terminal, and a line for each stage that has finished.
final class PackagingProgress: Sendable {
    private let terminal: Terminal
    private let text: Mutex<ProgressText>
    private let waits = WaitLog()

    /// Shows progress on a terminal, beginning with what the program does.
    init(_ activity: String, on terminal: Terminal) {
        self.terminal = terminal
        text = Mutex(ProgressText(activity: activity))
        terminal.show(progress: { [weak self] now, columns in
            self?.text.withLock { $0.line(at: now, columns: columns) } ?? activity
        })
    }

    /// Shows an event; may be called on any thread.
    func report(_ event: BundleProgress) {
        text.withLock { $0.add(event, at: terminal.progressTime) }
        switch event {
        case .advanced: break
        case .waiting(let hosts, let duration):
            guard !terminal.isLive, waits.admits(hosts, duration) else { break }
            terminal.log("Waiting for \(hosts.joined(separator: ", ")) (\(duration.components.seconds) s)")
        case .found(let diagnostic): terminal.report([diagnostic])
        case .finished(let result, let duration):
            terminal.log(Self.summary(of: result), secondary: "(\(DurationText.short(duration)))")
        }
        terminal.refreshProgress()
    }

    /// The line that stays when a stage has finished, without its duration.
    static func summary(of result: BundleProgress.StageResult) -> String {
        switch result {
        case .resolved(let wheels, let targets):
            return "Resolved: \(Quantity.text(wheels, "wheel"))" + (targets == 1 ? "" : " for \(targets) targets")
        case .downloaded(let files, let bytes):
            return "Downloaded: \(Quantity.text(files, "file")), \(Quantity.megabytes(bytes))"
        case .built(let wheels): return "Built: \(Quantity.text(wheels, "wheel"))"
        case .wrote(0, _, let unchanged) where unchanged > 0: return "Wrote: nothing, \(unchanged) unchanged"
        case .wrote(let artifacts, let bytes, let unchanged):
            return "Wrote: \(Quantity.text(artifacts, "artifact")), \(Quantity.megabytes(bytes))"
                + (unchanged > 0 ? ", \(unchanged) unchanged" : "")
        }
    }
}
