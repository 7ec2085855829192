import LambdaBundle

/// Tells how packaging goes on: a live line on a terminal, a line a stage when it is done.
struct PackagingProgress: Sendable {
    let terminal: Terminal

    /// Tells one event, on any thread.
    func tell(_ event: BundleProgress) {
        switch event {
        case .advanced(let stage, let completed, let total, let bytes):
            let size = bytes > 0 ? ", \(Quantity.megabytes(bytes))" : ""
            terminal.show(progress: "\(Self.doing(stage)) \(completed) of \(total)\(size)")
        case .waiting(let hosts, let duration):
            let text = "Waiting for \(hosts.joined(separator: ", ")) (\(duration.components.seconds) s)"
            if terminal.isLive { terminal.show(progress: text) } else { terminal.say(text) }
        case .finished(let stage, let summary, let duration):
            terminal.say("\(Self.done(stage)): \(summary) (\(DurationText.short(duration)))")
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
