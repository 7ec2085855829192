package import Diagnostics
import HostSystem
package import OrderedJSON
package import RequirementFormats

/// The options in `custom.pythonRequirements`, after validation.
package struct RequirementOptions: Sendable {
    /// When packages without a wheel are built in a container.
    package enum ContainerUse: Hashable, Sendable {
        /// Only if the host cannot build them.
        case ifNeeded
        /// Always, even if the host can build them.
        case always
    }

    /// `slim`: whether to remove bytecode and metadata, and to strip libraries.
    package var isSlim = false
    /// `slimPatterns`: globs of other installed files that `slim` removes.
    package var slimPatterns: [String] = []
    /// `slimPatternsAppendDefaults`: whether the patterns are added to the default ones.
    package var appendsSlimPatterns = true
    /// `strip`: whether `slim` strips libraries.
    package var strips = true
    /// `zip`: whether the requirements are a nested archive in the artifact.
    package var nestsArchive = false
    /// `cleanupZipHelper: false`: whether to keep a copy of the unpacking module in the directory of the service.
    package var keepsZipHelper = false
    /// `layer`: the settings of a layer with the requirements, or `nil` if functions contain them.
    package var layer: OrderedMap<JSONValue>?
    /// The location of `layer` in the configuration.
    package var layerPlace: SourcePlace?
    /// `fileName`, `usePipenv`, `usePoetry` and others: how to find the source of requirements.
    package var source = RequirementSourceOptions()
    /// `noDeploy`: the names of distributions, or of top-level installed files and directories, to remove.
    package var noDeploy: [String] = []
    /// `vendor`: a directory whose files override installed ones, relative to the service.
    package var vendor: String?
    /// The location of `vendor` in the configuration.
    package var vendorPlace: SourcePlace?
    /// `pipCmdExtraArgs`: the original strings.
    package var pipArguments: [String] = []
    /// The location of `pipCmdExtraArgs` in the configuration.
    package var pipArgumentsPlace: SourcePlace?
    /// `pythonBin`: the interpreter for building source distributions on the host.
    package var interpreter: String?
    /// `dockerizePip`: when to build in a container, or `nil` for never.
    package var containers = ContainerUse.ifNeeded
    /// The options for containers, if `dockerizePip` is set.
    package var containerOptions = ContainerOptions()
    /// `useStaticCache`: whether to use cached resolutions.
    package var usesStaticCache = true
    /// `useDownloadCache`: whether to use cached wheels.
    package var usesDownloadCache = true
    /// `cacheLocation`: the directory of the caches, relative to the service.
    package var cacheLocation: String?
    /// `staticCacheMaxVersions`: the number of cached resolutions to keep, or 0 for all.
    package var maximumCacheVersions = 0
    /// `invalidateCaches`: whether to empty the caches after packaging.
    package var invalidatesCaches = false
    /// `compileBytecode`: whether to include bytecode of the modules.
    package var compilesBytecode = false
    /// Warnings about the options.
    package var findings: [Diagnostic] = []

    /// Creates options with their default values.
    package init() {}
}

/// The options for containers that affect which wheels are needed.
package struct ContainerOptions: Hashable, Sendable {
    /// `dockerImage`: the image for all runtimes, or `nil` for the default build image.
    package var image: String?
    /// `dockerImage` as a mapping from runtimes to images.
    package var images: [String: String] = [:]
    /// `dockerFile`: the file from which to build an image.
    package var file: String?
    /// `dockerExtraFiles`: files to copy from the container.
    package var extraFiles: [String] = []

    /// Creates options with their default values.
    package init() {}

    /// The name of an option that requires the content of a container, or `nil` if there is none.
    ///
    /// A published build image does not require one, as it is equivalent to the target.
    package var optionThatNeedsContainer: String? {
        if file != nil { return "dockerFile" }
        if !extraFiles.isEmpty { return "dockerExtraFiles" }
        let own = ([image].compactMap { $0 } + images.values).contains { Self.python(ofPublishedImage: $0) == nil }
        return own ? "dockerImage" : nil
    }

    /// The image for a runtime, or `nil` for the default build image.
    package func image(for runtime: PythonRuntime) -> String? { images[runtime.name] ?? image }

    /// The Python version in a published build image for Lambda, such as `3.12`, or `nil` for other images.
    package static func python(ofPublishedImage image: String) -> String? {
        for prefix in ["public.ecr.aws/sam/build-python", "lambci/lambda:build-python"] where image.hasPrefix(prefix) {
            return String(image.dropFirst(prefix.count).prefix { $0.isNumber || $0 == "." })
        }
        return nil
    }
}
