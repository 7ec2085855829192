package import HostSystem
package import PythonPackaging
package import RequirementFormats

/// A wheel on disk whose content is known by its digest; the file never changes.
package struct StoredWheel: Hashable, Sendable {
    /// The file name, which says distribution, version and tags.
    package var name: WheelName
    /// Where it lies.
    package var path: LocalPath
    /// The digest of the file.
    package var sha256: SHA256Digest

    /// Makes a description of a wheel that was verified.
    package init(name: WheelName, path: LocalPath, sha256: SHA256Digest) {
        self.name = name
        self.path = path
        self.sha256 = sha256
    }
}

/// How wheels are come by, beside what the requirement set says.
package struct SupplyOptions: Hashable, Sendable {
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

/// What a supplier tells while it works.
package enum SupplyEvent: Hashable, Sendable {
    /// So many distributions are to be installed for a target; `isReused` where an earlier resolution counted.
    case resolved(Target, distributions: Int, isReused: Bool)
    /// So many bytes of the file of that name are here, of so many where the server says.
    case downloading(String, receivedBytes: Int64, totalBytes: Int64?)
    /// The file of that name is here and verified.
    case downloaded(String, bytes: Int64)
    /// Servers have not answered for so long.
    case waiting(hosts: [String], Duration)
    /// A wheel is being built for a target.
    case building(PackageName, Target)
    /// A wheel was built for a target.
    case built(PackageName, Target)
}

/// Supplies the wheels that a requirement set means for a target.
package protocol WheelSupplying: Sendable {
    /// Resolves a requirement set for a target, and brings every wheel of it onto this machine.
    ///
    /// Several targets and sets may be asked for at once.
    /// - Parameters:
    ///   - requirements: What is asked for.
    ///   - target: What it is for.
    ///   - options: How wheels are come by.
    ///   - report: Gets what happens, on any thread.
    /// - Returns: The wheels, sorted by normalized name, one of a distribution.
    /// - Throws: an error that can tell itself (`DiagnosticConvertible`), `CancellationError`.
    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: SupplyOptions,
        report: @escaping @Sendable (SupplyEvent) -> Void
    ) async throws -> [StoredWheel]
}
