import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import WheelProvisioning

/// Combines the events of a wheel provider for all requests into the progress of a run.
///
/// Requests and stages overlap: the time of a stage is that from its first event to its last.
final class ProvisioningProgress: Sendable {
    /// A wheel that is built; a distribution is built separately for each target.
    private struct Build: Hashable {
        let name: PackageName
        let target: Target
    }

    private struct State {
        var resolved = 0
        /// The files in the order in which their downloads started.
        var files: [String] = []
        /// The number of received bytes of each file.
        var received: [String: Int64] = [:]
        /// The sizes of files that servers have reported.
        var sizes: [String: Int64] = [:]
        var downloaded: Set<String> = []
        /// The wheels in the order in which their builds started.
        var building: [Build] = []
        var built: Set<Build> = []
        /// The times of the first and the last event of each stage.
        var spans: [BundleProgress.Stage: ClosedRange<Duration>] = [:]
        /// The last reported waiting time for each set of servers, so that concurrent resolutions report it once.
        var waits: [[String]: Duration] = [:]
        /// The warnings so far, which several resolutions can find.
        var found: Set<Diagnostic> = []

        mutating func receive(_ bytes: Int64, of total: Int64?, _ file: String) {
            if received.updateValue(bytes, forKey: file) == nil { files.append(file) }
            if let total { sizes[file] = total }
        }

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

    /// Creates the progress of a number of requests.
    ///
    /// - Parameters:
    ///   - requestCount: the number of requests, each of which is resolved.
    ///   - clock: the clock that measures the time of the stages.
    ///   - progress: receives the combined progress, on any thread.
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
        progress(.advanced(.resolution, BundleProgress.StageState(completed: 0, total: requestCount)))
    }

    /// Processes an event of the provider.
    func count(_ event: ProvisioningEvent) {
        let instant = clock.now
        let message = state.withLock { state -> BundleProgress? in
            switch event {
            case .resolved:
                state.resolved += 1
                state.mark(.resolution, instant)
                return .advanced(
                    .resolution,
                    BundleProgress.StageState(completed: state.resolved, total: requestCount)
                )
            case .downloading(let file, let bytes, let total):
                state.receive(bytes, of: total, file)
                return downloads(&state, instant)
            case .downloaded(let file, let bytes):
                state.receive(bytes, of: bytes, file)
                state.downloaded.insert(file)
                return downloads(&state, instant)
            case .waiting(let hosts, let duration):
                if state.waits.updateValue(duration, forKey: hosts) == duration { return nil }
                return .waiting(hosts: hosts, duration)
            case .found(let diagnostic):
                return state.found.insert(diagnostic).inserted ? .found(diagnostic) : nil
            case .building(let name, let target):
                let build = Build(name: name, target: target)
                if !state.building.contains(build) { state.building.append(build) }
                return builds(&state, instant)
            case .built(let name, let target):
                state.built.insert(Build(name: name, target: target))
                return builds(&state, instant)
            }
        }
        if let message { progress(message) }
    }

    /// Reports the result of each stage.
    func finish(_ wheels: [WheelRequest: [StoredWheel]]) {
        let state = self.state.withLock { $0 }
        let count = Set(wheels.values.joined().map(\.sha256)).count
        let targets = Set(wheels.keys.map(\.target)).count
        finish(.resolution, .resolved(wheels: count, targets: targets), state)
        if !state.downloaded.isEmpty {
            let bytes = state.received.values.reduce(0, +)
            finish(.download, .downloaded(files: state.downloaded.count, bytes: bytes), state)
        }
        if !state.built.isEmpty { finish(.build, .built(wheels: state.built.count), state) }
    }

    private func finish(_ stage: BundleProgress.Stage, _ result: BundleProgress.StageResult, _ state: State) {
        progress(.finished(result, duration: state.duration(stage)))
    }

    private func downloads(_ state: inout State, _ instant: Duration) -> BundleProgress {
        state.mark(.download, instant)
        let unfinished = state.files.filter { !state.downloaded.contains($0) }
        return .advanced(
            .download,
            BundleProgress.StageState(
                completed: state.downloaded.count,
                total: state.files.count,
                bytes: state.received.values.reduce(0, +),
                totalBytes: state.sizes.count == state.files.count ? state.sizes.values.reduce(0, +) : nil,
                names: unfinished.map(Self.name(ofFile:))
            )
        )
    }

    /// The short name of a file: the distribution of a wheel or of a source distribution.
    private static func name(ofFile file: String) -> String {
        guard let dash = file.firstIndex(of: "-"), file.hasSuffix(".whl") || file.hasSuffix(".tar.gz") else {
            return file
        }
        return String(file[..<dash])
    }

    private func builds(_ state: inout State, _ instant: Duration) -> BundleProgress {
        state.mark(.build, instant)
        let unfinished = state.building.filter { !state.built.contains($0) }
        return .advanced(
            .build,
            BundleProgress.StageState(
                completed: state.built.count,
                total: state.building.count,
                names: unfinished.map(\.name.normalized)
            )
        )
    }
}
