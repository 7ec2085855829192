import HostSystem
import RequirementFormats

/// The source that a wheel is built from.
enum BuildSource: Sendable {
    /// A source distribution from an index, or an archive at an address.
    case file(WheelFetcher.Asked, subdirectory: String?)
    /// A commit of a repository at `git+https://…`.
    case repository(String, commit: String, subdirectory: String?)
    /// A directory or an archive on this machine.
    case local(LocalPath)

    /// Adds everything that identifies the source to the key of a built wheel.
    ///
    /// - Throws: `FileSystemError` if a source on this machine cannot be read, `CancellationError`.
    func add(to key: inout CacheKey, files: any FileSystem) async throws {
        switch self {
        case .file(let asked, let subdirectory):
            key.add("file", asked.file.name)
            key.add("address", Redaction.removingCredentials(in: asked.file.address ?? ""))
            key.add("hashes", asked.file.hashes.map(\.description).sorted())
            key.add("subdirectory", subdirectory ?? "")
            if asked.file.hashes.isEmpty, let path = asked.file.path {
                key.add("content", try await SourceTree(path, files: files).digest().hexadecimal)
            }
        case .repository(let address, let commit, let subdirectory):
            key.add("repository", Redaction.removingCredentials(in: address))
            key.add("commit", commit)
            key.add("subdirectory", subdirectory ?? "")
        case .local(let path): key.add("tree", try await SourceTree(path, files: files).digest().hexadecimal)
        }
    }
}
