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
        var all = zip(files, owners).map { (file: $0, owner: $1) }
        all += added
        added = []
        // The sort is stable, so files with the same name keep their order.
        all.sort { $0.file.path < $1.file.path }
        var conflicts: [Conflict] = []
        var kept: [(file: ContentFile, owner: String)] = []
        kept.reserveCapacity(all.count)
        for next in all {
            if let last = kept.last, last.file.path == next.file.path {
                if try !last.file.hasContent(of: next.file, reader: reader) {
                    conflicts.append(Conflict(path: next.file.path.string, loser: last.owner, winner: next.owner))
                }
                kept[kept.count - 1] = next
            } else {
                kept.append(next)
            }
        }
        conflicts += Self.removeFilesUnderFiles(&kept)
        let collisions = Self.caseCollisions(kept)
        files = kept.map(\.file)
        owners = kept.map(\.owner)
        return Self.warnings(of: conflicts) + collisions
    }

    /// Removes a file if a later owner has a directory with its name, and vice versa.
    private static func removeFilesUnderFiles(
        _ kept: inout [(file: ContentFile, owner: String)]
    ) -> [Conflict] {
        var places: [String: Int] = Dictionary(minimumCapacity: kept.count)
        for (index, item) in kept.enumerated() { places[item.file.path.string] = index }
        var conflicts: [Conflict] = []
        var losers: Set<Int> = []
        var lastFolder: Substring = ""
        for item in kept {
            var folder = item.file.path.string[...]
            while let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) {
                folder = folder[..<slash]
                if folder == lastFolder { break }
                if let file = places[String(folder)], losers.insert(file).inserted {
                    let loser = kept[file]
                    conflicts.append(Conflict(path: String(folder), loser: loser.owner, winner: item.owner))
                }
            }
            lastFolder =
                item.file.path.string.utf8.lastIndex(of: UInt8(ascii: "/"))
                .map { item.file.path.string[..<$0] } ?? ""
        }
        if !losers.isEmpty {
            kept = kept.enumerated().filter { !losers.contains($0.offset) }.map(\.element)
        }
        return conflicts
    }

    /// Warnings about names that only differ in case, which some file systems do not support.
    private static func caseCollisions(_ kept: [(file: ContentFile, owner: String)]) -> [Diagnostic] {
        var files: [String: Int] = Dictionary(minimumCapacity: kept.count)
        var folders: [String: (spelling: Substring, owner: String)] = [:]
        var collisions: [Diagnostic] = []
        var lastFolder: Substring = ""
        for (index, item) in kept.enumerated() {
            let path = item.file.path.string
            if let other = files.updateValue(index, forKey: path.lowercased()), kept[other].owner != item.owner {
                collisions.append(
                    collision("'\(kept[other].file.path)' of \(kept[other].owner)", "'\(path)' of \(item.owner)")
                )
            }
            var folder = path[...]
            while let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) {
                folder = folder[..<slash]
                // Files are sorted, so most are in the directory of the file before them.
                if folder == lastFolder { break }
                let known = folders[folder.lowercased()]
                if let known, known.spelling == folder { break }
                folders[folder.lowercased()] = (folder, item.owner)
                // If only the directories above them differ, those are reported.
                if let known, known.owner != item.owner, Self.parent(of: known.spelling) == Self.parent(of: folder) {
                    collisions.append(
                        collision(
                            "the directories '\(known.spelling)' of \(known.owner)",
                            "'\(folder)' of \(item.owner)"
                        )
                    )
                }
            }
            lastFolder = Self.parent(of: path[...])
        }
        return collisions
    }

    private static func parent(of path: Substring) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? ""
    }

    private static func collision(_ first: String, _ second: String) -> Diagnostic {
        Diagnostic(.warning, .caseCollision, "\(first) and \(second) differ only in case".onOneLine)
    }

    /// A file that is overridden by another one.
    private struct Conflict {
        let path: String
        let loser: String
        let winner: String
    }

    /// A warning for each pair of owners.
    private static func warnings(of conflicts: [Conflict]) -> [Diagnostic] {
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

extension ContentFile {
    /// Whether two files are known to have the same content.
    fileprivate func hasContent(of other: ContentFile, reader: any FileSystem) throws -> Bool {
        guard size == other.size else { return false }
        if let crc32, let checksum = other.crc32 { return crc32 == checksum }
        // Only files on disk have no checksum yet, and few of them conflict with others.
        guard let own = try checksum(reader), let others = try other.checksum(reader) else { return false }
        return own == others
    }

    /// The CRC-32 of the content, or `nil` if it does not exist yet.
    private func checksum(_ reader: any FileSystem) throws -> UInt32? {
        if let crc32 { return crc32 }
        guard case .file(let path, _) = content else { return nil }
        let bytes = try reader.read(LocalPath(path))
        return CRC32.checksum(bytes.span)
    }
}
