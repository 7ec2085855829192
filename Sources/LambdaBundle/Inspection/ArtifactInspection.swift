package import Diagnostics
package import HostSystem
package import PythonPackaging
import WheelProvisioning

/// The list of all inspections of an artifact: what is checked in its content before it is written.
///
/// To report something else, add an inspection to the private `findings(in:)`. Handlers have a list of their own, since
/// those with the same missing file are one error.
package struct ArtifactInspection: Sendable {
    private let openWheels: OpenWheels
    private let files: any FileSystem
    private let directory: LocalPath
    private let pluginsNotRun: [String]
    private let requirementPlace: @Sendable (PackageName) -> SourcePlace?
    private let processorCount: Int

    /// Creates an inspection of the artifacts of a run.
    ///
    /// - Parameters:
    ///   - openWheels: the open wheels of the run.
    ///   - files: reads the files of the service.
    ///   - directory: the directory of the service.
    ///   - pluginsNotRun: the plugins of the service that are not run and may add files to artifacts.
    ///   - requirementPlace: the place that requires a distribution by name, or `nil` if only others require it.
    ///   - processorCount: the number of artifacts to inspect concurrently.
    package init(
        openWheels: OpenWheels,
        files: any FileSystem,
        directory: LocalPath,
        pluginsNotRun: [String],
        requirementPlace: @escaping @Sendable (PackageName) -> SourcePlace?,
        processorCount: Int
    ) {
        self.requirementPlace = requirementPlace
        self.openWheels = openWheels
        self.files = files
        self.directory = directory
        self.pluginsNotRun = pluginsNotRun
        self.processorCount = processorCount
    }

    /// Checks the sizes of artifacts, which is cheap, before anything else is done with them.
    ///
    /// - Parameter artifacts: all artifacts.
    /// - Throws: `DiagnosticError` with an error for each artifact that is too large.
    package static func checkSizes(of artifacts: [InspectedArtifact]) throws(DiagnosticError) {
        try SizeInspection.check(artifacts)
    }

    /// Inspects artifacts.
    ///
    /// - Parameter artifacts: the artifacts, which may share wheels; each wheel is read once.
    /// - Returns: the warnings and notes about each artifact, in the same order.
    /// - Throws: `DiagnosticError` with the errors of all artifacts; errors of reading their content.
    package func findings(in artifacts: [InspectedArtifact]) async throws -> [[Diagnostic]] {
        // Inspect each wheel once, before the artifacts that share it are inspected concurrently.
        let wheels = artifacts.filter { $0.target != nil }.flatMap { $0.content.requirements?.wheels ?? [] }
        _ = try await openWheels.audits(of: Array(Set(wheels)))
        let found = try await artifacts.concurrentMap(limit: processorCount) {
            (try await findings(in: $0), try handlerFindings(in: $0))
        }
        var errors: [Diagnostic] = []
        for error in found.map(\.0).joined() where error.severity == .error && !errors.contains(error) {
            errors.append(error)
        }
        errors += HandlerFinding.errors(among: found.flatMap(\.1))
        if !errors.isEmpty { throw DiagnosticError(errors) }
        return found.map { $0.0 + $0.1.map(\.diagnostic) }
    }

    private func handlerFindings(in artifact: InspectedArtifact) throws -> [HandlerFinding] {
        try HandlerInspection(files: files, directory: directory, pluginsNotRun: pluginsNotRun).findings(in: artifact)
    }

    /// The findings of all inspections of one artifact but that of its handlers.
    private func findings(in artifact: InspectedArtifact) async throws -> [Diagnostic] {
        var findings: [Diagnostic] = []
        findings += try await NativeInspection(openWheels: openWheels, requirementPlace: requirementPlace)
            .findings(in: artifact)
        findings += try await MetadataInspection(openWheels: openWheels).findings(in: artifact)
        findings += StrayFileInspection(files: files).findings(in: artifact)
        findings += NodeDependencyInspection(files: files, directory: directory).findings(in: artifact)
        return findings
    }
}
