import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON
import PackageDirectory
import StackDiff
import ZipArchive

/// Compares the artifacts that a plan uploads with those that are deployed in their place.
struct ArtifactComparison: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The service as it is deployed.
    let deployed: DeployedService

    /// The artifacts that are compared at the same time.
    private static let concurrentArtifacts = 8

    /// The differences, in the order of the uploads.
    func differences(_ uploads: [DeploymentPlan.Upload]) async throws -> [ArtifactDifference] {
        try await uploads.concurrentMap(limit: Self.concurrentArtifacts) { try await difference($0) }
    }

    private func difference(_ upload: DeploymentPlan.Upload) async throws -> ArtifactDifference {
        let artifact = upload.artifact
        guard let bucket = deployed.bucket, let key = deployedKey(of: artifact) else {
            return ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources, isNew: true)
        }
        if deployed.artifactDigests[key] == upload.digest.base64 {
            // The artifact in the bucket is the same, but `deploy function` has given its function other code.
            var difference = ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources)
            difference.isReplacedElsewhere = true
            return difference
        }
        do {
            return try await difference(artifact, DeployedArtifact(context: context, bucket: bucket, key: key))
        } catch let error as ZipError {
            return unknown(artifact, "\(error)", help: [])
        } catch let error as AWSError where error.isAccessDenied {
            return unknown(
                artifact,
                "not allowed to call '\(error.action)'",
                help: ["allow '\(error.action)' in the IAM policy of the user or role"]
            )
        }
    }

    private func difference(
        _ artifact: DeploymentPackage.Artifact,
        _ other: DeployedArtifact
    ) async throws -> ArtifactDifference {
        guard let directory = try await other.directory() else {
            return unknown(artifact, "the bucket has no object '\(other.key)'", help: [])
        }
        var old = ArtifactListing(directory)
        let known = old
        let new = try await ArtifactReading.local(artifact.path) {
            ArtifactDifference.changedDistributions(from: $0, to: known)
        }
        try await other.addRecords(
            of: ArtifactDifference.changedDistributions(from: old, to: new),
            in: directory,
            to: &old
        )
        return ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources, from: old, to: new)
    }

    private func unknown(
        _ artifact: DeploymentPackage.Artifact,
        _ reason: String,
        help: [String]
    ) -> ArtifactDifference {
        context.report(
            .finding(
                Diagnostic(
                    .warning,
                    .artifactNotCompared,
                    "cannot read which files of '\(artifact.fileName)' are deployed: \(reason)",
                    help: help
                )
            )
        )
        return ArtifactDifference(fileName: artifact.fileName, resources: artifact.resources, isUnknown: true)
    }

    /// The key of the artifact that a function or layer has now, or of one with the same name.
    private func deployedKey(of artifact: DeploymentPackage.Artifact) -> String? {
        let resources = deployed.template?["Resources"]
        for id in artifact.resources {
            let properties = resources?[id]?["Properties"]
            if let key = (properties?["Code"] ?? properties?["Content"])?["S3Key"]?.stringValue { return key }
        }
        return deployed.template
            .map { ArtifactKeys.all(in: $0, below: context.names.directory) }?
            .first { $0.hasSuffix("/\(artifact.fileName)") }
    }
}
