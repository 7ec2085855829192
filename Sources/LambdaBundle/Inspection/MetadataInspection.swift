package import Diagnostics
import HostSystem
import PythonPackaging
import WheelProvisioning
import ZipArchive

/// Warns about removed metadata that code in the artifact reads, and about files that are not in `RECORD`.
package struct MetadataInspection: Sendable {
    private let openWheels: OpenWheels

    /// Creates an inspection of the wheels in a run.
    ///
    /// - Parameter openWheels: the open wheels of the run.
    package init(openWheels: OpenWheels) { self.openWheels = openWheels }

    /// Inspects the wheels in an artifact.
    ///
    /// - Parameter artifact: the artifact to inspect.
    /// - Returns: at most one warning about metadata, whose notes are facts for ``summary(of:at:)``, and one for each wheel
    ///   with files that are not in `RECORD`.
    /// - Throws: `ZipError`, `DiagnosticError`.
    package func findings(in artifact: InspectedArtifact) async throws -> [Diagnostic] {
        guard let content = artifact.content.requirements else { return [] }
        let audits = try await openWheels.audits(of: content.wheels)
        var findings: [Diagnostic] = []
        let facts = try factsAboutMetadata(artifact, content, audits)
        if !facts.isEmpty {
            findings.append(Diagnostic(.warning, .slimRemovesMetadata, Self.message, notes: facts))
        }
        for (wheel, audit) in zip(content.wheels, audits) {
            guard let first = audit.unlistedFiles.first else { continue }
            let more = audit.unlistedFiles.count > 1 ? " and \(audit.unlistedFiles.count - 1) more" : ""
            findings.append(
                Diagnostic(
                    .warning,
                    .fileNotInRecord,
                    "'\(wheel.name.fileName.onOneLine)': '\(first.onOneLine)'\(more) has no hash in RECORD"
                )
            )
        }
        return findings
    }

    // MARK: Metadata

    /// The distributions that find their own parts by entry points in normal use, as trials without metadata show:
    /// extensions by short names, backends, and what is instrumented.
    private static let findingOwnParts: Set<String> = ["markdown", "keyring", "ddtrace"]
    /// The plugins that a distribution also knows without their entry points, by its name.
    private static let knownPlugins: [String: Set<String>] = [
        "fsspec": ["huggingface-hub", "s3fs", "gcsfs", "adlfs", "ocifs"]
    ]

    /// The number of facts in the message.
    private static let maximumCount = 6
    private static let message = "'slim' removes metadata that is read at run time"

    /// One warning for those about all artifacts; other diagnostics are unchanged.
    ///
    /// - Parameters:
    ///   - findings: the findings about all artifacts.
    ///   - place: the place of `slim` in the configuration.
    /// - Returns: the findings with one warning about metadata.
    package static func summary(of findings: [Diagnostic], at place: SourcePlace?) -> [Diagnostic] {
        findings.summarizing(.slimRemovesMetadata) { facts, _ in
            Diagnostic(
                .warning,
                .slimRemovesMetadata,
                "\(message): " + facts.prefix(maximumCount).joined(separator: "; ")
                    + (facts.count > maximumCount ? "; and \(facts.count - maximumCount) more" : ""),
                at: place,
                help: [
                    "set 'slimPatternsAppendDefaults' to false, and list the files to remove in 'slimPatterns', without"
                        + " '**/*.dist-info*'"
                ]
            )
        }
    }

    /// What reads the metadata that the artifact lacks.
    private func factsAboutMetadata(
        _ artifact: InspectedArtifact,
        _ content: RequirementContent,
        _ audits: [WheelAudit]
    ) throws -> [String] {
        var kept: Set<Int> = []
        for file in content.files where file.path.string.hasSuffix(".dist-info/METADATA") {
            if case .distribution(let index) = file.origin { kept.insert(index) }
        }
        let removed = content.wheels.indices.filter { !kept.contains($0) }
        guard !removed.isEmpty else { return [] }
        let names = Set(removed.map { content.wheels[$0].name.name.normalized })
        var facts: [String] = []
        for (wheel, audit) in zip(content.wheels, audits) {
            for subject in audit.metadataSubjects where names.contains(subject) {
                let owner = wheel.name.name.normalized
                facts.append(
                    owner == subject
                        ? "'\(owner)' reads its own when it is imported"
                        : "'\(owner)' reads that of '\(subject)' when it is imported"
                )
            }
        }
        let own = try metadataOfService(artifact)
        facts += own.subjects.intersection(names).sorted().map { "the service reads that of '\($0)'" }
        for index in removed {
            let plugin = content.wheels[index].name.name.normalized
            let groups = try openWheels.layout(of: content.wheels[index]).entryPoints.runtimeGroups
            for (wheel, audit) in zip(content.wheels, audits) where !groups.isDisjoint(with: audit.entryPointGroups) {
                let finder = wheel.name.name.normalized
                // Most distributions that look up their own parts do so for a feature that few use, or know them anyway.
                if finder == plugin, !audit.needsOwnEntryPoints, !Self.findingOwnParts.contains(finder) { continue }
                if Self.knownPlugins[finder]?.contains(plugin) == true { continue }
                facts.append(
                    finder == plugin
                        ? "'\(plugin)' finds its own parts by entry points"
                        : "'\(finder)' finds '\(plugin)' by entry points"
                )
            }
            if !groups.isDisjoint(with: own.groups) { facts.append("the service finds '\(plugin)' by entry points") }
        }
        return facts
    }

    /// What the code of the service reads.
    private func metadataOfService(
        _ artifact: InspectedArtifact
    ) throws -> (subjects: Set<String>, groups: Set<String>) {
        var found: (subjects: Set<String>, groups: Set<String>) = ([], [])
        for file in artifact.content.files where file.origin == .service && file.path.string.hasSuffix(".py") {
            guard case .file(let path, _) = file.content, file.size < 1 << 20 else { continue }
            let source = try openWheels.files.read(LocalPath(path))
            let use = MetadataUse(in: source, .anywhere)
            for case .named(let name) in use.subjects { found.subjects.insert(name) }
            if use.findsEntryPoints { found.groups.formUnion(source.groupNames) }
        }
        return found
    }
}
