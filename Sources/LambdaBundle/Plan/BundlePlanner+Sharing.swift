import ConfigurationValues
import Diagnostics
import HostSystem

extension BundlePlanner {
    /// Assigns functions with disabled packaging to the shared artifact.
    ///
    /// - Throws: a `DiagnosticError` if there is no shared artifact.
    func sharing(
        _ disabled: [BundleFunction],
        with others: [BundleFunction]
    ) throws(DiagnosticError) -> [BundleFunction] {
        for function in disabled {
            let isIndividual = service.isIndividual || PackageSettings(function.package).isIndividual
            guard service.artifact == nil, others.isEmpty || isIndividual else { continue }
            throw DiagnosticError(
                "function '\(function.key)' has no artifact: its package.disable is set, and no other function has one"
                    + " to share",
                category: .bundle,
                at: function.package?["disable"]?.place ?? function.place,
                help: ["name a zip of your own by package.artifact, or leave package.disable out"]
            )
        }
        return disabled
    }

    /// Adds the artifact of a function.
    ///
    /// A function with the name of the service uses the artifact of the service, as in Serverless v3, where one zip file
    /// replaces the other.
    mutating func addIndividual(_ own: ArtifactPlan) {
        guard !own.isPrebuilt,
            let shared = plan.artifacts.firstIndex(where: { $0.path == own.path && !$0.isPrebuilt }),
            let function = request.functions.first(where: { $0.key == own.functions.first })
        else {
            plan.artifacts.append(own)
            return
        }
        guard plan.artifacts[shared].payload == own.payload else {
            var own = own
            own.path = "\(function.key)-function.zip"
            plan.artifacts.append(own)
            return
        }
        plan.artifacts[shared].functions += own.functions
        plan.findings.append(
            Diagnostic(
                .warning,
                "function '\(function.key)' is called like the service, so that both would be '\(own.path)': it runs"
                    + " the artifact of the service",
                category: .bundle,
                at: function.place,
                help: ["give the function another key to package it individually"]
            )
        )
    }
}
