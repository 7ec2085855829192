package import HostSystem
package import PythonPackaging
package import ZipArchive

/// A verified wheel in the cache, whose file never changes.
package struct StoredWheel: Hashable, Sendable {
    /// The file name, which consists of distribution, version and tags.
    package var name: WheelName
    /// The path of the file, absolute.
    package var path: LocalPath
    /// The digest of the file.
    package var sha256: SHA256Digest
    /// Where the wheel comes from.
    package var origin = Origin.index
    /// Whether it consists of files that `dockerExtraFiles` names, and not of a distribution.
    package var isFileSet = false
    /// Whether it was built from source, because no index has a wheel for the target.
    package var isBuilt: Bool { origin != .index }

    /// Where a wheel comes from.
    package enum Origin: String, Hashable, Sendable {
        /// An index, an address or a file.
        case index
        /// A build on this system.
        case thisSystem = "built"
        /// A build in a container.
        case container = "container"
    }

    /// Size limits that no wheel for Lambda reaches; whether an artifact is too large is checked for the artifact.
    package static let sizeLimits = ZipLimits(entryBytes: 4 << 30, totalBytes: 16 << 30)

    /// Makes the description of a verified wheel.
    package init(name: WheelName, path: LocalPath, sha256: SHA256Digest) {
        self.name = name
        self.path = path
        self.sha256 = sha256
    }
}
