package import CloudFormation
import ConfigurationValues
package import OrderedJSON
import ServerlessConfig

/// What `serverless-state.json` keeps of a service, so that its package can be deployed later without its sources.
///
/// The members are those that Serverless v3 reads back when it deploys a package.
package struct ServiceState: Sendable {
    private let context: CompileContext
    private let artifacts: ArtifactReferences
    private let serviceArtifact: String?
    private let folder: String

    /// Makes the state of a service.
    ///
    /// - Parameters:
    ///   - context: the service as it was compiled.
    ///   - artifacts: the zip files of its functions and layers.
    ///   - serviceArtifact: the file name of the zip file that functions share, `nil` if there is none.
    ///   - folder: the directory of the artifacts, relative to that of the service.
    package init(
        of context: CompileContext,
        _ artifacts: ArtifactReferences,
        serviceArtifact: String?,
        in folder: String
    ) {
        self.context = context
        self.artifacts = artifacts
        self.serviceArtifact = serviceArtifact
        self.folder = folder
    }

    /// The document, with the members `service` and `package`.
    ///
    /// - Parameters:
    ///   - create: the template with which the first deployment starts, `nil` if there is none.
    ///   - update: the template of the whole stack.
    /// - Returns: the content of `serverless-state.json`.
    package func document(create: TemplateValue?, update: TemplateValue) -> JSONValue {
        let service = context.service
        var provider = service.provider.json
        provider["stage"] = .string(service.stage)
        provider["region"] = .string(service.region)
        provider["compiledCloudFormationTemplate"] = update
        provider["coreCloudFormationTemplate"] = create
        var members: OrderedMap<JSONValue> = [
            "service": .string(service.name), "serviceObject": ["name": .string(service.name)], "provider": provider,
        ]
        for key in ["custom", "plugins", "resources", "layers", "outputs", "configValidationMode", "useDotenv"] {
            members[key] = service.root[key]?.json
        }
        if !context.requirementLayers.layers.isEmpty {
            var layers = service.root["layers"]?.json.objectValue ?? [:]
            for layer in context.requirementLayers.layers { layers[layer.key] = state(of: layer) }
            members["layers"] = .object(layers)
        }
        members["functions"] = .object(OrderedMap(context.functions.map { ($0.key, state(of: $0)) }))
        var package: OrderedMap<JSONValue> = [:]
        package["individually"] = service.package?["individually"]?.json
        package["artifactDirectoryName"] = .string(context.artifactDirectory.path)
        package["artifact"] = .string(serviceArtifact ?? "")
        return ["service": .object(members), "package": .object(package)]
    }

    /// A layer of requirements, which names its zip file, as it is made from no directory.
    private func state(of layer: ServiceLayer) -> JSONValue {
        var value = layer.node.json
        if let artifact = artifacts.layers[layer.key] {
            value["package"] = ["artifact": .string("\(folder)/\(artifact.fileName)")]
        }
        return value
    }

    private func state(of function: CompiledFunction) -> JSONValue {
        var value = function.node.json
        value["name"] = .string(function.name)
        value["events"] = function.node["events"]?.json ?? .array([])
        // A function names its artifact if it does not share it, and if it was made here.
        if let artifact = artifacts.functions[function.key], value["package"]?["artifact"] == nil {
            var package = value["package"]?.objectValue ?? [:]
            if isOneOfSeveral(artifact, function) {
                // Serverless looks for one zip file of all functions unless each has its own.
                package["individually"] = true
                package["artifact"] = .string("\(folder)/\(artifact.fileName)")
            } else if artifact.fileName != serviceArtifact {
                package["artifact"] = .string("\(DeploymentPackage.defaultDirectoryName)/\(artifact.fileName)")
            }
            if !package.isEmpty { value["package"] = .object(package) }
        }
        let provider = context.service.provider
        value["memory"] = function.node["memorySize"]?.json ?? provider["memorySize"]?.json ?? 1024
        value["timeout"] = function.node["timeout"]?.json ?? provider["timeout"]?.json ?? 6
        return value
    }

    /// Whether a function's artifact is one of several that the service has where Serverless v3 makes one.
    private func isOneOfSeveral(_ artifact: ArtifactReferences.Artifact, _ function: CompiledFunction) -> Bool {
        let package = context.service.package
        return artifact.fileName != "\(context.service.name).zip" && package?["artifact"] == nil
            && package?["individually"]?.bool != true && function.node["package"]?["individually"]?.bool != true
    }
}
