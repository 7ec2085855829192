import Diagnostics
package import HostSystem
import Synchronization
package import ZipArchive

/// A zip that was written.
package struct WrittenArtifact: Hashable, Sendable {
    /// Where it lies.
    package var path: LocalPath
    /// The digest of the zip.
    package var sha256: SHA256Digest
    /// The size of the zip in bytes.
    package var zippedBytes: Int64
    /// The size of its files in bytes.
    package var unzippedBytes: Int64
    /// The number of its files.
    package var entryCount: Int
    /// The CRC-32 of the zip, for one that goes into another.
    package var crc32: UInt32

    /// Makes a description.
    package init(
        path: LocalPath,
        sha256: SHA256Digest,
        zippedBytes: Int64,
        unzippedBytes: Int64,
        entryCount: Int,
        crc32: UInt32
    ) {
        self.path = path
        self.sha256 = sha256
        self.zippedBytes = zippedBytes
        self.unzippedBytes = unzippedBytes
        self.entryCount = entryCount
        self.crc32 = crc32
    }
}

/// Writes artifacts, computing their digest on the way.
package struct ArtifactWriter: Sendable {
    private let concurrency: Int
    private let compressedFiles: CompressedFiles?

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - concurrency: how many files it compresses at a time.
    ///   - compressedFiles: what other artifacts of the run have compressed, `nil` where there are no others.
    package init(concurrency: Int, compressedFiles: CompressedFiles? = nil) {
        self.concurrency = concurrency
        self.compressedFiles = compressedFiles
    }

    /// Writes an artifact; a file of that name is replaced when all is written.
    ///
    /// - Parameters:
    ///   - content: what goes in.
    ///   - path: where the zip is to be; its folder must exist.
    /// - Returns: digest and sizes.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    package func write(_ content: ArtifactContent, to path: LocalPath) async throws -> WrittenArtifact {
        try await write(content.files, to: path)
    }

    /// Writes requirements as an archive of their own, which then goes into artifacts as it is.
    ///
    /// - Parameters:
    ///   - content: what goes in.
    ///   - path: where the zip is to be; it must stay there until the artifacts are written.
    /// - Returns: the archive.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    package func write(_ content: RequirementContent, to path: LocalPath) async throws -> NestedRequirements {
        NestedRequirements(content: content, archive: try await write(content.files, to: path))
    }

    private func write(_ files: [ContentFile], to path: LocalPath) async throws -> WrittenArtifact {
        let digest = DigestObserver()
        let writer = ZipWriter(concurrency: concurrency, compressedFiles: compressedFiles, observer: digest)
        let summary: ZipSummary
        do {
            summary = try await writer.write(files.map(\.member), to: path.string)
        } catch let error as ZipError {
            throw DiagnosticError(describing: error)
        }
        return WrittenArtifact(
            path: path,
            sha256: digest.finish(),
            zippedBytes: Int64(summary.archiveSize),
            unzippedBytes: Int64(summary.contentSize),
            entryCount: summary.entryCount,
            crc32: summary.crc32
        )
    }
}

/// Computes the digest of an archive while it is written.
private final class DigestObserver: ByteObserver {
    private let hash = Mutex<SHA256?>(SHA256())

    func observe(_ bytes: Span<UInt8>) {
        hash.withLock { $0?.update(bytes) }
    }

    func finish() -> SHA256Digest {
        hash.withLock { $0.take()?.finalize() ?? SHA256().finalize() }
    }
}
