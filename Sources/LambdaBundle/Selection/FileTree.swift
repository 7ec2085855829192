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

        /// The path of the entry in a directory.
        func path(in directory: LocalPath) -> LocalPath { LocalPath(directory, child: name) }
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
        for entry in try files.entriesWithStatus(of: directory) {
            // A broken link or a cycle has no status.
            guard let status = entry.status else { continue }
            if !hidden.isEmpty, hidden.contains(LocalPath(directory, child: entry.entry.name)) { continue }
            switch status.kind {
            case .file: break
            case .directory:
                let path = LocalPath(directory, child: entry.entry.name)
                if entry.entry.kind == .symbolicLink, try isAncestor(path, of: directory) { continue }
            case .symbolicLink, .other: continue
            }
            found.append(Entry(name: entry.entry.name, status: status))
        }
        return found
    }

    /// Whether the target of a link is a directory that contains the link.
    private func isAncestor(_ link: LocalPath, of directory: LocalPath) throws(FileSystemError) -> Bool {
        let target = try files.realPath(of: link)
        return try files.realPath(of: directory).isWithin(target)
    }
}
