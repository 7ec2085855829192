import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// What wheels are chosen by: two functions that agree in it have the same wheels.
struct WheelRequest: Hashable, Sendable {
    /// What the requirements are read from.
    var origin: RequirementSource
    /// What the wheels are for.
    var target: Target
}

/// Gets the wheels of all artifacts of a run: each distinct request once, all at the same time.
struct WheelCollector: Sendable {
    let provider: any WheelProvider
    let options: ProvisioningOptions
    let clock: MonotonicClock
    let progress: @Sendable (BundleProgress) -> Void

    /// How many requests are resolved at a time; each is a process of the resolver, which waits for the network most
    /// of the time.
    private static let limit = 8

    /// The options of a provider that a service's options mean.
    static func options(_ options: RequirementOptions) -> ProvisioningOptions {
        var result = ProvisioningOptions()
        // A name that no distribution may have is that of a file or folder.
        result.excluded = Set(options.noDeploy.compactMap { try? PackageName(parsing: $0) })
        result.usesResolutionCache = options.usesStaticCache
        result.usesWheelCache = options.usesDownloadCache
        result.maximumResolutions = options.maximumCacheVersions
        result.interpreter = options.interpreter
        return result
    }

    /// Gets the wheels.
    ///
    /// - Parameters:
    ///   - wheelRequests: what is asked for; each counts once.
    ///   - sets: what the sources ask for.
    /// - Returns: the wheels of each request.
    /// - Throws: a `DiagnosticError` with the errors of all requests, `CancellationError`.
    func wheels(
        for wheelRequests: [WheelRequest],
        of sets: [RequirementSource: RequirementSet]
    ) async throws -> [WheelRequest: [StoredWheel]] {
        var distinct: [WheelRequest] = []
        for wheelRequest in wheelRequests where !distinct.contains(wheelRequest) { distinct.append(wheelRequest) }
        guard !distinct.isEmpty else { return [:] }
        let counter = ProvisioningProgress(requestCount: distinct.count, clock: clock, progress: progress)
        let outcomes = try await distinct.concurrentMap(limit: Self.limit) { wheelRequest in
            guard let set = sets[wheelRequest.origin] else {
                return (wheelRequest, Result<[StoredWheel], any Error>.success([]))
            }
            do {
                let wheels = try await provider.wheels(
                    for: set,
                    target: wheelRequest.target,
                    options: options,
                    report: { counter.count($0) }
                )
                return (wheelRequest, .success(wheels))
            } catch let error as CancellationError {
                throw error
            } catch {
                return (wheelRequest, .failure(error))
            }
        }
        var wheels: [WheelRequest: [StoredWheel]] = [:]
        var errors = CollectedErrors()
        for (wheelRequest, outcome) in outcomes {
            switch outcome {
            case .success(let found): wheels[wheelRequest] = found
            case .failure(let error): errors.add(error)
            }
        }
        if let error = errors.error { throw error }
        counter.finish(wheels)
        return wheels
    }
}

/// The errors of several requests, each told once.
private struct CollectedErrors {
    private var errors: [any DiagnosticConvertible] = []

    /// Adds a error; the same one of another target only adds the target.
    mutating func add(_ error: any Error) {
        if let targetError = error as? TargetError {
            for index in errors.indices {
                guard var known = errors[index] as? TargetError, known.merge(targetError) else { continue }
                errors[index] = known
                return
            }
        }
        errors.append((error as? any DiagnosticConvertible) ?? DiagnosticError(describing: error))
    }

    /// All that is wrong; `nil` where nothing is.
    var error: DiagnosticError? {
        var told: [Diagnostic] = []
        for diagnostic in errors.flatMap(\.diagnostics) where !told.contains(diagnostic) { told.append(diagnostic) }
        return told.isEmpty ? nil : DiagnosticError(told)
    }
}
