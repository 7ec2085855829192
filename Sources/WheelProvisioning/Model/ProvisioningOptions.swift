package import PythonPackaging
package import RequirementFormats

/// The options of a service for resolving, downloading and building wheels.
package struct ProvisioningOptions: Hashable, Sendable {
    /// The options of `pipCmdExtraArgs`; their index replaces that of the requirement set.
    package var indexes = IndexOptions()
    /// The distributions that are omitted even if others depend on them (`noDeploy`).
    package var excluded: Set<PackageName> = []
    /// Whether earlier resolutions are reused (`useStaticCache`).
    package var usesResolutionCache = true
    /// Whether wheels in the cache are reused (`useDownloadCache`).
    package var usesWheelCache = true
    /// The number of resolutions to keep, of which the oldest are removed; 0 keeps all (`staticCacheMaxVersions`).
    package var maximumResolutions = 0
    /// The interpreter that builds source distributions (`pythonBin`); `nil` for one of the target's version.
    package var interpreter: String?
    /// When and how containers are used (`dockerizePip` and others).
    package var containers = ContainerOptions()

    /// Makes options with their default values.
    package init() {}
}
