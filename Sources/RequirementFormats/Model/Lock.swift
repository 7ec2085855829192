package import Diagnostics
package import HostSystem
package import PythonPackaging

/// The content of a lock file; the same for every target.
package struct Lock: Hashable, Sendable {
    /// The locked distributions; if several have the same name, at most one of their markers is true for a target.
    package var packages: [LockedPackage]
    /// The distributions to install, with their dependencies; `nil` to install every one whose marker is true.
    package var roots: [LockedDependency]?
    /// The Python versions that the lock supports; empty if it does not say.
    package var requiresPython: VersionSpecifierSet
    /// The environments that the lock supports; empty if it does not say.
    package var environments: [Marker] = []
    /// The installed dependency groups, for markers that refer to them.
    package var dependencyGroups: Set<String> = []

    /// Makes the lock of some distributions.
    package init(
        _ packages: [LockedPackage],
        roots: [LockedDependency]? = nil,
        requiresPython: VersionSpecifierSet = VersionSpecifierSet()
    ) {
        self.packages = packages
        self.roots = roots
        self.requiresPython = requiresPython
    }
}

/// A dependency on a distribution of a lock.
package struct LockedDependency: Hashable, Sendable {
    /// The name of the required distribution.
    package var name: PackageName
    /// The required extras of the distribution, normalized.
    package var extras: [String]
    /// The condition of the dependency; `nil` for always.
    package var marker: Marker?
    /// Version sets of which the version must satisfy one; empty for any version.
    package var versions: [VersionSpecifierSet]
    /// The source of the required entry, if the lock has several of the name; `nil` for any.
    package var source: LockedPackage.Source?

    /// Makes a dependency on a distribution by its name.
    package init(
        _ name: PackageName,
        extras: [String] = [],
        marker: Marker? = nil,
        versions: [VersionSpecifierSet] = [],
        source: LockedPackage.Source? = nil
    ) {
        self.name = name
        self.extras = extras
        self.marker = marker
        self.versions = versions
        self.source = source
    }

    /// Whether an entry of the lock satisfies the dependency.
    func isMet(by package: LockedPackage) -> Bool {
        guard package.name == name, source == nil || source == package.source else { return false }
        guard let version = package.version, !versions.isEmpty else { return true }
        return versions.contains { $0.contains(version, preReleases: true) }
    }
}

/// One distribution of a lock.
package struct LockedPackage: Hashable, Sendable {
    /// The source from which a locked distribution is installed.
    package enum Source: Hashable, Sendable {
        /// An index, `nil` for the default one; the files may have their own addresses.
        case index(IndexAddress?)
        /// An archive at an address, with the directory of the project in it if that is not the root.
        case archive(String, subdirectory: String?)
        /// A repository such as `git+https://…`, at a commit.
        case repository(String, commit: String, subdirectory: String?)
        /// A local directory or archive, absolute.
        case local(LocalPath)
    }

    /// The name of the distribution.
    package var name: PackageName
    /// The locked version; `nil` if only the source has it.
    package var version: Version?
    /// The condition of the installation; `nil` for always.
    package var marker: Marker?
    /// The Python versions that the distribution supports; empty for any.
    package var requiresPython = VersionSpecifierSet()
    /// The dependencies of the distribution; their markers may refer to its extras.
    package var dependencies: [LockedDependency] = []
    /// The source from which the distribution is installed.
    package var source: Source
    /// The files of the distribution; empty if the lock does not list them.
    package var files: [LockedFile]
    /// The hashes of the files, if the lock does not say which file has which.
    package var hashes: [FileHash]
    /// The place of the entry in the lock.
    package var place: SourcePlace?

    /// Makes the entry of a distribution.
    package init(
        name: PackageName,
        version: Version?,
        marker: Marker? = nil,
        source: Source,
        files: [LockedFile] = [],
        hashes: [FileHash] = [],
        place: SourcePlace? = nil
    ) {
        self.name = name
        self.version = version
        self.marker = marker
        self.source = source
        self.files = files
        self.hashes = hashes
        self.place = place
    }
}

/// One file of a locked distribution.
package struct LockedFile: Hashable, Sendable {
    /// The name of the file, with the version and tags of a wheel.
    package var name: String
    /// The address of the file; `nil` if it must be looked up in the index.
    package var address: String?
    /// The path of a local file, absolute; `nil` if the lock has none.
    package var path: LocalPath?
    /// The hashes of which the file must have one; empty if the lock has none.
    package var hashes: [FileHash]
    /// The size in bytes; `nil` if the lock does not say.
    package var sizeBytes: Int?

    /// Makes the entry of a file.
    package init(
        name: String,
        address: String? = nil,
        path: LocalPath? = nil,
        hashes: [FileHash] = [],
        sizeBytes: Int? = nil
    ) {
        self.name = name
        self.address = address
        self.path = path
        self.hashes = hashes
        self.sizeBytes = sizeBytes
    }
}
