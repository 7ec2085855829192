/// The type of a file.
package enum FileKind: Hashable, Sendable {
    case file, directory, symbolicLink, other
}

/// The status of a file, as in stat(2).
package struct FileStatus: Hashable, Sendable {
    /// Whether it is a file, a directory or a symbolic link.
    package var kind: FileKind
    /// The permission bits, `0o7777` at most.
    package var mode: UInt16
    /// The size in bytes.
    package var size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64
    /// The time of the last change of content, mode or name, in nanoseconds since 1970; no program can set it.
    package var changedNanoseconds: Int64
    /// The inode number of the file.
    package var inode: UInt64
    /// The number of the device that contains the file.
    package var device: UInt64

    /// Creates a status from its parts.
    package init(
        kind: FileKind,
        mode: UInt16,
        size: Int64 = 0,
        modifiedNanoseconds: Int64 = 0,
        changedNanoseconds: Int64 = 0,
        inode: UInt64 = 0,
        device: UInt64 = 0
    ) {
        self.kind = kind
        self.mode = mode
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
        self.inode = inode
        self.device = device
    }

    /// Whether any execute bit is set.
    package var isExecutable: Bool { mode & 0o111 != 0 }
}

/// An entry of a directory.
package struct DirectoryEntry: Hashable, Sendable {
    /// The name, without the directory.
    package let name: String
    /// The type of the file; links are not followed.
    package let kind: FileKind

    /// Creates an entry from a name and a type.
    package init(name: String, kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}

/// Options for writing a file.
package struct FileWriteOptions: Hashable, Sendable {
    /// The permission bits of the new file, to which the umask is applied.
    package var mode: UInt16
    /// Whether the content is synchronized to disk before the call returns.
    package var isDurable: Bool
    /// Whether the umask is ignored.
    package var setsExactMode: Bool

    /// Creates options; by default, the mode is 0644 with the umask applied.
    package init(mode: UInt16 = 0o666, isDurable: Bool = false, setsExactMode: Bool = false) {
        self.mode = mode
        self.isDurable = isDurable
        self.setsExactMode = setsExactMode
    }
}

/// Access to files.
///
/// All calls block; use `offPool` for work with many calls.
package protocol FileSystem: Sendable {
    /// Reads a file into memory.
    func read(_ path: LocalPath) throws(FileSystemError) -> [UInt8]
    /// Reads a file in chunks, for large files.
    ///
    /// - Parameters:
    ///   - path: the path of the file.
    ///   - receive: called with each chunk in order; a chunk is only valid during the call.
    /// - Throws: `FileSystemError`, including those of `receive`.
    func read(
        _ path: LocalPath,
        inPieces receive: (Span<UInt8>) throws(FileSystemError) -> Void
    ) throws(FileSystemError)
    /// Writes a file atomically: readers see the previous or the new content, but never a part of it.
    func write(_ bytes: [UInt8], to path: LocalPath, options: FileWriteOptions) throws(FileSystemError)
    /// The status of the file at a path, or of the symbolic link itself if links are not followed.
    func status(of path: LocalPath, followingLinks: Bool) throws(FileSystemError) -> FileStatus
    /// The entries of a directory, sorted by bytes, without `.` and `..`.
    func entries(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry]
    /// The entries of a directory with their status, sorted by bytes; empty if the directory does not exist.
    ///
    /// Links are followed: the status is that of the target, or `nil` for a broken link or a cycle.
    func entriesWithStatus(
        of directory: LocalPath
    ) throws(FileSystemError) -> [(entry: DirectoryEntry, status: FileStatus?)]
    /// Creates a directory and its parents; it is not an error if they exist.
    func createDirectory(_ path: LocalPath) throws(FileSystemError)
    /// Removes a file, a link or a directory with its content; it is not an error if it does not exist.
    func remove(_ path: LocalPath) throws(FileSystemError)
    /// Renames a file or directory, and replaces an existing file.
    func rename(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError)
    /// Creates a symbolic link to a target, which is not resolved.
    func createSymbolicLink(at path: LocalPath, to target: String) throws(FileSystemError)
    /// The target of a symbolic link, which is not resolved.
    func symbolicLinkTarget(of path: LocalPath) throws(FileSystemError) -> String
    /// Copies a file with its permission bits, and replaces an existing file.
    func copyFile(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError)
    /// Sets the permission bits of a file or directory.
    func setMode(_ mode: UInt16, of path: LocalPath) throws(FileSystemError)
    /// The absolute path without symbolic links.
    func realPath(of path: LocalPath) throws(FileSystemError) -> LocalPath
    /// Waits until the content of a file, or the entries of a directory, are on disk and survive a loss of power.
    func sync(_ path: LocalPath) throws(FileSystemError)
}

extension FileSystem {
    /// The status of the file at a path; links are followed.
    package func status(of path: LocalPath) throws(FileSystemError) -> FileStatus {
        try status(of: path, followingLinks: true)
    }

    /// The status of the file at a path, or `nil` if it does not exist or is not accessible; links are followed.
    package func statusIfPresent(of path: LocalPath, followingLinks: Bool = true) -> FileStatus? {
        do { return try status(of: path, followingLinks: followingLinks) } catch { return nil }
    }

    /// Whether a path exists; a link with a missing target does not.
    package func exists(_ path: LocalPath) -> Bool { statusIfPresent(of: path) != nil }
    /// Whether there is a file at a path; links are followed.
    package func isFile(_ path: LocalPath) -> Bool { statusIfPresent(of: path)?.kind == .file }
    /// Whether there is a directory at a path; links are followed.
    package func isDirectory(_ path: LocalPath) -> Bool { statusIfPresent(of: path)?.kind == .directory }

    /// Writes a file atomically, with mode 0644 and the umask.
    package func write(_ bytes: [UInt8], to path: LocalPath) throws(FileSystemError) {
        try write(bytes, to: path, options: FileWriteOptions())
    }

    /// Writes a string atomically in UTF-8.
    package func write(_ text: String, to path: LocalPath) throws(FileSystemError) {
        try write(Array(text.utf8), to: path, options: FileWriteOptions())
    }

    /// Reads a file as UTF-8; invalid bytes become U+FFFD.
    package func readText(_ path: LocalPath) throws(FileSystemError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// Reads a file, or returns `nil` if it does not exist.
    package func readIfPresent(_ path: LocalPath) throws(FileSystemError) -> [UInt8]? {
        do throws(FileSystemError) {
            return try read(path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The entries of a directory; empty if it does not exist.
    package func entriesIfPresent(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry] {
        do throws(FileSystemError) {
            return try entries(of: directory)
        } catch {
            if error.isMissing { return [] }
            throw error
        }
    }

    package func entriesWithStatus(
        of directory: LocalPath
    ) throws(FileSystemError) -> [(entry: DirectoryEntry, status: FileStatus?)] {
        var result: [(entry: DirectoryEntry, status: FileStatus?)] = []
        for entry in try entriesIfPresent(of: directory) {
            do throws(FileSystemError) {
                result.append((entry, try status(of: LocalPath(directory, child: entry.name))))
            } catch {
                guard error.isMissing || error.isEndlessLink else { throw error }
                result.append((entry, nil))
            }
        }
        return result
    }

    /// Visits everything below a directory, sorted by bytes within each directory, and directories before their content.
    ///
    /// - Parameters:
    ///   - directory: the directory to start from, which is not visited itself.
    ///   - visit: called with the path relative to the directory (`a/b`) and the type; links are not followed. The
    ///     content of a directory is visited if it returns true.
    /// - Throws: `FileSystemError`, and errors of the visitor.
    package func walk(
        _ directory: LocalPath,
        visit: (_ relativePath: String, _ kind: FileKind) throws -> Bool
    ) throws {
        try walk(directory, prefix: "", visit: visit)
    }

    private func walk(_ directory: LocalPath, prefix: String, visit: (String, FileKind) throws -> Bool) throws {
        for entry in try entries(of: directory) {
            let path = prefix + entry.name
            if try visit(path, entry.kind), entry.kind == .directory {
                try walk(directory / entry.name, prefix: path + "/", visit: visit)
            }
        }
    }

    /// Copies a file, a link or a directory with permission bits; existing files are replaced one by one.
    package func copyTree(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        switch try status(of: source, followingLinks: false).kind {
        case .directory:
            try createDirectory(destination)
            for entry in try entries(of: source) {
                try copyTree(source / entry.name, to: destination / entry.name)
            }
        case .symbolicLink:
            let target = try symbolicLinkTarget(of: source)
            try remove(destination)
            try createSymbolicLink(at: destination, to: target)
        case .file, .other:
            try copyFile(source, to: destination)
        }
    }
}
