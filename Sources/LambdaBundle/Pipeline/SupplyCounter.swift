import HostSystem
import PythonPackaging
import Synchronization

/// Counts what suppliers of wheels tell, over all demands, into the progress of a run.
final class SupplyCounter: Sendable {
    private struct State {
        var resolved = 0
        var received: [PackageName: Int64] = [:]
        var done: Set<PackageName> = []
        var reused: Set<PackageName> = []
        var building: Set<PackageName> = []
        var built: Set<PackageName> = []
        /// For how long servers had not answered when that was told last; several resolutions wait side by side.
        var waits: [[String]: Duration] = [:]
    }

    private let demandCount: Int
    private let progress: @Sendable (BundleProgress) -> Void
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Begins to count.
    init(demandCount: Int, progress: @escaping @Sendable (BundleProgress) -> Void) {
        self.demandCount = demandCount
        self.progress = progress
        progress(.advanced(.resolution, completed: 0, total: demandCount, bytes: 0))
    }

    /// Counts one event.
    func count(_ event: SupplyEvent) {
        let message = state.withLock { state -> BundleProgress? in
            switch event {
            case .resolved:
                state.resolved += 1
                return .advanced(.resolution, completed: state.resolved, total: demandCount, bytes: 0)
            case .reused(let name, _):
                state.reused.insert(name)
                return nil
            case .downloading(let name, let bytes, _): state.received[name] = bytes
            case .downloaded(let name, let bytes):
                state.received[name] = bytes
                state.done.insert(name)
            case .waiting(let hosts, let duration):
                if state.waits.updateValue(duration, forKey: hosts) == duration { return nil }
                return .waiting(hosts: hosts, duration)
            case .building(let name):
                state.building.insert(name)
                return .advanced(.build, completed: state.built.count, total: state.building.count, bytes: 0)
            case .built(let name):
                state.built.insert(name)
                return .advanced(.build, completed: state.built.count, total: state.building.count, bytes: 0)
            }
            let bytes = state.received.values.reduce(0, +)
            return .advanced(.download, completed: state.done.count, total: state.received.count, bytes: bytes)
        }
        if let message { progress(message) }
    }

    /// Tells what came of it.
    func finish(_ wheels: [WheelDemand: [StoredWheel]]) {
        let (downloaded, bytes, built) = state.withLock { state in
            (state.done.count, state.received.values.reduce(0, +), state.built.count)
        }
        let duration = ContinuousClock.now - start
        let count = Set(wheels.values.joined().map(\.sha256)).count
        let targets = Set(wheels.keys.map(\.target)).count
        let forTargets = targets == 1 ? "" : " for \(targets) targets"
        progress(.finished(.resolution, summary: Quantity.text(count, "wheel") + forTargets, duration: duration))
        if downloaded > 0 {
            let size = Quantity.megabytes(bytes)
            progress(
                .finished(.download, summary: "\(Quantity.text(downloaded, "wheel")), \(size)", duration: duration)
            )
        }
        if built > 0 { progress(.finished(.build, summary: Quantity.text(built, "wheel"), duration: duration)) }
    }
}
