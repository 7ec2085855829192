package import Diagnostics
package import HostSystem
package import PythonPackaging

/// What a lock has, the same for every target.
package struct Lock: Hashable, Sendable {
    /// The distributions; of several entries of one name, markers leave one for a target.
    package var packages: [LockedPackage]
    /// What is installed of them, with all that it needs; `nil` for every one whose marker holds.
    package var roots: [LockedDependency]?
    /// The Python versions that the lock is for, empty where it does not say.
    package var requiresPython: VersionSpecifierSet
    /// The environments that the lock is for, empty where it does not say.
    package var environments: [Marker] = []
    /// The groups that are installed, for markers that ask for them.
    package var dependencyGroups: Set<String> = []

    /// Makes a lock.
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

/// That something needs a distribution of a lock.
package struct LockedDependency: Hashable, Sendable {
    /// The distribution.
    package var name: PackageName
    /// The extras of it that are needed, normalized.
    package var extras: [String]
    /// When it is needed, `nil` for always.
    package var marker: Marker?
    /// The versions of it that will do, any of the sets; empty for any version.
    package var versions: [VersionSpecifierSet]
    /// The origin of the entry that is meant, where the lock has several; `nil` for any.
    package var source: LockedPackage.Source?

    /// Makes a dependency.
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

    /// Whether an entry of a lock is meant.
    func isMet(by package: LockedPackage) -> Bool {
        guard package.name == name, source == nil || source == package.source else { return false }
        guard let version = package.version, !versions.isEmpty else { return true }
        return versions.contains { $0.contains(version, preReleases: true) }
    }
}

/// One distribution of a lock.
package struct LockedPackage: Hashable, Sendable {
    /// Where a distribution comes from.
    package enum Source: Hashable, Sendable {
        /// An index, `nil` for the default one; the files may have addresses of their own.
        case index(IndexAddress?)
        /// An archive at an address, with a folder inside it where that is not the root.
        case archive(String, subdirectory: String?)
        /// A repository as `git+https://…`, at a commit.
        case repository(String, commit: String, subdirectory: String?)
        /// A folder or an archive on this machine, absolute.
        case local(LocalPath)
    }

    /// The distribution.
    package var name: PackageName
    /// Its version, `nil` where the lock leaves it to the source.
    package var version: Version?
    /// When it is installed, `nil` for always.
    package var marker: Marker?
    /// The Python versions that it is for, empty for any.
    package var requiresPython = VersionSpecifierSet()
    /// What it needs; markers may ask for its extras.
    package var dependencies: [LockedDependency] = []
    /// Where it comes from.
    package var source: Source
    /// Its files as far as the lock names them.
    package var files: [LockedFile]
    /// Hashes of its files where the lock does not say which file has which.
    package var hashes: [FileHash]
    /// Where the lock has it.
    package var place: SourcePlace?

    /// Makes an entry.
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
    /// The file's name.
    package var name: String
    /// Where it is to be had: an address, `nil` where the index has to be asked.
    package var address: String?
    /// The file on this machine, absolute, where the lock names one.
    package var path: LocalPath?
    /// Hashes, any of which it must have; empty where the lock has none.
    package var hashes: [FileHash]
    /// Its size in bytes, `nil` where the lock does not say.
    package var sizeBytes: Int?

    /// Makes a file.
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

/// A distribution that is to be installed for a target, with nothing left to choose.
package struct ExactDistribution: Hashable, Sendable {
    /// How its wheel is come by.
    package enum Source: Hashable, Sendable {
        /// This wheel; without address, the index has it under its name.
        case wheel(LockedFile, index: IndexAddress?)
        /// This source distribution, which is to be built.
        case sourceDistribution(LockedFile, index: IndexAddress?)
        /// Whatever file of this version the index has for the target, if it has one of the hashes.
        case anyFile(hashes: [FileHash], index: IndexAddress?)
        /// An archive at an address that does not tell its kind by its name, or a folder inside one.
        case archive(String, subdirectory: String?, hashes: [FileHash])
        /// A repository as `git+https://…`, at a commit.
        case repository(String, commit: String, subdirectory: String?)
        /// A folder or an archive on this machine, absolute.
        case local(LocalPath)
    }

    /// The distribution.
    package let name: PackageName
    /// Its version, `nil` where the source tells it.
    package let version: Version?
    /// How its wheel is come by.
    package let source: Source
    /// Where the lock has it.
    package let place: SourcePlace?

    /// Makes a distribution.
    package init(name: PackageName, version: Version?, source: Source, place: SourcePlace?) {
        self.name = name
        self.version = version
        self.source = source
        self.place = place
    }
}
