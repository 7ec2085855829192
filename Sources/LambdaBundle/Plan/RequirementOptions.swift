package import Diagnostics
import HostSystem
package import OrderedJSON
package import RequirementFormats

/// What `custom.pythonRequirements` says, read and checked.
package struct RequirementOptions: Sendable {
    /// When what has no wheel is built in a container.
    package enum ContainerUse: Hashable, Sendable {
        /// Only where the host cannot build it.
        case ifNeeded
        /// Always.
        case always
    }

    /// `slim`: whether bytecode and metadata are left out and libraries stripped.
    package var isSlim = false
    /// `slimPatterns`: globs of installed files that `slim` leaves out besides.
    package var slimPatterns: [String] = []
    /// `slimPatternsAppendDefaults`: whether the patterns are added to the usual ones.
    package var appendsSlimPatterns = true
    /// `strip`: whether `slim` strips libraries.
    package var strips = true
    /// `zip`: whether the requirements go in as an archive within the artifact.
    package var nestsArchive = false
    /// `cleanupZipHelper` set to `false`: whether a copy of the unpacking helper is left in the service's folder.
    package var keepsZipHelper = false
    /// `layer`: the settings of a layer that holds the requirements; `nil` where the functions do.
    package var layer: OrderedMap<JSONValue>?
    /// Where `layer` is set.
    package var layerPlace: SourcePlace?
    /// `fileName`, `usePipenv`, `usePoetry` and the like: which source of requirements counts.
    package var source = RequirementSourceOptions()
    /// `noDeploy`: the names of distributions, or of files and folders at the top of what is installed, left out.
    package var noDeploy: [String] = []
    /// `vendor`: a folder laid over what is installed, relative to the service.
    package var vendor: String?
    /// Where `vendor` is set.
    package var vendorPlace: SourcePlace?
    /// `pipCmdExtraArgs`, as they were written.
    package var pipArguments: [String] = []
    /// Where `pipCmdExtraArgs` is set.
    package var pipArgumentsPlace: SourcePlace?
    /// `pythonBin`: the interpreter that builds source distributions on the host.
    package var interpreter: String?
    /// `dockerizePip`.
    package var containers = ContainerUse.ifNeeded
    /// The options of containers that are set, where `dockerizePip` is.
    package var containerOptions = ContainerOptions()
    /// `useStaticCache`: whether resolutions and artifacts of earlier runs count.
    package var usesStaticCache = true
    /// `useDownloadCache`: whether wheels of earlier runs count.
    package var usesDownloadCache = true
    /// `cacheLocation`: the folder of the caches, relative to the service.
    package var cacheLocation: String?
    /// `staticCacheMaxVersions`: how many cached artifacts are kept, 0 for all.
    package var maximumCacheVersions = 0
    /// `invalidateCaches`: whether caches are emptied after packaging.
    package var invalidatesCaches = false
    /// `compileBytecode`: whether bytecode is compiled ahead.
    package var compilesBytecode = false
    /// What the user should know of the options: warnings.
    package var findings: [Diagnostic] = []

    /// Makes options as they are where none is set.
    package init() {}
}

/// The options that only containers have a use for, as far as they say something of the wheels that are wanted.
package struct ContainerOptions: Hashable, Sendable {
    /// `dockerImage`: one image, or one for each runtime by its name; `nil` for the build image of the target.
    package var image: String?
    /// `dockerImage` as a map from runtime to image.
    package var images: [String: String] = [:]
    /// `dockerFile`: the file that an image is built of.
    package var file: String?
    /// `dockerExtraFiles`: files copied out of the container.
    package var extraFiles: [String] = []

    /// Makes options as they are where none is set.
    package init() {}

    /// The name of an option that asks for what only a container has; `nil` where none does.
    ///
    /// A published build image says nothing that the target does not say.
    package var demandingOption: String? {
        if file != nil { return "dockerFile" }
        if !extraFiles.isEmpty { return "dockerExtraFiles" }
        let own = ([image].compactMap { $0 } + images.values).contains { Self.python(ofPublishedImage: $0) == nil }
        return own ? "dockerImage" : nil
    }

    /// The image that was named for a runtime, `nil` for the build image of the target.
    package func image(for runtime: PythonRuntime) -> String? { images[runtime.name] ?? image }

    /// The version of Python in a build image that is published for Lambda, such as `3.12`; `nil` for other images.
    package static func python(ofPublishedImage image: String) -> String? {
        for prefix in ["public.ecr.aws/sam/build-python", "lambci/lambda:build-python"] where image.hasPrefix(prefix) {
            return String(image.dropFirst(prefix.count).prefix { $0.isNumber || $0 == "." })
        }
        return nil
    }
}
