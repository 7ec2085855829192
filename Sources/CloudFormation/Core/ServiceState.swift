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
    /// - Returns: the document, of the members `service` and `package`.
    package static func document(
        of context: CompileContext,
        _ templates: TemplateCompiler.Templates,
        serviceArtifact: String?
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
        members["functions"] = .object(
            OrderedMap(context.functions.map { ($0.key, function($0, context, serviceArtifact: serviceArtifact)) })
        )
        var package: OrderedMap<JSONValue> = [:]
        package["individually"] = service.package?["individually"]?.json
        package["artifactDirectoryName"] = .string(context.artifacts.directory)
        package["artifact"] = .string(serviceArtifact ?? "")
        return ["service": .object(members), "package": .object(package)]
    }

    private static func function(
        _ function: CompiledFunction,
        _ context: CompileContext,
        serviceArtifact: String?
    ) -> JSONValue {
        var value = function.node.json
        value["name"] = .string(function.name)
        value["events"] = function.node["events"]?.json ?? .array([])
        // A function names its artifact where that is its own, and was made here.
        if let artifact = context.artifacts.functions[function.key], artifact.fileName != serviceArtifact,
            value["package"]?["artifact"] == nil
        {
            var package = value["package"]?.objectValue ?? [:]
            package["artifact"] = .string(".serverless/\(artifact.fileName)")
            value["package"] = .object(package)
        }
        value["memory"] = function.node["memorySize"]?.json ?? context.service.provider["memorySize"]?.json ?? 1024
        value["timeout"] = function.node["timeout"]?.json ?? context.service.provider["timeout"]?.json ?? 6
        return value
    }
}
