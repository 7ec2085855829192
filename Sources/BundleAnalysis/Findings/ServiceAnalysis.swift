import Diagnostics
package import HostSystem
package import LambdaBundle

/// What is in the artifacts of a service: files by distribution, limits, duplicates, savings and changes.
package struct ServiceAnalysis: Sendable {
    /// A distribution with the artifacts that have it.
    package struct Distribution: Hashable, Sendable {
        /// The normalized name of the distribution.
        package let name: String
        /// The version of the first copy.
        package let version: String
        /// The license; `nil` if it is not stated.
        package let license: String?
        /// The file names of the artifacts.
        package let artifacts: [String]
        /// The number of bytes in all artifacts together, unzipped.
        package let unzippedBytes: Int
        /// The number of compressed bytes in all artifacts together.
        package let zippedBytes: Int
    }

    /// A function with what counts against the limits of Lambda.
    package struct Function: Hashable, Sendable {
        /// The function with its layers.
        package let use: FunctionUse
        /// The artifact; `nil` for a container image.
        package let artifact: String?
        /// The target of its wheels; `nil` if it has none.
        package let target: String?
        /// The names of the artifacts of its layers.
        package let layers: [String]
        /// The number of bytes of the artifact and of the service's layers, unzipped.
        package let unzippedBytes: Int
    }

    /// The name of the service.
    package let service: String
    /// The stage of the service.
    package let stage: String
    /// The artifacts, in the order of the report.
    package let artifacts: [AnalyzedArtifact]
    /// The functions, in the order of the file.
    package let functions: [Function]
    /// The distributions in all artifacts, by name and version.
    package let distributions: [Distribution]
    /// The distributions that functions and their layers both have.
    package let duplicates: [Duplicate]
    /// What changes of the configuration would save.
    package let savings: [Saving]
    /// The artifacts that differ from those before the run; `nil` if there were none.
    package let changes: [ArtifactChange]?

    /// The number of bytes, unzipped, that Lambda allows for a function with its layers.
    package static let unzippedLimit = SizeInspection.unzippedLimit
    /// The number of bytes of a zip file that can be uploaded without S3.
    package static let directUploadLimit = 50 << 20

    /// Analyzes the artifacts of a run.
    ///
    /// - Parameters:
    ///   - report: the report of the run.
    ///   - service: the name of the service.
    ///   - stage: the stage of the service.
    ///   - functions: the functions with their layers.
    ///   - previous: the artifacts before the run.
    ///   - host: the machine.
    /// - Returns: the analysis of all artifacts.
    /// - Throws: `DiagnosticError` if an artifact or a wheel cannot be read, `CancellationError`.
    @concurrent
    package static func of(
        _ report: BundleReport,
        service: String,
        stage: String,
        functions: [FunctionUse],
        previous: ArtifactChange.Previous,
        on host: HostServices
    ) async throws -> ServiceAnalysis {
        let reader = ArtifactReader(report, on: host)
        let work = report.artifacts.enumerated().map { ($0.offset, $0.element) }
        let artifacts = try await work.concurrentMap(limit: host.processorCount) { index, artifact in
            try reader.content(of: artifact, at: index)
        }
        let byLayer = Dictionary(
            artifacts.compactMap { artifact in artifact.layer.map { ($0, artifact) } },
            uniquingKeysWith: { first, _ in first }
        )
        return ServiceAnalysis(
            service: service,
            stage: stage,
            artifacts: artifacts,
            functions: functions.map { use in
                let artifact = report.functions[use.key].map { artifacts[$0] }
                let layers = use.layers.compactMap { byLayer[$0] }
                return Function(
                    use: use,
                    artifact: artifact?.fileName,
                    target: artifact?.target ?? layers.lazy.compactMap(\.target).first,
                    layers: layers.map(\.fileName),
                    unzippedBytes: layers.reduce(artifact?.unzippedBytes ?? 0) { $0 + $1.unzippedBytes }
                )
            },
            distributions: distributions(in: artifacts),
            duplicates: Duplicate.all(in: artifacts, functions: functions),
            savings: Saving.all(in: artifacts, functions: functions),
            changes: try ArtifactChange.all(from: previous, to: report.artifacts.map { ($0.fileName, $0.path) })
        )
    }

    private static func distributions(in artifacts: [AnalyzedArtifact]) -> [Distribution] {
        Copies.all(in: artifacts, byContent: false)
            .map { copies in
                Distribution(
                    name: copies.name,
                    version: copies.parts.first?.part.version ?? "",
                    license: copies.parts.first?.part.license,
                    artifacts: copies.parts.map(\.artifact.fileName),
                    unzippedBytes: copies.parts.reduce(0) { $0 + $1.part.unzippedBytes },
                    zippedBytes: copies.parts.reduce(0) { $0 + $1.part.zippedBytes }
                )
            }
    }
}
