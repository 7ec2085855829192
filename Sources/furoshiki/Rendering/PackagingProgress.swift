import LambdaBundle

/// Shows the progress of packaging: a live line on a terminal, and a line for each stage that has finished.
struct PackagingProgress: Sendable {
    /// The output of the program.
    let terminal: Terminal

    /// Shows an event; may be called on any thread.
    func report(_ event: BundleProgress) {
        switch event {
        case .advanced(let stage, let completed, let total, let bytes):
            let size = bytes > 0 ? ", \(Quantity.megabytes(bytes))" : ""
            terminal.show(progress: "\(Self.doing(stage)) \(completed) of \(total)\(size)")
        case .waiting(let hosts, let duration):
            let text = "Waiting for \(hosts.joined(separator: ", ")) (\(duration.components.seconds) s)"
            if terminal.isLive { terminal.show(progress: text) } else { terminal.log(text) }
        case .finished(let stage, let summary, let duration):
            terminal.log("\(Self.done(stage)): \(summary) (\(DurationText.short(duration)))")
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

    private static func done(_ stage: BundleProgress.Stage) -> String {
        switch stage {
        case .resolution: "Resolved"
        case .download: "Downloaded"
        case .build: "Built"
        case .artifacts: "Wrote"
        }
    }
}
