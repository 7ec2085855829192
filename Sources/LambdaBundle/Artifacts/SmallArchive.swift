package import HostSystem
import ZipArchive

/// A zip of a few files that are in memory, such as the code of custom resources.
package enum SmallArchive {
    /// Writes the archive: the same files make the same bytes.
    ///
    /// - Parameters:
    ///   - files: names and contents.
    ///   - path: the archive, which replaces one that is there in one step.
    /// - Throws: `ZipError`, and `ArchivePath.ParseError` for an unfit name.
    package static func write(_ files: [(name: String, content: [UInt8])], to path: LocalPath) async throws {
        let members = try files.map { file in
            ArchiveMember(path: try ArchivePath(parsing: file.name), content: .bytes(file.content))
        }
        _ = try await ZipWriter(concurrency: 1).write(members, to: path.string)
    }
}
