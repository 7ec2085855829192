import ELFFormat
package import HostSystem
import PythonPackaging
import Synchronization
package import WheelProvisioning
import ZipArchive

/// Keeps the wheels of a run open, so that each is read and checked once, however many artifacts it goes into.
package final class OpenWheels: Sendable {
    private let layouts = Mutex<[SHA256Digest: WheelLayout]>([:])
    private let stripped = Mutex<[SHA256Digest: ZipReader]>([:])
    private let audits = Mutex<[SHA256Digest: WheelAudit]>([:])
    let cache: LocalPath?
    let files: any FileSystem
    let processorCount: Int

    /// Makes a collection without wheels.
    ///
    /// - Parameters:
    ///   - cache: the folder that keeps what was found out about wheels, and wheels that are derived of others, from
    ///     run to run; `nil` keeps nothing.
    ///   - files: the file system.
    ///   - processorCount: how many wheels are read at a time.
    package init(cache: LocalPath?, files: any FileSystem, processorCount: Int) {
        self.cache = cache
        self.processorCount = processorCount
        self.files = files
    }

    /// A wheel as it is installed.
    package func layout(of wheel: StoredWheel) throws -> WheelLayout {
        if let known = layouts.withLock({ $0[wheel.sha256] }) { return known }
        let layout = try WheelError.attributing(to: wheel) { try WheelLayout(of: wheel) }
        return layouts.withLock { known in
            if let earlier = known[wheel.sha256] { return earlier }
            known[wheel.sha256] = layout
            return layout
        }
    }

    /// What was found out about a wheel in this run.
    func knownAudit(of digest: SHA256Digest) -> WheelAudit? { audits.withLock { $0[digest] } }

    /// Keeps what was found out about a wheel for the rest of the run.
    func keep(_ audit: WheelAudit, of digest: SHA256Digest) { audits.withLock { $0[digest] = audit } }

    /// The stripped libraries of a wheel, as an archive of entries of the same names; `nil` where it has none.
    ///
    /// - Parameters:
    ///   - layout: the wheel.
    ///   - scratch: where the archive is written if no cache keeps it.
    /// - Returns: the archive.
    /// - Throws: what reading and writing archives throws.
    func strippedLibraries(of layout: WheelLayout, scratch: LocalPath) async throws -> ZipReader? {
        let digest = layout.wheel.sha256
        if let known = stripped.withLock({ $0[digest] }) { return known }
        let libraries = layout.archive.entries.filter { $0.kind == .file && $0.path.string.hasSuffix(".so") }
        guard !libraries.isEmpty else { return nil }
        // The version counts up whenever what is stripped, or how it is compressed, changes.
        let folder = (cache ?? scratch) / "stripped-1"
        let path = folder / "\(digest.hexadecimal).zip"
        let archive: ZipReader
        // One that is broken is made anew.
        if files.isFile(path), let kept = try? Self.open(path), kept.entries.count == libraries.count {
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
            _ = try await ZipWriter(concurrency: processorCount).write(members, to: path.string)
            archive = try Self.open(path)
        }
        stripped.withLock { $0[digest] = archive }
        return archive
    }

    /// Opens an archive of what a wheel holds, which may be as large as that.
    private static func open(_ path: LocalPath) throws(ZipError) -> ZipReader {
        try ZipReader(opening: path.string, limits: StoredWheel.sizeLimits)
    }
}
