/// A request with all that is known before anything is fetched, started or written: the plan of its artifacts.
package struct PreparedBundle: Sendable {
    /// The request, with the cache that its options name.
    let request: BundleRequest
    /// The options, the plan and the requirements.
    let preparation: BundlePreparation

    /// The layers that will hold requirements, which the service gets besides its own.
    package var requirementLayers: [BundleReport.RequirementLayer] { preparation.plan.requirementLayers }
}
