import ConfigurationValues
import Diagnostics
import PythonPackaging
import WheelProvisioning

extension BundleRun {
    /// A diagnostic about wheels that were built without the container that the user wants, if any.
    func containerFindings(_ results: [ArtifactResult]) -> [Diagnostic] {
        guard preparation.options.containers == .always else { return [] }
        let wheels = Set(results.flatMap { $0.input.recipe?.wheels ?? [] }.filter(\.isBuilt))
        guard !wheels.isEmpty else { return [] }
        let names = Set(wheels.map { "'\($0.name.name.normalized) \($0.name.version)'" }).sorted()
        let isPure = wheels.allSatisfy { wheel in wheel.name.tags.allSatisfy { $0.platform == "any" } }
        return [
            Diagnostic(
                isPure ? .note : .warning,
                .containerNotUsed,
                "'dockerizePip' has no effect yet: " + names.joined(separator: ", ")
                    + (names.count == 1 ? " has no wheel, and was" : " have no wheels, and were")
                    + " built on this system",
                at: request.pythonRequirements?["dockerizePip"]?.place,
                notes: isPure ? ["pure Python works on every system"] : []
            )
        ]
    }
}
