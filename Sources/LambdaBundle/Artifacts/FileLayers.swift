import Diagnostics
import HostSystem
import ZipArchive

/// Layers of files in which later files override earlier ones with the same name.
struct FileLayers {
    /// The resulting files, sorted by the bytes of their names; complete after ``resolve()``.
    private(set) var files: [ContentFile] = []
    private var added: [(file: ContentFile, owner: String)] = []
    private var owners: [String] = []
    /// Reads files without a known checksum.
    private let reader: any FileSystem

    /// Creates layers without files.
    init(reader: any FileSystem) { self.reader = reader }

    /// Creates layers with files of one owner that are already sorted and resolved.
    init(_ files: [ContentFile], owner: String, reader: any FileSystem) {
        self.reader = reader
        self.files = files
        owners = Array(repeating: owner, count: files.count)
    }

    /// Adds a file on top of the others.
    ///
    /// - Parameters:
    ///   - file: the file to add.
    ///   - owner: the name of its owner in warnings.
    mutating func add(_ file: ContentFile, from owner: String) { added.append((file, owner)) }

    /// Resolves conflicts among all added files.
    ///
    /// - Returns: warnings about files that override others with different content.
    /// - Throws: `FileSystemError` if a file cannot be read for comparison.
    mutating func resolve() throws -> [Diagnostic] {
        guard !added.isEmpty else { return [] }
        // The sort is stable, so files with the same name keep their order. Numbers are cheaper to move than files.
        let order = added.indices.sorted { added[$0].file.path < added[$1].file.path }
        var merged = MergedFiles(reader: reader, capacity: files.count + added.count)
        var next = 0
        for index in order {
            let (file, owner) = added[index]
            // The earlier files are sorted already; one with the same name comes first.
            while next < files.count, !(file.path < files[next].path) {
                try merged.append(files[next], owners[next])
                next += 1
            }
            try merged.append(file, owner)
        }
        while next < files.count {
            try merged.append(files[next], owners[next])
            next += 1
        }
        added = []
        merged.removeFilesUnderFiles()
        files = merged.files
        owners = merged.owners
        return Self.warnings(of: merged.conflicts) + caseCollisions()
    }

    /// Warnings about names that only differ in case, which some file systems do not support.
    private func caseCollisions() -> [Diagnostic] {
        let others = predecessorsInOtherCase()
        var folders: [String: (spelling: Substring, owner: String)] = [:]
        var collisions: [Diagnostic] = []
        var lastFolder: Substring = ""
        for index in files.indices {
            let path = files[index].path.string
            if let other = others[index], owners[other] != owners[index] {
                let (first, second) = ((files[other].path, owners[other]), (path, owners[index]))
                collisions.append(collision("'\(first.0)' of \(first.1)", "'\(second.0)' of \(second.1)"))
            }
            var folder = files[index].path.folder
            let whole = folder
            while !folder.isEmpty {
                // Files are sorted, so most are in the directory of the file before them.
                if folder == lastFolder { break }
                let key = folder.lowercased()
                let known = folders[key]
                if let known, known.spelling == folder { break }
                folders[key] = (folder, owners[index])
                // If only the directories above them differ, those are reported.
                if let known, known.owner != owners[index], Self.parent(of: known.spelling) == Self.parent(of: folder) {
                    collisions.append(
                        collision(
                            "the directories '\(known.spelling)' of \(known.owner)",
                            "'\(folder)' of \(owners[index])"
                        )
                    )
                }
                folder = Self.parent(of: folder)
            }
            lastFolder = whole
        }
        return collisions
    }

    /// For each file whose name differs from that of an earlier file only in case, the last such file, by index.
    ///
    /// Of two such names, one is not in lower-case ASCII. There are few of these, so only they are looked up.
    private func predecessorsInOtherCase() -> [Int: Int] {
        var groups: [String: [Int]] = [:]
        for index in files.indices where !files[index].path.string.isLowercaseASCII {
            groups[files[index].path.string.lowercased(), default: []].append(index)
        }
        var result: [Int: Int] = [:]
        for (name, indices) in groups {
            var indices = indices
            if name.isLowercaseASCII, let path = try? ArchivePath(parsing: name), let lower = files.index(of: path) {
                indices.append(lower)
                indices.sort()
            }
            for (earlier, later) in zip(indices, indices.dropFirst()) { result[later] = earlier }
        }
        return result
    }

    private static func parent(of path: Substring) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? ""
    }

    private func collision(_ first: String, _ second: String) -> Diagnostic {
        Diagnostic(.warning, .caseCollision, "\(first) and \(second) differ only in case".onOneLine)
    }

    /// A warning for each pair of owners.
    private static func warnings(of conflicts: [MergedFiles.Conflict]) -> [Diagnostic] {
        var pairs: [(loser: String, winner: String, paths: [String])] = []
        for conflict in conflicts {
            if let index = pairs.firstIndex(where: { ($0.loser, $0.winner) == (conflict.loser, conflict.winner) }) {
                pairs[index].paths.append(conflict.path)
            } else {
                pairs.append((conflict.loser, conflict.winner, [conflict.path]))
            }
        }
        return pairs.map { loser, winner, paths in
            let (more, replace) =
                paths.count > 1 ? (" and \(paths.count - 1) more", "replace those") : ("", "replaces the one")
            return Diagnostic(
                .warning,
                .fileConflict,
                "'\(paths[0].onOneLine)'\(more) of \(winner) \(replace) of \(loser)"
            )
        }
    }
}
