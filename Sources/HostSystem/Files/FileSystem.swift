/// What kind of thing stands at a path.
package enum FileKind: Hashable, Sendable {
    case file, directory, symbolicLink, other
}

/// What the system knows of a path.
package struct FileStatus: Hashable, Sendable {
    /// File, directory, link.
    package var kind: FileKind
    /// The permission bits, `0o7777` at most.
    package var mode: UInt16
    /// The size in bytes.
    package var size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64
    /// The time of the last change of content, mode or name, in nanoseconds since 1970; no program can set it.
    package var changedNanoseconds: Int64
    /// The number of the file on its device.
    package var inode: UInt64
    /// The device that holds it.
    package var device: UInt64

    /// Makes a status.
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

    /// Whether anybody may execute it.
    package var isExecutable: Bool { mode & 0o111 != 0 }
}

/// A name in a directory.
package struct DirectoryEntry: Hashable, Sendable {
    /// The name, without the directory.
    package let name: String
    /// What it is; a link is not followed.
    package let kind: FileKind

    /// Makes an entry.
    package init(name: String, kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}

/// How a file is written.
package struct FileWriteOptions: Hashable, Sendable {
    /// The permission bits of the new file, before the user's mask.
    package var mode: UInt16
    /// Whether the content has reached the disk when writing returns.
    package var isDurable: Bool
    /// Whether the mode is set exactly, whatever the user's mask.
    package var setsExactMode: Bool

    /// Makes options.
    package init(mode: UInt16 = 0o666, isDurable: Bool = false, setsExactMode: Bool = false) {
        self.mode = mode
        self.isDurable = isDurable
        self.setsExactMode = setsExactMode
    }
}

/// The files of a machine.
///
/// All calls block; work that makes many of them belongs into `offPool`.
package protocol FileSystem: Sendable {
    /// Reads a whole file.
    func read(_ path: LocalPath) throws(FileSystemError) -> [UInt8]
    /// Reads a file piece by piece, so that a large one is never in memory as a whole.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - receive: gets the pieces in order; a piece is valid only during the call.
    /// - Throws: `FileSystemError`, also one that `receive` throws.
    func read(
        _ path: LocalPath,
        inPieces receive: (Span<UInt8>) throws(FileSystemError) -> Void
    ) throws(FileSystemError)
    /// Writes a whole file, so that readers see the old content or the new one and nothing between.
    func write(_ bytes: [UInt8], to path: LocalPath, options: FileWriteOptions) throws(FileSystemError)
    /// What stands at a path; a link itself unless links are followed.
    func status(of path: LocalPath, followingLinks: Bool) throws(FileSystemError) -> FileStatus
    /// The names in a directory, sorted by bytes, without `.` and `..`.
    func entries(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry]
    /// Makes a directory and those above it; one that is there is not an error.
    func createDirectory(_ path: LocalPath) throws(FileSystemError)
    /// Removes a file, a link or a whole directory; nothing there is not an error.
    func remove(_ path: LocalPath) throws(FileSystemError)
    /// Gives a file or directory another name, replacing a file of that name.
    func rename(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError)
    /// Makes a symbolic link.
    func createSymbolicLink(at path: LocalPath, to target: String) throws(FileSystemError)
    /// The text of a symbolic link.
    func symbolicLinkTarget(of path: LocalPath) throws(FileSystemError) -> String
    /// Copies one file with its permission bits, replacing a file of that name.
    func copyFile(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError)
    /// Sets the permission bits.
    func setMode(_ mode: UInt16, of path: LocalPath) throws(FileSystemError)
    /// The absolute path without links.
    func realPath(of path: LocalPath) throws(FileSystemError) -> LocalPath
    /// Waits until the content of a file, or the names in a directory, have reached the disk, so that they survive a
    /// loss of power.
    func sync(_ path: LocalPath) throws(FileSystemError)
}

extension FileSystem {
    /// What stands at a path, links followed.
    package func status(of path: LocalPath) throws(FileSystemError) -> FileStatus {
        try status(of: path, followingLinks: true)
    }

    /// What stands at a path, links followed; `nil` where there is nothing or it cannot be seen.
    package func statusIfPresent(of path: LocalPath, followingLinks: Bool = true) -> FileStatus? {
        do { return try status(of: path, followingLinks: followingLinks) } catch { return nil }
    }

    /// Whether there is something at a path; a link to nothing is nothing.
    package func exists(_ path: LocalPath) -> Bool { statusIfPresent(of: path) != nil }
    /// Whether there is a file at a path, links followed.
    package func isFile(_ path: LocalPath) -> Bool { statusIfPresent(of: path)?.kind == .file }
    /// Whether there is a directory at a path, links followed.
    package func isDirectory(_ path: LocalPath) -> Bool { statusIfPresent(of: path)?.kind == .directory }

    /// Writes a whole file in one step, with the user's mask.
    package func write(_ bytes: [UInt8], to path: LocalPath) throws(FileSystemError) {
        try write(bytes, to: path, options: FileWriteOptions())
    }

    /// Writes a text in one step as UTF-8.
    package func write(_ text: String, to path: LocalPath) throws(FileSystemError) {
        try write(Array(text.utf8), to: path, options: FileWriteOptions())
    }

    /// Reads a file as UTF-8 text; bytes that are none become U+FFFD.
    package func readText(_ path: LocalPath) throws(FileSystemError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// Reads a file; `nil` where there is none.
    package func readIfPresent(_ path: LocalPath) throws(FileSystemError) -> [UInt8]? {
        do throws(FileSystemError) {
            return try read(path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The names in a directory; none where there is no directory.
    package func entriesIfPresent(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry] {
        do throws(FileSystemError) {
            return try entries(of: directory)
        } catch {
            if error.isMissing { return [] }
            throw error
        }
    }

    /// Visits all that lies below a directory, sorted by bytes within each, a directory before its content.
    ///
    /// - Parameters:
    ///   - directory: where to begin; it is not visited itself.
    ///   - visit: gets the path relative to the directory (`a/b`) and the kind, a link not followed; the content of
    ///     a directory is visited where it returns true.
    /// - Throws: `FileSystemError`, and what the visitor throws.
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

    /// Copies a file, a link or a whole directory with permission bits; what is there already is replaced file by file.
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
