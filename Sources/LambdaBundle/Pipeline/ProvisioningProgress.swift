import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import WheelProvisioning

/// Counts what providers of wheels tell, over all requests, into the progress of a run.
///
/// Providers work side by side, and so do the stages: each stage's time is from its own first event to its last.
final class ProvisioningProgress: Sendable {
    /// A wheel that is built: one distribution is built for each target anew.
    private struct Build: Hashable {
        let name: PackageName
        let target: Target
    }

    private struct State {
        var resolved = 0
        /// How many bytes of each file are here.
        var received: [String: Int64] = [:]
        var downloaded: Set<String> = []
        var building: Set<Build> = []
        var built: Set<Build> = []
        /// When each stage began and, as far as is known, ended.
        var spans: [BundleProgress.Stage: ClosedRange<Duration>] = [:]
        /// For how long servers had not answered when that was told last; several resolutions wait side by side.
        var waits: [[String]: Duration] = [:]

        mutating func mark(_ stage: BundleProgress.Stage, _ instant: Duration) {
            let start = spans[stage]?.lowerBound ?? instant
            spans[stage] = start...max(start, instant)
        }

        func duration(_ stage: BundleProgress.Stage) -> Duration {
            spans[stage].map { $0.upperBound - $0.lowerBound } ?? .zero
        }
    }

    private let requestCount: Int
    private let progress: @Sendable (BundleProgress) -> Void
    private let clock: MonotonicClock
    private let state = Mutex(State())

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - requestCount: how many requests there are, each of which is resolved.
    ///   - clock: measures the time of the stages.
    ///   - progress: gets what came of it, on any thread.
    init(
        requestCount: Int,
        clock: MonotonicClock,
        progress: @escaping @Sendable (BundleProgress) -> Void
    ) {
        self.requestCount = requestCount
        self.clock = clock
        self.progress = progress
        let start = clock.now
        state.withLock { $0.mark(.resolution, start) }
        progress(.advanced(.resolution, completed: 0, total: requestCount, bytes: 0))
    }

    /// Counts one event.
    func count(_ event: ProvisioningEvent) {
        let instant = clock.now
        let message = state.withLock { state -> BundleProgress? in
            switch event {
            case .resolved:
                state.resolved += 1
                state.mark(.resolution, instant)
                return .advanced(.resolution, completed: state.resolved, total: requestCount, bytes: 0)
            case .downloading(let file, let bytes, _):
                state.received[file] = bytes
                return downloads(&state, instant)
            case .downloaded(let file, let bytes):
                state.received[file] = bytes
                state.downloaded.insert(file)
                return downloads(&state, instant)
            case .waiting(let hosts, let duration):
                if state.waits.updateValue(duration, forKey: hosts) == duration { return nil }
                return .waiting(hosts: hosts, duration)
            case .building(let name, let target):
                state.building.insert(Build(name: name, target: target))
                return builds(&state, instant)
            case .built(let name, let target):
                state.built.insert(Build(name: name, target: target))
                return builds(&state, instant)
            }
        }
        if let message { progress(message) }
    }

    /// Tells what came of it.
    func finish(_ wheels: [WheelRequest: [StoredWheel]]) {
        let state = self.state.withLock { $0 }
        let count = Set(wheels.values.joined().map(\.sha256)).count
        let targets = Set(wheels.keys.map(\.target)).count
        let forTargets = targets == 1 ? "" : " for \(targets) targets"
        tell(.resolution, Quantity.text(count, "wheel") + forTargets, state)
        if !state.downloaded.isEmpty {
            let size = Quantity.megabytes(state.received.values.reduce(0, +))
            tell(.download, "\(Quantity.text(state.downloaded.count, "file")), \(size)", state)
        }
        if !state.built.isEmpty { tell(.build, Quantity.text(state.built.count, "wheel"), state) }
    }

    private func tell(_ stage: BundleProgress.Stage, _ summary: String, _ state: State) {
        progress(.finished(stage, summary: summary, duration: state.duration(stage)))
    }

    private func downloads(_ state: inout State, _ instant: Duration) -> BundleProgress {
        state.mark(.download, instant)
        let bytes = state.received.values.reduce(0, +)
        return .advanced(.download, completed: state.downloaded.count, total: state.received.count, bytes: bytes)
    }

    private func builds(_ state: inout State, _ instant: Duration) -> BundleProgress {
        state.mark(.build, instant)
        return .advanced(.build, completed: state.built.count, total: state.building.count, bytes: 0)
    }
}
