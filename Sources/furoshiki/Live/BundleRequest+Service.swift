import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import RequirementFormats
import ServerlessConfig

extension BundleRequest {
    /// Makes the request for a service.
    ///
    /// - Parameters:
    ///   - service: the service, with its variables resolved.
    ///   - configurationFile: the configuration file's name relative to the service's folder.
    ///   - outputDirectory: what `--package` names, `nil` for `package.path` or `.serverless`.
    ///   - environment: the environment, which requirement files may refer to.
    init(_ service: Service, configurationFile: String?, outputDirectory: LocalPath?, environment: Environment) {
        let path = service.package?["path"]?.string.map { service.directory / $0 }
        self.init(
            service: service.name,
            stage: service.stage,
            directory: service.directory,
            outputDirectory: outputDirectory ?? path
        )
        self.configurationFile = configurationFile
        usesDotenv = service.usesDotenv
        localPluginDirectory = service.root["plugins"]?["localPath"]?.string
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
    /// Whether the plugin for Python requirements is used.
    fileprivate var installsRequirements: Bool { plugins.contains("serverless-python-requirements") }

    /// Where runtimes stand that bundling refuses.
    var placesOfUnknownRuntimes: Set<SourcePlace> {
        guard installsRequirements else { return [] }
        let runtimes = [runtime] + functions.filter { $0.image == nil }.map(\.runtime)
        return Set(
            runtimes.compactMap { runtime in
                guard let name = runtime?.string, (try? LambdaRuntime(named: name, at: nil)) == nil else { return nil }
                return runtime?.place
            }
        )
    }
}

extension BundleFunction {
    /// Makes the request's part for a function.
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
    /// Makes the request's part for a layer.
    init(_ layer: ServiceLayer) {
        self.init(
            key: layer.key,
            place: layer.node.keyPlace ?? layer.node.place,
            path: layer.node["path"],
            package: layer.node["package"]
        )
    }
}
