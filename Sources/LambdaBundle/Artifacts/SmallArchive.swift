package import HostSystem
import ZipArchive

/// Writes zip files from a few files in memory, such as the code of custom resources.
package enum SmallArchive {
    /// Writes a reproducible zip file.
    ///
    /// - Parameters:
    ///   - files: the names and contents of the files.
    ///   - path: the path of the zip file; an existing one is replaced atomically.
    /// - Throws: `ZipError`, or `ArchivePath.ParseError` for an invalid name.
    package static func write(_ files: [(name: String, content: [UInt8])], to path: LocalPath) async throws {
        let members = try files.map { file in
            ArchiveMember(path: try ArchivePath(parsing: file.name), content: .bytes(file.content))
        }
        _ = try await ZipWriter(concurrency: 1).write(members, to: path.string)
    }
}
