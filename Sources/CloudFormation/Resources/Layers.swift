import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The layers of the service and the requirement layers, with their permissions and outputs.
enum Layers: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for layer in context.layers { add(layer, context, into: &template) }
    }

    private static func add(_ layer: ServiceLayer, _ context: CompileContext, into template: inout Template) {
        let retention: TemplateValue? = layer.isRetained ? "Retain" : nil
        template.begin(.layer(layer))
        let suffix = layer.isRetained ? ProvisionalName.placeholder : ""
        let layerID = Naming.layerID(layer.key)
        template.resources[layerID + suffix] = .object(of: [
            "Type": "AWS::Lambda::LayerVersion", "Properties": properties(of: layer, context),
            "DeletionPolicy": retention,
        ])
        for account in layer.node["allowedAccounts"]?.list?.map(\.json.text) ?? [] {
            template.resources[permissionID(layer, account) + suffix] = .object(of: [
                "Type": "AWS::Lambda::LayerVersionPermission",
                "Properties": [
                    "Action": "lambda:GetLayerVersion", "LayerVersionArn": .ref(layerID + suffix),
                    "Principal": .string(account),
                ],
                "DeletionPolicy": retention,
            ])
        }
        template.outputs[layerID + "QualifiedArn"] = [
            "Description": "Current Lambda layer version", "Value": .ref(layerID + suffix),
        ]
        template.outputs[layerID + "Hash"] = ["Description": "Current Lambda layer hash", "Value": .null]
        template.outputs[layerID + "S3Key"] = ["Description": "Current Lambda layer S3Key", "Value": .null]
    }

    private static func permissionID(_ layer: ServiceLayer, _ account: String) -> String {
        let name = account.replacing("*", with: "Wild", maxReplacements: 1)
        return "\(Naming.normalizedFunctionName(layer.key))\(name)LambdaLayerPermission"
    }

    /// Completes a layer when its artifact is known, and adds the final names of logical IDs to `names`.
    static func complete(
        _ layer: ServiceLayer,
        with artifact: ArtifactReferences.Artifact,
        _ context: CompileContext,
        in template: inout Template,
        _ names: inout [String: String]
    ) {
        let layerID = Naming.layerID(layer.key)
        let hash = hash(properties(of: layer, context), artifact)
        let s3Key = TemplateValue.string(context.artifactDirectory.key(of: artifact.fileName))
        let resourceID = layer.isRetained ? layerID + ProvisionalName.placeholder : layerID
        template.resources[resourceID]?["Properties"]?["Content"]?["S3Key"] = s3Key
        template.outputs[layerID + "Hash"]?["Value"] = .string(hash)
        template.outputs[layerID + "S3Key"]?["Value"] = s3Key
        guard layer.isRetained else { return }
        names[resourceID] = layerID + hash
        for account in layer.node["allowedAccounts"]?.list?.map(\.json.text) ?? [] {
            let permissionID = permissionID(layer, account)
            names[permissionID + ProvisionalName.placeholder] = permissionID + hash
        }
    }

    /// The properties without the S3 key of the artifact, which differs between deployments.
    private static func properties(of layer: ServiceLayer, _ context: CompileContext) -> TemplateValue {
        .object(of: [
            "Content": ["S3Bucket": context.deploymentBucket],
            "LayerName": .string(layer.name),
            "Description": layer.node["description"]?.truthyJSON,
            "LicenseInfo": layer.node["licenseInfo"]?.truthyJSON,
            "CompatibleRuntimes": layer.node["compatibleRuntimes"]?.truthyJSON,
            "CompatibleArchitectures": layer.node["compatibleArchitectures"]?.truthyJSON,
        ])
    }

    /// A hash of the settings and the artifact of a layer, as 40 hexadecimal digits.
    private static func hash(_ properties: TemplateValue, _ artifact: ArtifactReferences.Artifact) -> String {
        let input = JSONWriter().text(of: [properties, .string(artifact.sha256Base64)])
        return String(SHA256.digest(of: input).hexadecimal.prefix(40))
    }
}

extension ServiceLayer {
    /// Whether previous versions of the layer are kept (`retain`).
    var isRetained: Bool { node["retain"]?.isTruthy == true }
}
