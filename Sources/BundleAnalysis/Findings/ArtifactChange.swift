package import HostSystem
package import StackDiff
import ZipArchive

/// How an artifact differs from the one that was in its place before the run.
package struct ArtifactChange: Hashable, Sendable {
    /// The artifacts that are in a directory, which are opened before a run replaces them.
    package struct Previous: Sendable {
        fileprivate var archives: [String: ZipReader] = [:]

        /// Opens the zip files in a directory; one that cannot be read counts as not there.
        ///
        /// - Parameters:
        ///   - directory: the directory of artifacts, which may not exist.
        ///   - files: the file system.
        package init(in directory: LocalPath, files: any FileSystem) {
            for entry in (try? files.entriesIfPresent(of: directory)) ?? [] {
                let path = directory / entry.name
                guard path.fileExtension == "zip", let archive = try? ZipReader.artifact(path) else { continue }
                archives[entry.name] = archive
            }
        }
    }

    /// The name of the artifact.
    package let fileName: String
    /// The change of the size of the zip file in bytes.
    package let zippedBytes: Int
    /// The change of the size of the content in bytes.
    package let unzippedBytes: Int
    /// What differs; `nil` if the artifact is new or was removed.
    package let difference: ArtifactDifference?
    /// Whether there was no artifact of this name.
    package let isNew: Bool

    private init(_ fileName: String, from old: ZipReader?, to new: ZipReader?) throws {
        self.fileName = fileName
        isNew = old == nil
        zippedBytes = (new?.archiveSize ?? 0) - (old?.archiveSize ?? 0)
        unzippedBytes = (new?.totalSize ?? 0) - (old?.totalSize ?? 0)
        guard let old, let new else {
            difference = nil
            return
        }
        var (before, after) = (ArtifactListing(old), ArtifactListing(new))
        for (reader, isOld) in [(old, true), (new, false)] {
            let (own, other) = isOld ? (before, after) : (after, before)
            for path in own.records(of: ArtifactDifference.changedDistributions(from: own, to: other)) {
                guard let entry = reader.entry(named: path) else { continue }
                let record = try reader.contents(of: entry)
                if isOld { before.add(record: record, at: path) } else { after.add(record: record, at: path) }
            }
        }
        difference = ArtifactDifference(fileName: fileName, resources: [], from: before, to: after)
    }

    /// Compares artifacts with those before.
    ///
    /// - Parameters:
    ///   - previous: the artifacts before the run.
    ///   - artifacts: the artifacts with their paths.
    /// - Returns: the artifacts that differ, new and removed ones; `nil` if there were none before.
    /// - Throws: `ZipError`.
    static func all(
        from previous: Previous,
        to artifacts: [(fileName: String, path: LocalPath)]
    ) throws -> [ArtifactChange]? {
        guard !previous.archives.isEmpty else { return nil }
        var changes: [ArtifactChange] = []
        for (fileName, path) in artifacts {
            let new = try ZipReader.artifact(path)
            let old = previous.archives[fileName]
            if let old, ArtifactListing(old).files == ArtifactListing(new).files { continue }
            changes.append(try ArtifactChange(fileName, from: old, to: new))
        }
        let names = Set(artifacts.map(\.fileName))
        for (name, old) in previous.archives.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            // The archive of custom resources is not an artifact of the service.
            guard name != "custom-resources.zip" else { continue }
            changes.append(try ArtifactChange(name, from: old, to: nil))
        }
        return changes
    }
}
