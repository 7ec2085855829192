import AWSClient
import HostSystem
import StackDiff
import ZipArchive

/// Reads the list of an artifact's files where the artifact is: on this machine, or in the bucket by ranged requests.
enum ArtifactReading {
    /// The files of an archive on this machine.
    ///
    /// - Parameters:
    ///   - path: the archive.
    ///   - distributions: finds the distributions whose lists of files are needed, in the files of the archive.
    /// - Returns: the files, and which of them belong to these distributions.
    /// - Throws: ``ZipError``.
    static func local(
        _ path: LocalPath,
        distributions: @escaping @Sendable (ArtifactListing) -> [ArtifactListing.Distribution] = { _ in [] }
    ) async throws -> ArtifactListing {
        try await offPool {
            let reader = try ZipReader(opening: path.string)
            var listing = ArtifactListing(reader)
            for name in listing.records(of: distributions(listing)) {
                guard let entry = reader.entry(named: name) else { continue }
                listing.add(record: try reader.contents(of: entry, limitBytes: 16 << 20), at: name)
            }
            return listing
        }
    }
}

/// An artifact in the deployment bucket, of which only the central directory and single files are read.
struct DeployedArtifact: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The name of the bucket.
    let bucket: String
    /// The key of the artifact.
    let key: String

    /// The central directory of the artifact.
    ///
    /// - Returns: `nil` if the object does not exist.
    /// - Throws: ``ZipError`` if it is not an archive, `AWSError`, `CancellationError`.
    func directory() async throws -> ZipDirectory? {
        let (s3, encryption) = (context.aws.s3, context.bucketSettings.encryption)
        guard
            let (head, tail) = try await s3.end(
                of: key,
                in: bucket,
                count: ZipDirectory.tailSize,
                encryption: encryption
            )
        else { return nil }
        return try await ZipDirectory(tail: tail, size: Int(head.sizeBytes), name: key) { try await bytes($0) }
    }

    /// Adds the lists of files of some distributions to the files of the artifact.
    func addRecords(
        of distributions: [ArtifactListing.Distribution],
        in directory: ZipDirectory,
        to listing: inout ArtifactListing
    ) async throws {
        let names = Set(listing.records(of: distributions))
        let entries = directory.entries.filter { names.contains($0.name) }
        let contents = try await entries.concurrentMap(limit: DeploymentContext.concurrentCalls) { entry in
            ZipDirectory.content(of: entry, in: try await bytes(directory.range(of: entry)))
        }
        for (entry, content) in zip(entries, contents) {
            if let content { listing.add(record: content, at: entry.name) }
        }
    }

    /// The bytes of a range; fewer if the object ends before it.
    private func bytes(_ range: Range<Int>) async throws -> [UInt8] {
        guard !range.isEmpty else { return [] }
        let encryption = context.bucketSettings.encryption
        let wanted = Int64(range.lowerBound)...Int64(range.upperBound - 1)
        return try await context.aws.s3.object(key, in: bucket, range: wanted, encryption: encryption)?.content ?? []
    }
}
