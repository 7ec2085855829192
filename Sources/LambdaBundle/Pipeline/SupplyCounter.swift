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
        progress(.finished(.resolution, summary: "\(count) wheels\(forTargets)", duration: duration))
        if downloaded > 0 {
            let size = ByteSize.text(bytes)
            progress(.finished(.download, summary: "\(downloaded) wheels, \(size)", duration: duration))
        }
        if built > 0 { progress(.finished(.build, summary: "\(built) wheels", duration: duration)) }
    }
}

/// Sizes for people.
enum ByteSize {
    /// A size in bytes with a unit that leaves at most three digits before the point, such as `84.2 MB`.
    static func text(_ bytes: Int64) -> String {
        let units = ["B", "kB", "MB", "GB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        guard unit > 0 else { return "\(bytes) B" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
