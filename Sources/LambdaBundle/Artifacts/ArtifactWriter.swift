import Diagnostics
package import HostSystem
package import ZipArchive

/// A zip file that has been written.
package struct WrittenArtifact: Hashable, Sendable {
    /// The path of the zip file.
    package var path: LocalPath
    /// The SHA-256 of the zip file.
    package var sha256: SHA256Digest
    /// The size of the zip file in bytes.
    package var zippedBytes: Int64
    /// The unzipped size in bytes.
    package var unzippedBytes: Int64
    /// The number of files.
    package var entryCount: Int
    /// The CRC-32 of the zip file, for nested archives.
    package var crc32: UInt32

    /// Creates a description of a zip file.
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

/// Writes artifacts and calculates their digests at the same time.
package struct ArtifactWriter: Sendable {
    private let concurrency: Int
    private let compressedFiles: CompressedFiles?

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - concurrency: the number of files to compress concurrently.
    ///   - compressedFiles: compressed files to share with other artifacts, or `nil` if there are no others.
    package init(concurrency: Int, compressedFiles: CompressedFiles? = nil) {
        self.concurrency = concurrency
        self.compressedFiles = compressedFiles
    }

    /// Writes an artifact, and replaces an existing file at the end.
    ///
    /// - Parameters:
    ///   - content: the content of the artifact.
    ///   - path: the path of the zip file; its directory must exist.
    /// - Returns: the digest and sizes of the zip file.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    package func write(_ content: ArtifactContent, to path: LocalPath) async throws -> WrittenArtifact {
        try await write(content.files, to: path)
    }

    /// Writes requirements to a nested archive for artifacts.
    ///
    /// - Parameters:
    ///   - content: the content of the archive.
    ///   - path: the path of the zip file, which must exist until the artifacts have been written.
    /// - Returns: the archive that was written.
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
