package import Diagnostics
import HostSystem
package import OrderedJSON
package import RequirementFormats
package import WheelProvisioning

/// The options in `custom.pythonRequirements`, after validation.
package struct RequirementOptions: Sendable {
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
    /// `dockerizePip`, and the options for containers if it is on.
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
