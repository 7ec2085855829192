package import HostSystem
import Synchronization

/// A cache of directory listings, so that each directory of a service is read once for all artifacts.
///
/// Links are followed. Broken links, cycles, and files that are neither regular files nor directories are ignored.
package final class FileTree: Sendable {
    /// A file or directory in a listing.
    struct Entry: Sendable {
        /// The name in the directory.
        let name: String
        /// The status of the file; links are followed.
        let status: FileStatus
    }

    /// The directory that paths are relative to.
    package let root: LocalPath
    /// The file system of the service.
    let files: any FileSystem
    private let hidden: [LocalPath]
    private let listings = Mutex<[LocalPath: [Entry]]>([:])

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - root: the directory that paths are relative to.
    ///   - files: the file system of the service.
    ///   - hidden: directories to ignore, which the run itself writes.
    package init(_ root: LocalPath, files: any FileSystem, hiding hidden: [LocalPath] = []) {
        self.root = root
        self.files = files
        self.hidden = hidden
    }

    /// The entries of a directory, sorted by bytes; empty if the directory does not exist.
    ///
    /// - Throws: `FileSystemError` if an entry is not accessible, as it would be missing in artifacts.
    func entries(of directory: LocalPath) throws(FileSystemError) -> [Entry] {
        if let known = listings.withLock({ $0[directory] }) { return known }
        let listing = try read(directory)
        listings.withLock { $0[directory] = listing }
        return listing
    }

    private func read(_ directory: LocalPath) throws(FileSystemError) -> [Entry] {
        var found: [Entry] = []
        for entry in try files.entriesIfPresent(of: directory) {
            let path = LocalPath(literal: directory.string, entry.name)
            guard !hidden.contains(path), let status = try status(of: path) else { continue }
            switch status.kind {
            case .file: found.append(Entry(name: entry.name, status: status))
            case .directory:
                if entry.kind == .symbolicLink, try isAncestor(path, of: directory) { continue }
                found.append(Entry(name: entry.name, status: status))
            case .symbolicLink, .other: continue
            }
        }
        return found
    }

    /// The status of the file at a path, or `nil` for a broken link or a cycle; links are followed.
    private func status(of path: LocalPath) throws(FileSystemError) -> FileStatus? {
        do throws(FileSystemError) {
            return try files.status(of: path)
        } catch {
            if error.isMissing || error.isEndlessLink { return nil }
            throw error
        }
    }

    /// Whether the target of a link is a directory that contains the link.
    private func isAncestor(_ link: LocalPath, of directory: LocalPath) throws(FileSystemError) -> Bool {
        let target = try files.realPath(of: link)
        return try files.realPath(of: directory).isWithin(target)
    }
}

extension LocalPath {
    /// Appends a name to a path that is already normalized.
    fileprivate init(literal directory: String, _ name: String) { self.init(directory + "/" + name) }
}
