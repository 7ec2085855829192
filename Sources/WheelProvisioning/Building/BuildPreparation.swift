import HostSystem
import RequirementFormats

/// The first step of a build: copies a source to a directory of its own, so that the build leaves the original
/// unchanged.
struct BuildPreparation: Sendable {
    let host: HostServices
    let fetcher: WheelFetcher
    /// The indexes with their credentials, which are also used for repositories on the same servers.
    let settings: IndexSettings

    /// Fetches or copies a source.
    ///
    /// - Parameters:
    ///   - source: the source.
    ///   - folder: an empty directory for this build.
    /// - Returns: the directory of the project, or an archive of it.
    /// - Throws: `DiagnosticError` if the source cannot be fetched, checked out or unpacked, `FileSystemError`,
    ///   `CancellationError`.
    func project(of source: BuildSource, in folder: LocalPath) async throws -> LocalPath {
        switch source {
        case .local(let path):
            if host.files.isFile(path) { return path }
            let copy = folder / "source" / path.lastComponent
            try await SourceTree(path, files: host.files).copy(to: copy)
            return copy
        case .file(let request, let subdirectory):
            let archive = try await fetcher.file(request, into: folder).file
            guard let subdirectory else { return archive }
            return try await Repository.unpack(archive, in: folder / "source", host: host) / subdirectory
        case .repository(let address, let commit, let subdirectory):
            let repository = Repository(address: address, commit: commit, settings: settings, host: host)
            return try await repository.checkOut(in: folder / "source") / (subdirectory ?? ".")
        }
    }
}
