import ConfigurationValues
import Diagnostics
import HostSystem

extension BundlePlanner {
    /// The functions for which nothing is packaged: they run what the others share, where there is such a thing.
    ///
    /// - Throws: a `DiagnosticError` where there is none.
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

    /// Adds the artifact of one function.
    ///
    /// A function that is called like the service shares the service's artifact, as in Serverless v3, where one zip
    /// takes the place of the other.
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
