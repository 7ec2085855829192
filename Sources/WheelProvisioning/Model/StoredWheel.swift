package import HostSystem
package import PythonPackaging
package import ZipArchive

/// A wheel on disk whose content is known by its digest; the file never changes.
package struct StoredWheel: Hashable, Sendable {
    /// The file name, which says distribution, version and tags.
    package var name: WheelName
    /// Where it lies.
    package var path: LocalPath
    /// The digest of the file.
    package var sha256: SHA256Digest

    /// Sizes that no wheel for Lambda has; whether an artifact is too large is told of artifacts, by distribution.
    package static let sizeLimits = ZipLimits(entryBytes: 4 << 30, totalBytes: 16 << 30)

    /// Makes a description of a wheel that was verified.
    package init(name: WheelName, path: LocalPath, sha256: SHA256Digest) {
        self.name = name
        self.path = path
        self.sha256 = sha256
    }
}
