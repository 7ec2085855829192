import HostSystem

/// Where artifacts wait until all of them are whole, beside the places they are meant for.
struct StagingFolder: Sendable {
    private let output: LocalPath
    /// The folder itself, for what artifacts are made of.
    let folder: LocalPath
    private let files: any FileSystem

    /// Makes a folder, and removes it with what was not put in place when the body ends.
    static func with<Result>(
        in output: LocalPath,
        files: any FileSystem,
        _ body: (StagingFolder) async throws -> Result
    ) async throws -> Result {
        let existed = files.exists(output)
        let folder = output / ".staging-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try files.createDirectory(folder)
        do {
            let result = try await body(StagingFolder(output: output, folder: folder, files: files))
            try files.remove(folder)
            return result
        } catch {
            // The body's error says more than one of cleaning up.
            try? files.remove(existed ? folder : output)
            throw error
        }
    }

    /// Where an artifact of a path is to be written.
    func place(for path: String) throws(FileSystemError) -> LocalPath {
        let place = folder / path
        try files.createDirectory(place.parent)
        return place
    }

    /// Puts an artifact in place.
    func commit(_ path: String, if isStaged: Bool) throws(FileSystemError) {
        guard isStaged else { return }
        let place = output / path
        try files.createDirectory(place.parent)
        try files.rename(folder / path, to: place)
    }
}
