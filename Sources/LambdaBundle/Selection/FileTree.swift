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

    /// What a directory holds, sorted by bytes; empty where it cannot be read.
    func entries(of directory: LocalPath) -> [Entry] {
        if let known = listings.withLock({ $0[directory] }) { return known }
        let listing = read(directory)
        listings.withLock { $0[directory] = listing }
        return listing
    }

    private func read(_ directory: LocalPath) -> [Entry] {
        guard let entries = try? files.entries(of: directory) else { return [] }
        return entries.compactMap { entry in
            let path = LocalPath(literal: directory.string, entry.name)
            guard !hidden.contains(path), let status = files.statusIfPresent(of: path) else { return nil }
            switch status.kind {
            case .file: return Entry(name: entry.name, status: status)
            case .directory:
                if entry.kind == .symbolicLink, isAncestor(path, of: directory) { return nil }
                return Entry(name: entry.name, status: status)
            case .symbolicLink, .other: return nil
            }
        }
    }

    /// Whether a link leads to a directory that it lies in, so that following it would have no end.
    private func isAncestor(_ link: LocalPath, of directory: LocalPath) -> Bool {
        guard let target = try? files.realPath(of: link), let place = try? files.realPath(of: directory) else {
            return true
        }
        return place.isWithin(target)
    }
}

extension LocalPath {
    /// The path of a name in a directory whose path is known to be normalized.
    fileprivate init(literal directory: String, _ name: String) { self.init(directory + "/" + name) }
}
