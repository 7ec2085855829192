package import HostSystem

/// The use of a cache directory by a run: it removes the temporary files of runs that were killed.
package struct CacheUse: Sendable {
    /// `nil` if the cache cannot be written, so that there is nothing to remove.
    private let mark: RunningMark?

    /// Marks a cache as used, and removes what killed runs left in it unless another run uses it.
    ///
    /// - Parameters:
    ///   - cache: the cache directory, which is created if it is missing.
    ///   - files: the file system.
    package init(of cache: LocalPath, files: any FileSystem) {
        let folder = cache / "running"
        do {
            try files.createDirectory(folder)
            mark = try RunningMark(in: folder)
        } catch {
            // A cache that cannot be written can still be read.
            mark = nil
        }
        guard let mark, let killed = mark.marksOfKilledProcesses(), !killed.isEmpty else { return }
        Self.removeTemporaryFiles(in: cache, before: mark.status.changedNanoseconds, files)
        for path in killed { try? files.remove(path) }
    }

    /// Ends the use, which keeps the mark until now.
    package func end() { withExtendedLifetime(mark) {} }

    /// Removes the files that were not renamed before a time, except those of uv.
    ///
    /// A run that begins now may already write some, but they are newer. What cannot be removed only uses space.
    private static func removeTemporaryFiles(in cache: LocalPath, before time: Int64, _ files: any FileSystem) {
        try? files.walk(cache) { relative, kind in
            let path = cache / relative
            if kind == .file, path.isTemporary,
                let status = files.statusIfPresent(of: path, followingLinks: false), status.changedNanoseconds < time
            {
                try? files.remove(path)
            }
            return relative != "uv"
        }
    }
}
