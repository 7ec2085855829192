import HostSystem
import LambdaBundle
import OrderedJSON
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
        pythonRequirements = service.pythonRequirements.map(Setting.init)
        runtime = service.runtime.map(Setting.init)
        architecture = service.provider["architecture"].map(Setting.init)
        package = service.package.map(Setting.init)
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
    init(_ function: Function, sharesLayers: Bool) {
        self.init(key: function.key, name: function.name, place: function.node.keyPlace ?? function.node.place)
        handler = function.handler.map(Setting.init)
        runtime = function.runtime.map(Setting.init)
        architecture = function.node["architecture"].map(Setting.init)
        isImage = function.image != nil
        hasLayers = function.node["layers"]?.list.map { !$0.isEmpty } ?? sharesLayers
        module = function.node["module"].map(Setting.init)
        vendor = function.node["vendor"].map(Setting.init)
        package = function.node["package"].map(Setting.init)
    }
}

extension BundleLayer {
    /// Makes the request's part for a layer.
    init(_ layer: Layer) {
        self.init(
            key: layer.key,
            place: layer.node.keyPlace ?? layer.node.place,
            path: layer.node["path"].map(Setting.init),
            package: layer.node["package"].map(Setting.init)
        )
    }
}

extension Setting {
    /// Makes a setting of a configuration's value.
    init(_ node: Node) {
        let value: Value =
            switch node.content {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .number(let number): .number(number)
            case .string(let text): .string(text)
            case .list(let items): .list(items.map(Setting.init))
            case .map(let members): .map(members.mapValues(Setting.init))
            }
        self.init(value, at: node.place, keyAt: node.keyPlace)
    }
}
