import Diagnostics
import HostSystem
import RequirementFormats

/// The artifacts of a service, with their contents.
struct BundlePlan: Sendable {
    /// The artifacts in the order of the report.
    var artifacts: [ArtifactPlan] = []
    /// The requirement layers, which are also in ``artifacts``.
    var requirementLayers: [BundleReport.RequirementLayer] = []
    /// The path of the shared artifact, as in the state file of the service.
    var serviceArtifact: String?
    /// Warnings that were found while planning.
    var findings: [Diagnostic] = []
}

/// An artifact to build.
struct ArtifactPlan: Sendable {
    /// The kinds of content.
    enum Content: Sendable {
        /// Files of the service, with or without requirements.
        case files(ProjectFiles, Payload?)
        /// Only requirements, for a layer.
        case layer(Payload)
        /// A zip file that the user has built.
        case prebuilt(LocalPath)
    }

    /// The description of the shared artifact in messages.
    static let sharedSubject = "the service"

    /// The path relative to the directory of artifacts, such as `orders.zip` or `houses/stalls-orders-dev-seat.zip`.
    var path: String
    /// The content of the artifact.
    var content: Content
    /// The keys of the functions that use the artifact.
    var functions: [String] = []
    /// The key of the layer, if the artifact is a layer.
    var layer: String?
    /// The description of the artifact in messages, such as `function "orders"`.
    var subject: String
    /// The place of `package.artifact`, if the user has built the artifact.
    var artifactPlace: SourcePlace?
    /// Whether it only exists for scripts that expect it: no function uses it, and it is not reported.
    var isAuxiliary = false

    /// The requirements in the artifact.
    var payload: Payload? {
        switch content {
        case .files(_, let payload): payload
        case .layer(let payload): payload
        case .prebuilt: nil
        }
    }
}

/// The files of a service to include in an artifact.
struct ProjectFiles: Sendable {
    /// The directory that becomes the root of the artifact, relative to the service.
    var folder = "."
    /// The patterns that select the files.
    var rules: SelectionRules
    /// The module whose directory is the root of the artifact, or `nil` for the service.
    var module: String?
    /// Whether to exclude development dependencies of Node projects.
    var excludesDevelopmentDependencies = true
}

/// The requirements to include in an artifact.
struct Payload: Hashable, Sendable {
    /// The source of the requirements, or `nil` if there are only vendored files.
    var origin: RequirementSource?
    /// The Python version and architecture for which wheels are chosen.
    var target: Target
    /// Directories that override installed files, relative to the service; later ones override earlier ones.
    var vendors: [String]
    /// Whether they are a nested archive, with a module that unpacks it.
    var isNested = false
}
