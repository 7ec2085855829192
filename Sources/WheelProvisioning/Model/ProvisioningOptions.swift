package import PythonPackaging
package import RequirementFormats

/// How wheels are come by, beside what the requirement set says.
package struct ProvisioningOptions: Hashable, Sendable {
    /// Options of `pipCmdExtraArgs`; where they and the requirement set name one index, these count.
    package var indexes = IndexOptions()
    /// Distributions that are left out although something needs them (`noDeploy`).
    package var excluded: Set<PackageName> = []
    /// Whether earlier resolutions count (`useStaticCache`).
    package var usesResolutionCache = true
    /// Whether wheels that were fetched earlier count (`useDownloadCache`).
    package var usesWheelCache = true
    /// How many resolutions are kept, the oldest going first; 0 keeps all (`staticCacheMaxVersions`).
    package var maximumResolutions = 0
    /// The interpreter that builds source distributions (`pythonBin`); `nil` for one of the target's version.
    package var interpreter: String?

    /// Makes options as they are where none is set.
    package init() {}
}
