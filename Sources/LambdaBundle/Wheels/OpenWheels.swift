import ELFFormat
package import HostSystem
import PythonPackaging
import Synchronization
package import WheelProvisioning
import ZipArchive

/// Keeps the wheels of a run open, so that each is read and checked once for all artifacts.
package final class OpenWheels: Sendable {
    private let layouts = Mutex<[SHA256Digest: WheelLayout]>([:])
    private let stripped = Mutex<[SHA256Digest: ZipReader]>([:])
    private let audits = Mutex<[SHA256Digest: WheelAudit]>([:])
    let cache: LocalPath?
    let files: any FileSystem
    let processorCount: Int

    /// Creates an empty collection.
    ///
    /// - Parameters:
    ///   - cache: the cache directory for audits and stripped libraries, or `nil` for no cache.
    ///   - files: the file system.
    ///   - processorCount: the number of wheels to read concurrently.
    package init(cache: LocalPath?, files: any FileSystem, processorCount: Int) {
        self.cache = cache
        self.processorCount = processorCount
        self.files = files
    }

    /// The installed files of a wheel.
    package func layout(of wheel: StoredWheel) throws -> WheelLayout {
        if let known = layouts.withLock({ $0[wheel.sha256] }) { return known }
        let layout = try WheelError.attributing(to: wheel) { try WheelLayout(of: wheel) }
        return layouts.withLock { known in
            if let earlier = known[wheel.sha256] { return earlier }
            known[wheel.sha256] = layout
            return layout
        }
    }

    /// The audit of a wheel in this run, if any.
    func knownAudit(of digest: SHA256Digest) -> WheelAudit? { audits.withLock { $0[digest] } }

    /// Keeps the audit of a wheel for the rest of the run.
    func keep(_ audit: WheelAudit, of digest: SHA256Digest) { audits.withLock { $0[digest] = audit } }

    /// The stripped libraries of a wheel, as an archive with the same names, or `nil` if it has no libraries.
    ///
    /// - Parameters:
    ///   - layout: the wheel.
    ///   - scratch: the directory for the archive if there is no cache.
    /// - Returns: a reader of the archive.
    /// - Throws: errors of reading and writing archives.
    func strippedLibraries(of layout: WheelLayout, scratch: LocalPath) async throws -> ZipReader? {
        let digest = layout.wheel.sha256
        if let known = stripped.withLock({ $0[digest] }) { return known }
        let libraries = layout.archive.entries.filter { $0.kind == .file && $0.path.string.hasSuffix(".so") }
        guard !libraries.isEmpty else { return nil }
        // Increase the version when stripping or compression changes.
        let folder = (cache ?? scratch) / "stripped-1"
        let path = folder / "\(digest.hexadecimal).zip"
        let record = folder / "\(digest.hexadecimal).verified"
        let archive: ZipReader
        // If the cached archive is damaged, strip the libraries again.
        if let known = VerifiedFile(at: record, files: files),
            try VerifiedFile.verifyContent(of: path, known.digest, at: record, files: files),
            let kept = try? Self.open(path), kept.entries.count == libraries.count
        {
            archive = kept
        } else {
            try files.createDirectory(folder)
            let members = libraries.map { entry in
                ArchiveMember(
                    path: entry.path,
                    isExecutable: entry.isExecutable,
                    content: .computed(sizeHint: entry.size) {
                        let content = try layout.archive.contents(of: entry)
                        return ELFStripper.strip(content) ?? content
                    }
                )
            }
            let digest = DigestObserver()
            let writer = ZipWriter(concurrency: processorCount, observer: digest)
            let written = try await writer.write(members, to: path.string)
            if let status = files.statusIfPresent(of: path, followingLinks: false) {
                VerifiedFile.record(path, digest.finish(), crc32: written.crc32, status, at: record, files: files)
            }
            archive = try Self.open(path)
        }
        stripped.withLock { $0[digest] = archive }
        return archive
    }

    /// Opens an archive with files of a wheel, with the same size limits.
    private static func open(_ path: LocalPath) throws(ZipError) -> ZipReader {
        try ZipReader(opening: path.string, limits: StoredWheel.sizeLimits)
    }
}
