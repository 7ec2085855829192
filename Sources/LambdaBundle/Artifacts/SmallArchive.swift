package import HostSystem
import ZipArchive

/// A zip of a few files that are in memory, such as the code of custom resources.
package enum SmallArchive {
    /// Writes the archive: the same files make the same bytes.
    ///
    /// - Parameters:
    ///   - files: names and contents.
    ///   - path: the archive, which replaces one that is there in one step.
    ///   - fileSystem: holds the archive.
    /// - Throws: `ZipError`, `ArchivePath.ParseError` for an unfit name, and `FileSystemError`.
    package static func write(
        _ files: [(name: String, content: [UInt8])],
        to path: LocalPath,
        in fileSystem: any FileSystem
    ) async throws {
        let members = try files.map { file in
            ArchiveMember(path: try ArchivePath(parsing: file.name), content: .bytes(file.content))
        }
        let staging = path.parent / ".\(path.lastComponent).partial"
        do {
            _ = try await ZipWriter(concurrency: 1).write(members, to: staging.string)
            try fileSystem.rename(staging, to: path)
        } catch {
            // The error says more than one of cleaning up.
            try? fileSystem.remove(staging)
            throw error
        }
    }
}
