import HostSystem
import RequirementFormats

/// The directory of a local project, or a local archive of one.
struct SourceTree: Sendable {
    let path: LocalPath
    private let files: any FileSystem

    init(_ path: LocalPath, files: any FileSystem) {
        self.path = path
        self.files = files
    }

    /// The names, at any depth, of files that builds do not read, or that earlier builds left.
    private static let ignored: Set<String> = [
        "node_modules", ".serverless", ".venv", "venv", "__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache",
        ".ruff_cache",
    ]

    private static func isIgnored(_ relativePath: String) -> Bool {
        let name = relativePath.split(separator: "/").last.map(String.init) ?? relativePath
        // An earlier build leaves these only at the root, or in the directory of the modules (`src`).
        let isShallow = relativePath.utf8.count { $0 == UInt8(ascii: "/") } <= 1
        return ignored.contains(name) || relativePath == "build" || isShallow && name.hasSuffix(".egg-info")
    }

    /// The digest of the names, modes and contents of all files that a build may read, and of git's current commit.
    func digest() async throws -> SHA256Digest {
        try await offPool {
            if files.isFile(path) { return try files.sha256(of: path).digest }
            var parts: [(String, String)] = [("root", path.string)]
            try files.walk(path) { relative, kind in
                guard !Self.isIgnored(relative) else { return false }
                switch kind {
                case .directory: return relative != ".git"
                case .symbolicLink:
                    parts.append((relative, "-> " + (try files.symbolicLinkTarget(of: path / relative))))
                case .file:
                    let mode = try files.status(of: path / relative).isExecutable ? "x " : "- "
                    let content = try files.sha256(of: path / relative).digest
                    parts.append((relative, mode + content.hexadecimal))
                case .other: break
                }
                return false
            }
            parts += try head()
            var key = CacheKey("tree", version: 1)
            for part in parts { key.add(part.0, part.1) }
            return key.digest()
        }
    }

    /// The commit that git has checked out, since builds may compute the version from it.
    private func head() throws(FileSystemError) -> [(String, String)] {
        func text(_ name: String) throws(FileSystemError) -> String? {
            let bytes = try files.readIfPresent(path / ".git" / name)
            return bytes.map { String(decoding: $0, as: UTF8.self).trimmingBlanks }
        }
        guard let head = try text("HEAD") else { return [] }
        let reference = head.split(separator: " ").last.map(String.init) ?? ""
        // A packed branch does not have its own file.
        if let commit = try text(reference) { return [("head", head), ("commit", commit)] }
        return [("head", head), ("commit", try text("packed-refs") ?? "")]
    }

    /// Copies the files that a build may read to an empty directory, so that the build does not change the project.
    func copy(to destination: LocalPath) async throws {
        try await offPool {
            try files.createDirectory(destination)
            try files.walk(path) { relative, kind in
                guard !Self.isIgnored(relative) else { return false }
                if kind == .directory {
                    try files.createDirectory(destination / relative)
                    return true
                }
                if kind != .other { try files.copyTree(path / relative, to: destination / relative) }
                return false
            }
        }
    }
}
