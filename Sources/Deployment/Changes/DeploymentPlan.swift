import AWSClient
import CloudFormation
import Diagnostics
package import HostSystem
package import OrderedJSON
package import PackageDirectory
import ServerlessConfig

/// What a deployment changes: which files are uploaded, and whether there is anything to do.
package struct DeploymentPlan: Sendable {
    /// The template, with the keys that the artifacts have or get.
    package let template: JSONValue
    /// The state of the service, with the same keys.
    package let state: JSONValue
    /// The directory of the deployment in the bucket.
    package let directory: String
    /// The artifacts that are uploaded.
    let uploads: [Upload]
    /// Whether the deployed service is equal already.
    package let isUnchanged: Bool
    /// The resources that are removed.
    let removed: RemovedResources

    /// An artifact to upload.
    struct Upload: Hashable, Sendable {
        let artifact: DeploymentPackage.Artifact
        /// The digest of its content.
        let digest: SHA256Digest
    }

    /// Compares a package with the deployed service.
    ///
    /// An artifact whose content is deployed keeps its key, so that CloudFormation leaves its functions alone.
    ///
    /// - Parameters:
    ///   - package: the package.
    ///   - artifacts: the artifacts with the digests of their contents.
    ///   - deployed: the deployed service.
    ///   - context: the context of the deployment.
    ///   - isForced: whether everything is uploaded and deployed again.
    package init(
        _ package: DeploymentPackage,
        _ artifacts: [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)],
        deployed: DeployedService,
        _ context: DeploymentContext,
        isForced: Bool
    ) {
        var keys: [String: String] = [:]
        var uploads: [Upload] = []
        let changed = isForced ? [] : Self.artifactsReplacedElsewhere(package, artifacts, deployed, context)
        for (artifact, digest) in artifacts {
            let same = deployed.artifactDigests.filter { $0.value == digest.base64 }.keys.sorted()
            let key = same.first { $0.hasSuffix("/\(artifact.fileName)") } ?? same.first
            if let key, !isForced, !changed.contains(artifact.s3Key) {
                keys[artifact.s3Key] = key
            } else {
                uploads.append(Upload(artifact: artifact, digest: digest))
            }
        }
        template = ArtifactKeys.replacing(keys, in: package.updateTemplate)
        state = ArtifactKeys.replacing(keys, in: package.state)
        directory = package.artifactDirectory?.path ?? context.names.directory
        self.uploads = uploads
        let live = deployed.template ?? [:]
        removed = RemovedResources(from: live, to: template)
        isUnchanged =
            !isForced && uploads.isEmpty && deployed.isKnown && deployed.stack?.isSettled == true
            && deployed.stack.map(context.stackSettings.match) == true
            && TemplateComparison.areEqual(template, live) && deployed.stateDigest == Self.digest(ofState: state)
    }

    /// The keys of artifacts of functions whose code is no longer that of the stack, as `deploy function` replaced it.
    ///
    /// CloudFormation would leave such a function alone, unless the key differs.
    private static func artifactsReplacedElsewhere(
        _ package: DeploymentPackage,
        _ artifacts: [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)],
        _ deployed: DeployedService,
        _ context: DeploymentContext
    ) -> Set<String> {
        let resources = package.updateTemplate["Resources"]
        let keys = Dictionary(context.service.functions.map { ($0.name, $0.key) }) { first, _ in first }
        var result: Set<String> = []
        for (artifact, digest) in artifacts {
            for id in artifact.resources {
                let name = resources?[id]?["Properties"]?["FunctionName"]?.stringValue
                guard let key = name.flatMap({ keys[$0] }), let code = deployed.codeDigests[key] else { continue }
                if code != digest.base64 { result.insert(artifact.s3Key) }
            }
        }
        return result
    }

    /// The digest of a state, without what differs between two deployments.
    static func digest(ofState state: JSONValue) -> String {
        SHA256.digest(of: JSONWriter(sortsKeys: true).bytes(of: TemplateComparison.normalizedState(state))).base64
    }

    /// The digest of a template, without what differs between two deployments.
    static func digest(ofTemplate template: JSONValue) -> String {
        SHA256.digest(of: JSONWriter(sortsKeys: true).bytes(of: TemplateComparison.normalized(template))).base64
    }
}
