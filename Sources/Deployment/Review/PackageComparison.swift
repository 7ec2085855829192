package import CloudFormation
import Diagnostics
package import HostSystem
import OrderedJSON
package import PackageDirectory
package import ServerlessConfig
package import StackDiff
import ZipArchive

/// Compares a package with a template or with another package, without asking AWS.
package struct PackageComparison: Sendable {
    private let service: Service
    private let origins: [String: ResourceOrigin]
    private let host: HostServices

    /// The artifacts of a package with the digests of their contents.
    package typealias Artifacts = [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)]

    /// Creates a comparison of packages of a service.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - origins: the parts of the configuration that made the resources, by logical ID.
    ///   - host: the machine.
    package init(of service: Service, origins: [String: ResourceOrigin], on host: HostServices) {
        self.service = service
        self.origins = origins
        self.host = host
    }

    /// The changes that lead from what a path has to a package.
    ///
    /// - Parameters:
    ///   - package: the package.
    ///   - artifacts: its artifacts.
    ///   - path: a template in JSON, or the directory of a package, whose artifacts are compared as well.
    /// - Returns: the difference.
    /// - Throws: ``DiagnosticError`` if the path has neither, `FileSystemError`, `ZipError`.
    package func difference(
        _ package: DeploymentPackage,
        _ artifacts: Artifacts,
        from path: LocalPath
    ) async throws -> StackDifference {
        guard host.files.isDirectory(path) else {
            let old = Self.withoutDirectories(try template(at: path))
            return difference(from: old, to: Self.withoutDirectories(package.updateTemplate), artifacts: [])
        }
        let other = try DeploymentPackage(readingFrom: path, in: host.files)
        let files = host.files
        let olds = try await other.artifacts(ofServiceIn: service.directory, files)
            .concurrentMap(limit: host.processorCount) { artifact in
                (artifact: artifact, digest: try await offPool { try files.sha256(of: artifact.path).digest })
            }
        var keys: [String: String] = [:]
        var differences: [ArtifactDifference] = []
        for (artifact, digest) in artifacts {
            let old =
                olds.first { !Set($0.artifact.resources).isDisjoint(with: artifact.resources) }
                ?? olds.first { $0.artifact.fileName == artifact.fileName }
            if let old, old.digest == digest {
                keys[artifact.s3Key] = old.artifact.s3Key
            } else {
                differences.append(try await difference(of: artifact, from: old?.artifact))
            }
        }
        return difference(
            from: other.updateTemplate,
            to: ArtifactKeys.replacing(keys, in: package.updateTemplate),
            artifacts: differences
        )
    }

    private func difference(
        from old: JSONValue,
        to new: JSONValue,
        artifacts: [ArtifactDifference]
    ) -> StackDifference {
        let changes =
            TemplateDifference.changes(
                from: TemplateComparison.normalized(old),
                to: TemplateComparison.normalized(new)
            )
            .map { change in
                var change = change
                change.place = origins[change.logicalID]?.place
                return change
            }
        return StackDifference(
            stack: DeploymentNames(of: service).stack,
            method: .templates,
            changes: changes,
            artifacts: artifacts
        )
    }

    private func difference(
        of artifact: DeploymentPackage.Artifact,
        from other: DeploymentPackage.Artifact?
    ) async throws -> ArtifactDifference {
        guard let other else {
            return ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources, isNew: true)
        }
        let plainOld = try await ArtifactReading.local(other.path)
        let plainNew = try await ArtifactReading.local(artifact.path)
        let old = try await ArtifactReading.local(other.path) {
            ArtifactDifference.changedDistributions(from: $0, to: plainNew)
        }
        let new = try await ArtifactReading.local(artifact.path) {
            ArtifactDifference.changedDistributions(from: $0, to: plainOld)
        }
        return ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources, from: old, to: new)
    }

    // MARK: Templates

    /// The template in a file, which can be the response of `GetTemplate`.
    private func template(at path: LocalPath) throws -> JSONValue {
        let bytes = try host.files.read(path)
        let document: JSONValue
        do throws(JSONParseError) { document = try JSONValue(parsing: bytes) } catch {
            throw DiagnosticError(
                .unreadableTemplate,
                "cannot parse '\(path)' as JSON: \(error.reason.rawValue)",
                at: SourcePlace(file: path.string, line: error.line, column: error.column),
                help: ["use a template in JSON, or the directory of a package"]
            )
        }
        var template = document
        if let body = document["TemplateBody"] {
            template = body.stringValue.flatMap { try? JSONValue(parsing: $0) } ?? body
        }
        guard template["Resources"]?.objectValue != nil else {
            throw DiagnosticError(
                .unreadableTemplate,
                "the template '\(path)' has no 'Resources'",
                help: ["use a template in JSON, or the directory of a package"]
            )
        }
        return template
    }

    /// A template whose artifacts have no directories in their keys, as these have the time of a deployment.
    ///
    /// Whether the content of an artifact differs is not known then, except for the hashes in versions of functions.
    private static func withoutDirectories(_ template: JSONValue) -> JSONValue {
        var names: [String: String] = [:]
        for (_, resource) in template["Resources"]?.objectValue ?? [:] {
            let properties = resource["Properties"]
            guard let key = (properties?["Code"] ?? properties?["Content"])?["S3Key"]?.stringValue else { continue }
            let parts = key.split(separator: "/")
            guard parts.count > 1, StoredDeployment.time(in: parts[parts.count - 2]) != nil else { continue }
            names[key] = String(parts[parts.count - 1])
        }
        return ArtifactKeys.replacing(names, in: template)
    }
}
