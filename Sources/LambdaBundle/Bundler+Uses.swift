import HostSystem
import PythonPackaging
package import RequirementFormats
package import WheelProvisioning

/// The wheels that some functions or a layer use, with the requirements that they satisfy.
package struct RequirementUse: Sendable {
    /// The keys of the functions.
    package let functions: [String]
    /// The key of the layer; `nil` if the requirements are for functions.
    package let layer: String?
    /// The target of the wheels.
    package let target: Target
    /// The requirements of the source.
    package let requirements: RequirementSet
    /// The wheels, sorted by name.
    package let wheels: [StoredWheel]
    /// The names that `noDeploy` omits, normalized.
    package let omitted: Set<String>
}

extension Bundler {
    /// Resolves the requirements of a service, without making artifacts.
    ///
    /// - Parameters:
    ///   - request: the service.
    ///   - progress: called with the progress of the work, from any thread.
    /// - Returns: the wheels, in the order of the artifacts.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    @concurrent
    package func requirementUses(
        of request: BundleRequest,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> [RequirementUse] {
        try await describingErrors {
            try await run(prepare(request), progress) { run in try await run.requirementUses() }
        }
    }
}

extension BundleRun {
    /// The wheels of all artifacts with their requirements.
    fileprivate func requirementUses() async throws -> [RequirementUse] {
        let wheels = try await collectedWheels()
        return preparation.plan.artifacts.compactMap { plan in
            guard let payload = plan.payload, let origin = payload.origin, let set = preparation.sets[origin] else {
                return nil
            }
            let layer = preparation.plan.requirementLayers.first { $0.key == plan.layer }
            return RequirementUse(
                functions: layer?.functions ?? plan.functions,
                layer: plan.layer,
                target: payload.target,
                requirements: set,
                wheels: wheels[WheelRequest(origin: origin, target: payload.target)] ?? [],
                omitted: Set(preparation.provisioningOptions.excluded.map(\.normalized))
            )
        }
    }
}
