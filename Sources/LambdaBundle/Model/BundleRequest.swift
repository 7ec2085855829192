package import ConfigurationValues
package import Diagnostics
package import HostSystem

/// What is to be packaged: the parts of a service that decide its artifacts.
package struct BundleRequest: Sendable {
    /// The service's name, of which the shared artifacts have theirs.
    package var service: String
    /// The stage, part of the name of a layer of requirements.
    package var stage: String
    /// The folder of the service, absolute.
    package var directory: LocalPath
    /// The configuration file's name relative to ``directory``, which is left out of artifacts.
    package var configurationFile: String?
    /// Where the artifacts are written: `.serverless` in ``directory``, or what `--package` or `package.path` names.
    package var outputDirectory: LocalPath
    /// Whether `.env` files are read, which leaves them out of artifacts.
    package var usesDotenv = false
    /// The folder of the service's own plugins, which is left out of artifacts.
    package var localPluginDirectory: String?
    /// Whether requirements are installed: whether serverless-python-requirements is among the plugins.
    package var installsRequirements = false
    /// `custom.pythonRequirements`.
    package var pythonRequirements: ConfigurationValue?
    /// `provider.runtime`.
    package var runtime: ConfigurationValue?
    /// `provider.architecture`.
    package var architecture: ConfigurationValue?
    /// `package` of the service.
    package var package: ConfigurationValue?
    /// The functions in the order of the file.
    package var functions: [BundleFunction] = []
    /// The layers in the order of the file.
    package var layers: [BundleLayer] = []
    /// Where caches are kept; `nil` keeps nothing from run to run.
    package var cacheDirectory: LocalPath?

    /// Makes a request for a service without functions.
    package init(service: String, stage: String = "dev", directory: LocalPath, outputDirectory: LocalPath? = nil) {
        self.service = service
        self.stage = stage
        self.directory = directory
        self.outputDirectory = outputDirectory ?? directory / ".serverless"
    }
}

/// One function of a request.
package struct BundleFunction: Sendable {
    /// The key in `functions`; an artifact of its own has its name.
    package var key: String
    /// The name in AWS, which the artifact of a module holds.
    package var name: String
    /// Where the function stands in the file.
    package var place: SourcePlace?
    /// `handler`.
    package var handler: ConfigurationValue?
    /// `runtime` of this function alone.
    package var runtime: ConfigurationValue?
    /// `architecture` of this function alone.
    package var architecture: ConfigurationValue?
    /// Whether the function has layers, of its own or of the provider, which may bring what its handler needs.
    package var hasLayers = false
    /// Whether the function is a container image, which has no artifact.
    package var isImage = false
    /// `module`: the folder that is the root of the artifact.
    package var module: ConfigurationValue?
    /// `vendor` of this function alone.
    package var vendor: ConfigurationValue?
    /// `package` of the function.
    package var package: ConfigurationValue?

    /// Makes a function.
    package init(key: String, name: String? = nil, place: SourcePlace? = nil) {
        self.key = key
        self.name = name ?? key
        self.place = place
    }
}

/// One layer of a request.
package struct BundleLayer: Sendable {
    /// The key in `layers`; the artifact has its name.
    package var key: String
    /// Where the layer stands in the file.
    package var place: SourcePlace?
    /// `path`: the folder that is the root of the artifact.
    package var path: ConfigurationValue?
    /// `package` of the layer.
    package var package: ConfigurationValue?

    /// Makes a layer.
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
