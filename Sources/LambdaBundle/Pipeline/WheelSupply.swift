import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// What wheels are chosen by: two functions that agree in it have the same wheels.
struct WheelDemand: Hashable, Sendable {
    /// What the requirements are read from.
    var origin: RequirementSource
    /// What the wheels are for.
    var target: Target
}

/// Gets the wheels of all artifacts of a run: each distinct demand once, all at the same time.
struct WheelSupply: Sendable {
    let supplier: any WheelSupplying
    let options: SupplyOptions
    let clock: MonotonicClock
    let progress: @Sendable (BundleProgress) -> Void

    /// How many demands are resolved at a time; each is a process of the resolver, which waits for the network most
    /// of the time.
    private static let limit = 8

    /// The options of a supplier that a service's options mean.
    static func options(_ options: RequirementOptions) -> SupplyOptions {
        var supply = SupplyOptions()
        // A name that no distribution may have is that of a file or folder.
        supply.excluded = Set(options.noDeploy.compactMap { try? PackageName(parsing: $0) })
        supply.usesResolutionCache = options.usesStaticCache
        supply.usesWheelCache = options.usesDownloadCache
        supply.maximumResolutions = options.maximumCacheVersions
        supply.interpreter = options.interpreter
        return supply
    }

    /// Gets the wheels.
    ///
    /// - Parameters:
    ///   - demands: what is asked for; each counts once.
    ///   - sets: what the sources ask for.
    /// - Returns: the wheels of each demand.
    /// - Throws: a `DiagnosticError` with the faults of all demands, `CancellationError`.
    func wheels(
        for demands: [WheelDemand],
        of sets: [RequirementSource: RequirementSet]
    ) async throws -> [WheelDemand: [StoredWheel]] {
        var distinct: [WheelDemand] = []
        for demand in demands where !distinct.contains(demand) { distinct.append(demand) }
        guard !distinct.isEmpty else { return [:] }
        let counter = SupplyCounter(demandCount: distinct.count, clock: clock, progress: progress)
        let outcomes = try await distinct.concurrentMap(limit: Self.limit) { demand in
            guard let set = sets[demand.origin] else {
                return (demand, Result<[StoredWheel], any Error>.success([]))
            }
            do {
                let wheels = try await supplier.wheels(
                    for: set,
                    target: demand.target,
                    options: options,
                    report: { counter.count($0) }
                )
                return (demand, .success(wheels))
            } catch let error as CancellationError {
                throw error
            } catch {
                return (demand, .failure(error))
            }
        }
        var wheels: [WheelDemand: [StoredWheel]] = [:]
        var faults = SupplyFaults()
        for (demand, outcome) in outcomes {
            switch outcome {
            case .success(let found): wheels[demand] = found
            case .failure(let error): faults.add(error)
            }
        }
        if let error = faults.error { throw error }
        counter.finish(wheels)
        return wheels
    }
}

/// The faults of several demands, each told once.
private struct SupplyFaults {
    private var faults: [any DiagnosticConvertible] = []

    /// Adds a fault; the same one of another target only adds the target.
    mutating func add(_ error: any Error) {
        if let fault = error as? TargetFault {
            for index in faults.indices {
                guard var known = faults[index] as? TargetFault, known.merge(fault) else { continue }
                faults[index] = known
                return
            }
        }
        faults.append((error as? any DiagnosticConvertible) ?? DiagnosticError(describing: error))
    }

    /// All that is wrong; `nil` where nothing is.
    var error: DiagnosticError? {
        var told: [Diagnostic] = []
        for diagnostic in faults.flatMap(\.diagnostics) where !told.contains(diagnostic) { told.append(diagnostic) }
        return told.isEmpty ? nil : DiagnosticError(told)
    }
}
