package import HostSystem
import Synchronization

/// The directories of a service as they are at the start of a run, each read once however many artifacts ask for it.
///
/// Links are followed. A link to nothing, to itself or to a directory that holds it is left out, and so is what is
/// neither file nor directory.
package final class FileTree: Sendable {
    /// A file or directory in a listing.
    struct Entry: Sendable {
        /// The name.
        let name: String
        /// What it is, links followed.
        let status: FileStatus
    }

    /// The folder that paths are relative to.
    package let root: LocalPath
    /// The files of the machine.
    let files: any FileSystem
    private let hidden: [LocalPath]
    private let listings = Mutex<[LocalPath: [Entry]]>([:])

    /// Makes a tree of which nothing is read yet.
    ///
    /// - Parameters:
    ///   - root: the folder that paths are relative to.
    ///   - files: the files of the machine.
    ///   - hidden: directories that are taken for absent: what a run itself writes.
    package init(_ root: LocalPath, files: any FileSystem, hiding hidden: [LocalPath] = []) {
        self.root = root
        self.files = files
        self.hidden = hidden
    }

    /// What a directory holds, sorted by bytes; nothing where there is no directory.
    ///
    /// - Throws: `FileSystemError` where something in it cannot be seen: it would be missing in artifacts without a
    ///   word.
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

    /// What stands at a path, links followed; `nil` for a link to nothing or to itself.
    private func status(of path: LocalPath) throws(FileSystemError) -> FileStatus? {
        do throws(FileSystemError) {
            return try files.status(of: path)
        } catch {
            if error.isMissing || error.isEndlessLink { return nil }
            throw error
        }
    }

    /// Whether a link leads to a directory that it lies in, so that following it would have no end.
    private func isAncestor(_ link: LocalPath, of directory: LocalPath) throws(FileSystemError) -> Bool {
        let target = try files.realPath(of: link)
        return try files.realPath(of: directory).isWithin(target)
    }
}

extension LocalPath {
    /// The path of a name in a directory whose path is known to be normalized.
    fileprivate init(literal directory: String, _ name: String) { self.init(directory + "/" + name) }
}
