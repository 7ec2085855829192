import LambdaBundle

/// Shows the progress of packaging: a live line on a terminal, and a line for each stage that has finished.
struct PackagingProgress: Sendable {
    /// The output of the program.
    let terminal: Terminal
    private let waits = WaitLog()

    /// Creates the progress of one run.
    init(terminal: Terminal) { self.terminal = terminal }

    /// Shows an event; may be called on any thread.
    func report(_ event: BundleProgress) {
        switch event {
        case .advanced(let stage, let completed, let total, let bytes):
            let size = bytes > 0 ? ", \(Quantity.megabytes(bytes))" : ""
            terminal.show(progress: "\(Self.doing(stage)) \(completed) of \(total)\(size)")
        case .waiting(let hosts, let duration):
            let text = "Waiting for \(hosts.joined(separator: ", ")) (\(duration.components.seconds) s)"
            if terminal.isLive {
                terminal.show(progress: text)
            } else if waits.admits(hosts, duration) {
                terminal.log(text)
            }
        case .finished(let result, let duration):
            terminal.log("\(Self.summary(of: result)) (\(DurationText.short(duration)))")
        }
    }

    private static func doing(_ stage: BundleProgress.Stage) -> String {
        switch stage {
        case .resolution: "Resolving requirements"
        case .download: "Downloading files"
        case .build: "Building wheels"
        case .artifacts: "Writing artifacts"
        }
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
