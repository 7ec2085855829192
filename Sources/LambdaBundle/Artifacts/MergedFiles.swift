import HostSystem
import ZipArchive

/// Files that are appended in the order of their names, of which the last one with a name is kept.
struct MergedFiles {
    /// A file that is overridden by another one.
    struct Conflict {
        let path: String
        let loser: String
        let winner: String
    }

    /// The files that are kept.
    private(set) var files: [ContentFile] = []
    /// The owner of each file.
    private(set) var owners: [String] = []
    /// The files that were overridden by files with different content.
    private(set) var conflicts: [Conflict] = []
    private let reader: any FileSystem

    /// Creates an empty list.
    ///
    /// - Parameters:
    ///   - reader: reads files without a known checksum.
    ///   - capacity: the number of files that are going to be appended.
    init(reader: any FileSystem, capacity: Int) {
        self.reader = reader
        files.reserveCapacity(capacity)
        owners.reserveCapacity(capacity)
    }

    /// Appends a file, which replaces the last one if it has the same name.
    mutating func append(_ file: ContentFile, _ owner: String) throws {
        guard let last = files.indices.last, files[last].path == file.path else {
            files.append(file)
            owners.append(owner)
            return
        }
        if try !files[last].hasContent(of: file, reader: reader) {
            conflicts.append(Conflict(path: file.path.string, loser: owners[last], winner: owner))
        }
        files[last] = file
        owners[last] = owner
    }

    /// Removes files whose names other files have as a directory.
    mutating func removeFilesUnderFiles() {
        var losers: Set<Int> = []
        var lastFolder: Substring = ""
        for index in files.indices {
            var folder = files[index].path.folder
            let whole = folder
            while !folder.isEmpty, folder != lastFolder {
                if let path = try? ArchivePath(parsing: String(folder)), let file = files.index(of: path),
                    losers.insert(file).inserted
                {
                    conflicts.append(Conflict(path: path.string, loser: owners[file], winner: owners[index]))
                }
                folder = folder.utf8.lastIndex(of: UInt8(ascii: "/")).map { folder[..<$0] } ?? ""
            }
            lastFolder = whole
        }
        guard !losers.isEmpty else { return }
        let kept = files.indices.filter { !losers.contains($0) }
        files = kept.map { files[$0] }
        owners = kept.map { owners[$0] }
    }
}

extension [ContentFile] {
    /// The index of the file with a name, by binary search; the files are sorted by the bytes of their names.
    func index(of path: ArchivePath) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].path < path {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < count && self[low].path == path ? low : nil
    }
}

extension ArchivePath {
    /// The part of the name before the last `/`; empty if there is none.
    var folder: Substring {
        let name = lastComponent
        return name.startIndex == string.startIndex ? "" : string[..<string.utf8.index(before: name.startIndex)]
    }
}

extension String {
    /// Whether all characters are ASCII, and none of them is an upper-case letter.
    var isLowercaseASCII: Bool { utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) } }
}

extension ContentFile {
    /// Whether two files are known to have the same content.
    func hasContent(of other: ContentFile, reader: any FileSystem) throws -> Bool {
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
        var checksum: UInt32 = 0
        try reader.read(LocalPath(path)) { piece throws(FileSystemError) in
            checksum = CRC32.checksum(piece, continuing: checksum)
        }
        return checksum
    }
}
