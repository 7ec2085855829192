import HostSystem
import RequirementFormats

/// The source that a wheel is built from.
enum BuildSource: Sendable {
    /// A source distribution from an index, or an archive at an address.
    case file(WheelFetcher.FileRequest, subdirectory: String?)
    /// A commit of a repository at `git+https://…`.
    case repository(String, commit: String, subdirectory: String?)
    /// A local directory or archive.
    case local(LocalPath)

    /// Adds everything that identifies the source to the key of a built wheel.
    ///
    /// - Throws: A `FileSystemError` if a local source cannot be read, `CancellationError`.
    func add(to key: inout CacheKey, files: any FileSystem) async throws {
        switch self {
        case .file(let request, let subdirectory):
            key.add("file", request.file.name)
            key.add("address", Redaction.removingCredentials(in: request.file.address ?? ""))
            key.add("hashes", request.file.hashes.map(\.description).sorted())
            key.add("subdirectory", subdirectory ?? "")
            if request.file.hashes.isEmpty, let path = request.file.path {
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
