import HostSystem
import ZipArchive

/// Writes the files of requirements to a directory, as in an artifact.
struct RequirementTree: Sendable {
    let files: any FileSystem
    let processorCount: Int

    /// The file with the key of the requirements in a directory.
    static let markerName = ".completed_requirements"

    /// Whether a directory has the requirements with a key; `false` if its marker cannot be read.
    func holds(_ key: String, _ folder: LocalPath) -> Bool {
        (try? files.readText(folder / Self.markerName)) == key
    }

    /// Writes requirements to a temporary directory, and moves it into place when it is complete.
    ///
    /// - Parameters:
    ///   - content: the files of the requirements.
    ///   - key: the key of the requirements.
    ///   - folder: the directory, which is replaced.
    /// - Throws: `ZipError`, `FileSystemError`, `CancellationError`.
    func write(_ content: RequirementContent, key: String, to folder: LocalPath) async throws {
        let lead = ".\(folder.lastComponent)-"
        // The caller holds the lock on the output directory, so other directories are of runs that were killed.
        for entry in try files.entriesIfPresent(of: folder.parent) where entry.name.hasPrefix(lead) {
            try files.remove(folder.parent / entry.name)
        }
        let staging = folder.parent / (lead + String(UInt64.random(in: .min ... .max), radix: 36))
        do {
            try files.createDirectory(staging)
            for parent in Set(content.files.map { LocalPath($0.path.string).parent.string }).sorted() {
                try files.createDirectory(staging / parent)
            }
            _ = try await content.files.concurrentMap(limit: processorCount) { file in
                try write(file, to: staging / file.path.string)
            }
            try files.write(key, to: staging / Self.markerName)
            try files.remove(folder)
            try files.rename(staging, to: folder)
        } catch {
            // This error is more important than one of the removal.
            try? files.remove(staging)
            throw error
        }
    }

    /// Writes only the commands, which are small, to the subdirectory `bin`.
    func writeCommands(of content: RequirementContent, to folder: LocalPath) throws {
        let commands = content.files.filter { $0.isExecutable && $0.path.firstComponent == "bin" }
        guard !commands.isEmpty else { return }
        try files.createDirectory(folder / "bin")
        for file in commands where file.path.components.count == 2 { try write(file, to: folder / file.path.string) }
    }

    private func write(_ file: ContentFile, to path: LocalPath) throws {
        // The modes are those of artifacts, regardless of the umask.
        let options = FileWriteOptions(mode: file.isExecutable ? 0o755 : 0o644, setsExactMode: true)
        switch file.content {
        case .spliced(let archive, let entry):
            try files.write(try archive.contents(of: entry), to: path, options: options)
        case .bytes(let bytes): try files.write(bytes, to: path, options: options)
        case .computed(_, let make): try files.write(try make(), to: path, options: options)
        case .file(let source, _), .stored(let source, _, _):
            try files.write(try files.read(LocalPath(source)), to: path, options: options)
        }
    }
}
