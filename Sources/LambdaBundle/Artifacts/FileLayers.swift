import Diagnostics
import HostSystem
import ZipArchive

/// Files laid over each other by name: of two files of one name the later one stays.
struct FileLayers {
    /// The files that stay, sorted by the bytes of their names; whole after ``resolve()``.
    private(set) var files: [ContentFile] = []
    private var added: [(file: ContentFile, owner: String)] = []
    private var owners: [String] = []
    /// Reads those of which the checksum is not known.
    private let reader: any FileSystem

    /// Begins with nothing.
    init(reader: any FileSystem) { self.reader = reader }

    /// Begins with files that are sorted and resolved already, all of one owner.
    init(_ files: [ContentFile], owner: String, reader: any FileSystem) {
        self.reader = reader
        self.files = files
        owners = Array(repeating: owner, count: files.count)
    }

    /// Lays a file over those before it.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - owner: what brings it, as warnings name it.
    mutating func add(_ file: ContentFile, from owner: String) { added.append((file, owner)) }

    /// Decides between all files that were added.
    ///
    /// - Returns: warnings of files that take the place of others with other content.
    /// - Throws: `FileSystemError` where one that must be compared cannot be read.
    mutating func resolve() throws -> [Diagnostic] {
        guard !added.isEmpty else { return [] }
        var all = zip(files, owners).map { (file: $0, owner: $1) }
        all += added
        added = []
        // The sort is stable, so that the later of two files of one name comes later.
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

    /// Removes files in whose place another has a folder, or the other way round where the file comes later.
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

    /// Warnings of names of two owners that differ in case alone, which some disks cannot hold both.
    private static func caseCollisions(_ kept: [(file: ContentFile, owner: String)]) -> [Diagnostic] {
        var seen: [String: Int] = Dictionary(minimumCapacity: kept.count)
        return kept.enumerated()
            .compactMap { index, item in
                guard let other = seen.updateValue(index, forKey: item.file.path.string.lowercased()),
                    kept[other].owner != item.owner
                else { return nil }
                return Diagnostic(
                    .warning,
                    "'\(kept[other].file.path)' of \(kept[other].owner) and '\(item.file.path)' of \(item.owner)"
                        + " differ in case alone",
                    category: .bundle
                )
            }
    }

    /// A file in whose place another is.
    private struct Conflict {
        let path: String
        let loser: String
        let winner: String
    }

    /// One warning for each pair of owners.
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
            let (more, take) =
                paths.count > 1
                ? (" and \(paths.count - 1) more", "take the place of those") : ("", "takes the place of that")
            return Diagnostic(
                .warning,
                "'\(paths[0])'\(more) of \(winner) \(take) of \(loser)",
                category: .bundle
            )
        }
    }
}

extension ContentFile {
    /// Whether another file is known to have the same content.
    fileprivate func hasContent(of other: ContentFile, reader: any FileSystem) throws -> Bool {
        guard size == other.size else { return false }
        if let crc32, let checksum = other.crc32 { return crc32 == checksum }
        // Only files on disk have no checksum yet, and few of them share their name with another.
        guard let own = try checksum(reader), let others = try other.checksum(reader) else { return false }
        return own == others
    }

    /// The checksum of the content; `nil` where it is not made yet.
    private func checksum(_ reader: any FileSystem) throws -> UInt32? {
        if let crc32 { return crc32 }
        guard case .file(let path, _) = content else { return nil }
        let bytes = try reader.read(LocalPath(path))
        return CRC32.checksum(bytes.span)
    }
}
