package import Diagnostics
package import HostSystem
package import PythonPackaging

/// A distribution to install for a target: its exact version, and the file, archive or repository to get it from.
package struct ExactDistribution: Hashable, Sendable {
    /// The source of the distribution's wheel.
    package enum Source: Hashable, Sendable {
        /// A wheel; without an address, it is looked up in the index by its file name.
        case wheel(LockedFile, index: IndexAddress?)
        /// A source distribution, from which a wheel is built.
        case sourceDistribution(LockedFile, index: IndexAddress?)
        /// Any file of the version in the index that works on the target and has one of the hashes.
        case anyFile(hashes: [FileHash], index: IndexAddress?)
        /// An archive at an address whose name does not show what it is, or a directory in one.
        case archive(String, subdirectory: String?, hashes: [FileHash])
        /// A repository such as `git+https://…`, at a commit.
        case repository(String, commit: String, subdirectory: String?)
        /// A local directory or archive, absolute.
        case local(LocalPath)
    }

    /// The name of the distribution.
    package let name: PackageName
    /// The exact version; `nil` if only the source has it.
    package let version: Version?
    /// The source of the distribution's wheel.
    package let source: Source
    /// The place of the entry in the lock.
    package let place: SourcePlace?

    /// Makes a distribution from its source.
    package init(name: PackageName, version: Version?, source: Source, place: SourcePlace?) {
        self.name = name
        self.version = version
        self.source = source
        self.place = place
    }
}
