import ConfigurationValues
import RequirementFormats

extension BundleRun {
    /// The properties of functions that the inspection of their artifacts needs, by key.
    var inspectedFunctions: [String: InspectedArtifact.Function] {
        let isIndividual = PackageSettings(request.package).isIndividual
        let usesModules = request.functions.contains { $0.module?.string?.isEmpty == false }
        var functions: [String: InspectedArtifact.Function] = [:]
        for function in request.functions where !function.isImage {
            let setting = function.runtime ?? request.runtime
            // Unknown runtimes are rejected where they matter; their handlers cannot be checked.
            guard let name = setting?.string, let runtime = try? LambdaRuntime(named: name, at: setting?.place) else {
                continue
            }
            let isIndividual = isIndividual || PackageSettings(function.package).isIndividual
            let isPython = if case .python = runtime { true } else { false }
            // Beside functions with modules, others are often written as if they had one.
            let hasModule = function.module?.string?.isEmpty == false || !isPython && usesModules
            functions[function.key] = InspectedArtifact.Function(
                key: function.key,
                handler: function.handler?.string,
                handlerPlace: function.handler?.place,
                runtime: runtime,
                hasLayers: function.hasLayers || preparation.options.layer != nil,
                hasIgnoredModule: hasModule && !(isIndividual && isPython)
            )
        }
        return functions
    }
}
