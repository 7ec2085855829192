package import ConfigurationValues
package import Diagnostics
package import HostSystem

/// The parts of a service that determine its artifacts.
package struct BundleRequest: Sendable {
    /// The name of the service, which is part of the names of shared artifacts.
    package var service: String
    /// The place of the name of the service in the configuration.
    package var servicePlace: SourcePlace?
    /// The stage, which is part of the name of a layer of requirements.
    package var stage: String
    /// The absolute path of the directory of the service.
    package var directory: LocalPath
    /// The path of the configuration file relative to ``directory``, which artifacts omit.
    package var configurationFile: String?
    /// The directory of the artifacts: `.serverless` in ``directory``, or the one of `--package` or `package.path`.
    package var outputDirectory: LocalPath
    /// Whether `.env` files are read; artifacts then omit them.
    package var usesDotenv = false
    /// The directory of the plugins of the service, which artifacts omit.
    package var localPluginDirectory: String?
    /// The plugins that are not run and may add files to artifacts, which are then missing.
    package var pluginsNotRun: [String] = []
    /// The commands of hooks of plugins for scripts, which are not run.
    package var hookCommands: [ConfigurationValue] = []
    /// Whether requirements are installed, because serverless-python-requirements is among the plugins.
    package var installsRequirements = false
    /// The options in `custom.pythonRequirements`.
    package var pythonRequirements: ConfigurationValue?
    /// The default runtime (`provider.runtime`).
    package var runtime: ConfigurationValue?
    /// The default architecture (`provider.architecture`).
    package var architecture: ConfigurationValue?
    /// The property `package` of the service.
    package var package: ConfigurationValue?
    /// The functions in the order of the file.
    package var functions: [BundleFunction] = []
    /// The layers in the order of the file.
    package var layers: [BundleLayer] = []
    /// The cache directory, or `nil` to keep nothing between runs.
    package var cacheDirectory: LocalPath?

    /// Creates a request for a service without functions and layers.
    package init(service: String, stage: String = "dev", directory: LocalPath, outputDirectory: LocalPath? = nil) {
        self.service = service
        self.stage = stage
        self.directory = directory
        self.outputDirectory = outputDirectory ?? directory / ".serverless"
    }
}

/// One function of a request.
package struct BundleFunction: Sendable {
    /// The key in `functions`, which is the name of an individual artifact.
    package var key: String
    /// The name in AWS, which is part of the name of the artifact of a module.
    package var name: String
    /// The location of the function in the configuration.
    package var place: SourcePlace?
    /// The property `handler`.
    package var handler: ConfigurationValue?
    /// The runtime of this function, or `nil` for the default.
    package var runtime: ConfigurationValue?
    /// The architecture of this function, or `nil` for the default.
    package var architecture: ConfigurationValue?
    /// Whether the function or the provider has layers, which may contain the handler.
    package var hasLayers = false
    /// Whether the function is a container image, for which there is no artifact.
    package var isImage = false
    /// The directory that is the root of the artifact (`module`).
    package var module: ConfigurationValue?
    /// The vendor directory of this function (`vendor`).
    package var vendor: ConfigurationValue?
    /// The property `package` of the function.
    package var package: ConfigurationValue?

    /// Creates a function without properties.
    package init(key: String, name: String? = nil, place: SourcePlace? = nil) {
        self.key = key
        self.name = name ?? key
        self.place = place
    }
}

/// One layer of a request.
package struct BundleLayer: Sendable {
    /// The key in `layers`, which is the name of the artifact.
    package var key: String
    /// The location of the layer in the configuration.
    package var place: SourcePlace?
    /// The directory that is the root of the artifact (`path`).
    package var path: ConfigurationValue?
    /// The property `package` of the layer.
    package var package: ConfigurationValue?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - key: the key in `layers`.
    ///   - place: the location of the layer in the configuration.
    ///   - path: the directory that is the root of the artifact.
    ///   - package: the property `package` of the layer.
    package init(
        key: String,
        place: SourcePlace? = nil,
        path: ConfigurationValue? = nil,
        package: ConfigurationValue? = nil
    ) {
        self.key = key
        self.place = place
        self.path = path
        self.package = package
    }
}
