import ConfigurationValues
import Diagnostics
package import HostSystem
package import LambdaBundle
import OrderedJSON
import RequirementFormats
package import ServerlessConfig

extension BundleRequest {
    /// Creates the request to bundle a service.
    ///
    /// - Parameters:
    ///   - service: the service, with its variables resolved.
    ///   - configurationFile: the configuration file, relative to the service's directory.
    ///   - outputDirectory: the directory that `--package` names; `nil` means `package.path` or `.serverless`.
    ///   - environment: the environment variables, which requirement files can refer to.
    package init(_ service: Service, configurationFile: String?, outputDirectory: LocalPath?, environment: Environment)
    {
        let path = service.package?["path"]?.string.map { service.directory / $0 }
        self.init(
            service: service.name,
            stage: service.stage,
            directory: service.directory,
            outputDirectory: outputDirectory ?? path
        )
        let name = service.root["service"]
        servicePlace = name?["name"]?.place ?? name?.place
        self.configurationFile = configurationFile
        usesDotenv = service.usesDotenv
        localPluginDirectory = service.root["plugins"]?["localPath"]?.string
        pluginsNotRun = service.pluginsThatMayAddFiles
        hookCommands = service.hookCommands
        installsRequirements = service.installsRequirements
        pythonRequirements = service.pythonRequirements
        runtime = service.runtime
        architecture = service.provider["architecture"]
        package = service.package
        let sharesLayers = service.provider["layers"]?.list?.isEmpty == false
        functions = service.functions.map { BundleFunction($0, sharesLayers: sharesLayers) }
        layers = service.layers.map(BundleLayer.init)
        cacheDirectory = environment.cacheDirectory(for: "furoshiki")
    }
}

extension Service {
    /// The commands of hooks in the sections of plugins that run scripts.
    fileprivate var hookCommands: [ConfigurationValue] {
        func strings(_ value: ConfigurationValue) -> [ConfigurationValue] {
            switch value.content {
            case .string: [value]
            case .list(let items): items.flatMap(strings)
            case .map(let members): members.values.flatMap(strings)
            case .null, .bool, .number: []
            }
        }
        return ["scripts", "scriptable", "scriptHooks"].compactMap { root["custom"]?[$0] }.flatMap(strings)
    }

    /// Whether the service uses the plugin for Python requirements.
    fileprivate var installsRequirements: Bool { plugins.contains("serverless-python-requirements") }
}

extension BundleFunction {
    /// Creates the part of a request for a function.
    init(_ function: ServiceFunction, sharesLayers: Bool) {
        self.init(key: function.key, name: function.name, place: function.node.keyPlace ?? function.node.place)
        handler = function.handler
        runtime = function.runtime
        architecture = function.node["architecture"]
        isImage = function.image != nil
        hasLayers = function.node["layers"]?.list.map { !$0.isEmpty } ?? sharesLayers
        module = function.node["module"]
        vendor = function.node["vendor"]
        package = function.node["package"]
    }
}

extension BundleLayer {
    /// Creates the part of a request for a layer.
    init(_ layer: ServiceLayer) {
        self.init(
            key: layer.key,
            place: layer.node.keyPlace ?? layer.node.place,
            path: layer.node["path"],
            package: layer.node["package"]
        )
    }
}
