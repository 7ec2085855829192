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
                .noArtifactToShare,
                "function '\(function.key)' has no artifact: its package.disable is set, and no other function has one"
                    + " to share",
                at: function.package?["disable"]?.place ?? function.place,
                help: ["name a zip file with package.artifact, or remove package.disable"]
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
                .functionNamedLikeService,
                "function '\(function.key)' has the name of the service, so that both artifacts would be"
                    + " '\(own.path)': it uses the artifact of the service",
                at: function.place,
                help: ["rename the function to package it individually"]
            )
        )
    }
}
