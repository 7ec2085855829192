import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// Completes a compiled template with what only the artifacts decide: S3 keys, hashes of code, and the logical IDs of
/// versions and retained layers.
enum ArtifactPlacement {
    static func place(_ artifacts: ArtifactReferences, _ context: CompileContext, in template: inout Template) {
        var names: [String: String] = [:]
        for layer in context.layers {
            let artifact = artifacts.layers[layer.key] ?? .init(fileName: "", sha256Base64: "")
            Layers.complete(layer, with: artifact, context, in: &template, &names)
        }
        for function in context.functions where function.node["image"]?.isTruthy != true {
            let key = context.artifactDirectory.key(of: artifacts.functions[function.key]?.fileName ?? "")
            template.resources[function.logicalID]?["Properties"]?["Code"]?["S3Key"] = .string(key)
        }
        for version in template.pendingVersions {
            let codeHash = version.imageDigest ?? artifacts.functions[version.function]?.sha256Base64 ?? ""
            let digest = VersionDigest(
                resource: version.resource,
                codeHash: codeHash,
                isImage: version.imageDigest != nil
            )
            .base64(context, artifacts, template)
            template.resources[version.logicalID]?["Properties"]?["CodeSha256"] = .string(codeHash)
            if let stem = ProvisionalName.stem(of: version.logicalID) {
                names[version.logicalID] = stem + Naming.alphanumeric(digest)
            }
        }
        template.pendingVersions = []
        template.rename(names)
    }
}
