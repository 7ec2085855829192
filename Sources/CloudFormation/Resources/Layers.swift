import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The layers of the service and those made of dependencies, with their permissions and outputs.
enum Layers: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for layer in context.service.layers + context.artifacts.dependencyLayers {
            guard let artifact = context.artifacts.layers[layer.key] else { continue }
            add(layer, artifact, context, into: &template)
        }
    }

    private static func add(
        _ layer: ServiceLayer,
        _ artifact: ArtifactReferences.Artifact,
        _ context: CompileContext,
        into template: inout Template
    ) {
        let properties = properties(of: layer, context)
        let hash = self.hash(properties, artifact)
        let isRetained = layer.node["retain"]?.isTruthy == true
        let retention: TemplateValue? = isRetained ? "Retain" : nil
        let suffix = isRetained ? hash : ""
        let layerID = Naming.layerID(layer.key)
        let s3Key = TemplateValue.string("\(context.artifacts.directory)/\(artifact.fileName)")
        var complete = properties
        complete["Content"]?["S3Key"] = s3Key
        template.resources[layerID + suffix] = .object(of: [
            "Type": "AWS::Lambda::LayerVersion", "Properties": complete, "DeletionPolicy": retention,
        ])
        for account in layer.node["allowedAccounts"]?.list?.map(\.json.text) ?? [] {
            let name = account.replacing("*", with: "Wild", maxReplacements: 1)
            let permissionID = "\(Naming.normalizedFunctionName(layer.key))\(name)LambdaLayerPermission\(suffix)"
            template.resources[permissionID] = .object(of: [
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
        template.outputs[layerID + "Hash"] = ["Description": "Current Lambda layer hash", "Value": .string(hash)]
        template.outputs[layerID + "S3Key"] = ["Description": "Current Lambda layer S3Key", "Value": s3Key]
    }

    /// The properties, but for the place of the artifact, which differs from one deployment to the next.
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

    /// Forty hexadecimal digits that change with the layer's settings and its artifact.
    private static func hash(_ properties: TemplateValue, _ artifact: ArtifactReferences.Artifact) -> String {
        let input = JSONWriter().text(of: [properties, .string(artifact.sha256Base64)])
        return String(SHA256.digest(of: input).hexadecimal.prefix(40))
    }
}
