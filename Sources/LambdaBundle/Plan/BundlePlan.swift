import Diagnostics
import HostSystem
import RequirementFormats

/// Which artifacts a service gets, and what goes into each.
struct BundlePlan: Sendable {
    /// The artifacts in the order of the report.
    var artifacts: [ArtifactPlan] = []
    /// The layers of requirements among them.
    var requirementLayers: [BundleReport.RequirementLayer] = []
    /// The path of the shared artifact as the state of the service names it.
    var serviceArtifact: String?
    /// Warnings that arose.
    var findings: [Diagnostic] = []
}

/// One artifact that is to be.
struct ArtifactPlan: Sendable {
    /// What is in an artifact.
    enum Content: Sendable {
        /// Files of the service, with requirements or without.
        case files(ProjectFiles, Payload?)
        /// Requirements alone, for a layer.
        case layer(Payload)
        /// A zip that the user made.
        case prebuilt(LocalPath)
    }

    /// What the artifact is called that functions share.
    static let sharedSubject = "the service"

    /// The path below the folder of artifacts, such as `orders.zip` or `houses/stalls-orders-dev-seat.zip`.
    var path: String
    /// What is in it.
    var content: Content
    /// The keys of the functions that run it.
    var functions: [String] = []
    /// The key of the layer that it is.
    var layer: String?
    /// What it is called in messages, such as `function "orders"`.
    var subject: String
    /// Whether it is for people and scripts that look for it only: no function runs it, and no report names it.
    var isAuxiliary = false

    /// The requirements that go into it.
    var payload: Payload? {
        switch content {
        case .files(_, let payload): payload
        case .layer(let payload): payload
        case .prebuilt: nil
        }
    }
}

/// The files of a service that go into an artifact.
struct ProjectFiles: Sendable {
    /// The folder that is the root of the artifact, relative to the service.
    var folder = "."
    /// Which files.
    var rules: SelectionRules
    /// The module whose folder is the root of the artifact; `nil` for the service.
    var module: String?
    /// Whether development dependencies of a `package.json` are left out.
    var excludesDevelopmentDependencies = true
}

/// Requirements that go into an artifact.
struct Payload: Hashable, Sendable {
    /// What the requirements are read from; `nil` where only vendored files go in.
    var origin: RequirementSource?
    /// What wheels are chosen for.
    var target: Target
    /// Folders laid over the installed files, relative to the service, the later over the earlier.
    var vendors: [String]
    /// Whether they go in as an archive within the artifact, with a helper that unpacks it.
    var isNested = false
}
