import ConfigurationValues
package import OrderedJSON
import ServerlessConfig

/// What `serverless-state.json` keeps of a service, so that the package can be deployed later without its sources.
package enum ServiceState {
    /// The state, with the members that Serverless v3 reads back when it deploys a package.
    ///
    /// - Parameters:
    ///   - context: the service as it was compiled.
    ///   - templates: its templates.
    ///   - serviceArtifact: the file name of the zip that functions share, `nil` where there is none.
    ///   - folder: the folder of the artifacts, relative to the service's.
    /// - Returns: the document, of the members `service` and `package`.
    package static func document(
        of context: CompileContext,
        _ templates: TemplateCompiler.Templates,
        serviceArtifact: String?,
        in folder: String
    ) -> JSONValue {
        let service = context.service
        var provider = service.provider.json
        provider["stage"] = .string(service.stage)
        provider["region"] = .string(service.region)
        provider["compiledCloudFormationTemplate"] = templates.update
        provider["coreCloudFormationTemplate"] = templates.create
        var members: OrderedMap<JSONValue> = [
            "service": .string(service.name), "serviceObject": ["name": .string(service.name)], "provider": provider,
        ]
        for key in ["custom", "plugins", "resources", "layers", "outputs", "configValidationMode", "useDotenv"] {
            members[key] = service.root[key]?.json
        }
        if !context.artifacts.dependencyLayers.isEmpty {
            var layers = service.root["layers"]?.json.objectValue ?? [:]
            for layer in context.artifacts.dependencyLayers {
                layers[layer.key] = state(of: layer, context, in: folder)
            }
            members["layers"] = .object(layers)
        }
        members["functions"] = .object(
            OrderedMap(
                context.functions.map { ($0.key, function($0, context, serviceArtifact: serviceArtifact, in: folder)) }
            )
        )
        var package: OrderedMap<JSONValue> = [:]
        package["individually"] = service.package?["individually"]?.json
        package["artifactDirectoryName"] = .string(context.artifacts.directory)
        package["artifact"] = .string(serviceArtifact ?? "")
        return ["service": .object(members), "package": .object(package)]
    }

    /// A layer of dependencies, which names its zip, as there is no folder that it would be made of.
    private static func state(of layer: ServiceLayer, _ context: CompileContext, in folder: String) -> JSONValue {
        var value = layer.node.json
        if let artifact = context.artifacts.layers[layer.key] {
            value["package"] = ["artifact": .string("\(folder)/\(artifact.fileName)")]
        }
        return value
    }

    private static func function(
        _ function: CompiledFunction,
        _ context: CompileContext,
        serviceArtifact: String?,
        in folder: String
    ) -> JSONValue {
        var value = function.node.json
        value["name"] = .string(function.name)
        value["events"] = function.node["events"]?.json ?? .array([])
        // A function names its artifact where that is its own, and was made here.
        if let artifact = context.artifacts.functions[function.key], value["package"]?["artifact"] == nil {
            var package = value["package"]?.objectValue ?? [:]
            if isOneOfSeveral(artifact, function, context) {
                // Serverless looks for one zip of all functions unless each has its own.
                package["individually"] = true
                package["artifact"] = .string("\(folder)/\(artifact.fileName)")
            } else if artifact.fileName != serviceArtifact {
                package["artifact"] = .string(".serverless/\(artifact.fileName)")
            }
            if !package.isEmpty { value["package"] = .object(package) }
        }
        value["memory"] = function.node["memorySize"]?.json ?? context.service.provider["memorySize"]?.json ?? 1024
        value["timeout"] = function.node["timeout"]?.json ?? context.service.provider["timeout"]?.json ?? 6
        return value
    }

    /// Whether a function's artifact is one of several that the service has where Serverless v3 makes one.
    private static func isOneOfSeveral(
        _ artifact: ArtifactReferences.Artifact,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) -> Bool {
        let package = context.service.package
        return artifact.fileName != "\(context.service.name).zip" && package?["artifact"] == nil
            && package?["individually"]?.bool != true && function.node["package"]?["individually"]?.bool != true
    }
}
