package import Diagnostics
import HostSystem
import PythonPackaging
import WheelProvisioning
import ZipArchive

/// Warns about distributions that need removed metadata, and about files that are not in `RECORD`.
package struct MetadataInspection: Sendable {
    private let openWheels: OpenWheels

    /// Creates an inspection of the wheels in a run.
    ///
    /// - Parameter openWheels: the open wheels of the run.
    package init(openWheels: OpenWheels) { self.openWheels = openWheels }

    /// Inspects the wheels in an artifact.
    ///
    /// - Parameter artifact: the artifact to inspect.
    /// - Returns: at most one warning of each kind.
    /// - Throws: `ZipError`, `DiagnosticError`.
    package func findings(in artifact: InspectedArtifact) async throws -> [Diagnostic] {
        guard let content = artifact.content.requirements else { return [] }
        let audits = try await openWheels.audits(of: content.wheels)
        var kept: Set<Int> = []
        for file in content.files where file.path.string.hasSuffix(".dist-info/METADATA") {
            if case .distribution(let index) = file.origin { kept.insert(index) }
        }
        var findings: [Diagnostic] = []
        let missing = content.wheels.indices.filter { !kept.contains($0) && audits[$0].readsMetadata }
            .map { content.wheels[$0].name.name.written }
        if !missing.isEmpty {
            findings.append(
                Diagnostic(
                    .warning,
                    .slimRemovesMetadata,
                    "'slim' removes metadata that may be read at run time, by " + missing.joined(separator: ", "),
                    notes: ["they use importlib.metadata or pkg_resources"],
                    help: ["if an import fails, set 'slimPatternsAppendDefaults' to false and list 'slimPatterns'"]
                )
            )
        }
        for (wheel, audit) in zip(content.wheels, audits) {
            guard let first = audit.unlistedFiles.first else { continue }
            let more = audit.unlistedFiles.count > 1 ? " and \(audit.unlistedFiles.count - 1) more" : ""
            findings.append(
                Diagnostic(
                    .warning,
                    .fileNotInRecord,
                    "'\(wheel.name.fileName)': '\(first)'\(more) has no hash in RECORD"
                )
            )
        }
        return findings
    }
}
