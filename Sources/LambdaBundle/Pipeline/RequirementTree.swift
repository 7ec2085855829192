import HostSystem
import ZipArchive

/// Lays the files of requirements into a folder, as they would lie in an artifact.
struct RequirementTree: Sendable {
    let files: any FileSystem
    let processorCount: Int

    /// The file that says which requirements a folder holds, so that it is not filled again.
    static let markerName = ".completed_requirements"

    /// Whether a folder holds requirements of a key; one whose marker cannot be read is filled anew.
    func holds(_ key: String, _ folder: LocalPath) -> Bool {
        (try? files.readText(folder / Self.markerName)) == key
    }

    /// Fills a folder: beside its place, which it takes when all of it is there.
    ///
    /// - Parameters:
    ///   - content: the files.
    ///   - key: says which requirements they are.
    ///   - folder: what stands there is replaced.
    /// - Throws: what reading wheels and writing files throws.
    func write(_ content: RequirementContent, key: String, to folder: LocalPath) async throws {
        let unique = String(UInt64.random(in: .min ... .max), radix: 36)
        let staging = folder.parent / ".\(folder.lastComponent)-\(unique)"
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
            // The error says more than one of cleaning up.
            try? files.remove(staging)
            throw error
        }
    }

    /// Writes the commands alone, which are small, into the folder `bin` that they have in artifacts.
    func writeCommands(of content: RequirementContent, to folder: LocalPath) throws {
        let commands = content.files.filter { $0.isExecutable && $0.path.firstComponent == "bin" }
        guard !commands.isEmpty else { return }
        try files.createDirectory(folder / "bin")
        for file in commands where file.path.components.count == 2 { try write(file, to: folder / file.path.string) }
    }

    private func write(_ file: ContentFile, to path: LocalPath) throws {
        // The modes of artifacts, whatever the user's mask.
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
