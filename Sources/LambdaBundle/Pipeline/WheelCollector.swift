import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// A request for wheels: functions with equal requests have the same wheels.
struct WheelRequest: Hashable, Sendable {
    /// The source of the requirements.
    var origin: RequirementSource
    /// The target of the wheels.
    var target: Target
}

/// Obtains the wheels of all artifacts of a run; distinct requests are processed once and concurrently.
struct WheelCollector: Sendable {
    let provider: any WheelProvider
    let options: ProvisioningOptions
    let clock: MonotonicClock
    let progress: @Sendable (BundleProgress) -> Void

    /// The number of requests that are resolved at a time; each is a process of the resolver that mostly waits for
    /// the network.
    private static let limit = 8

    /// The options for obtaining wheels according to the options of a service.
    static func options(_ options: RequirementOptions) -> ProvisioningOptions {
        var result = ProvisioningOptions()
        // Other names in `noDeploy` are those of files and directories.
        result.excluded = Set(options.noDeploy.compactMap { try? PackageName(parsing: $0) })
        result.usesResolutionCache = options.usesStaticCache
        result.usesWheelCache = options.usesDownloadCache
        result.maximumResolutions = options.maximumCacheVersions
        result.interpreter = options.interpreter
        result.containers = options.containerOptions
        return result
    }

    /// Obtains wheels.
    ///
    /// - Parameters:
    ///   - wheelRequests: the requests, which may contain duplicates.
    ///   - sets: the requirements of each source.
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
        let outcomes = try await provider.sharingContainers { provider in
            try await results(of: distinct, sets, from: provider, counter)
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

    private func results(
        of requests: [WheelRequest],
        _ sets: [RequirementSource: RequirementSet],
        from provider: any WheelProvider,
        _ counter: ProvisioningProgress
    ) async throws -> [(WheelRequest, Result<[StoredWheel], any Error>)] {
        try await requests.concurrentMap(limit: Self.limit) { wheelRequest in
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
    }
}

/// The errors of several requests without duplicates.
private struct CollectedErrors {
    private var errors: [any DiagnosticConvertible] = []

    /// Adds an error; if only the target differs from a previous one, the target is added to that.
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

    /// The error of all diagnostics, or `nil` if there are none.
    var error: DiagnosticError? {
        var diagnostics: [Diagnostic] = []
        for diagnostic in errors.flatMap(\.diagnostics) where !diagnostics.contains(diagnostic) {
            diagnostics.append(diagnostic)
        }
        return diagnostics.isEmpty ? nil : DiagnosticError(diagnostics)
    }
}
