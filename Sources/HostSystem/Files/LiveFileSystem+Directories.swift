#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LiveFileSystem {
    package func entries(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        try visitEntries(of: directory) { entry, _, _ in entries.append(entry) }
        return entries.sorted { $0.name.precedesInBytes($1.name) }
    }

    package func entriesWithStatus(
        of directory: LocalPath
    ) throws(FileSystemError) -> [(entry: DirectoryEntry, status: FileStatus?)] {
        var entries: [(entry: DirectoryEntry, status: FileStatus?)] = []
        do throws(FileSystemError) {
            try visitEntries(of: directory) { entry, name, descriptor throws(FileSystemError) in
                // Relative to the open directory, so that the system does not look up the directory's path again.
                var result = stat()
                if fstatat(descriptor, name, &result, 0) == 0 {
                    entries.append((entry, FileStatus(result)))
                    return
                }
                let error = FileSystemError(.inspect, LocalPath(directory, child: entry.name))
                guard error.isMissing || error.isEndlessLink else { throw error }
                entries.append((entry, nil))
            }
        } catch {
            guard error.isMissing, error.path == directory else { throw error }
            return []
        }
        return entries.sorted { $0.entry.name.precedesInBytes($1.entry.name) }
    }

    /// Calls a closure for each entry of a directory, with its name as the system has it, and the open directory.
    private func visitEntries(
        of directory: LocalPath,
        _ visit: (DirectoryEntry, UnsafePointer<CChar>, Int32) throws(FileSystemError) -> Void
    ) throws(FileSystemError) {
        guard let handle = opendir(directory.string) else { throw FileSystemError(.list, directory) }
        defer { closedir(handle) }
        let descriptor = dirfd(handle)
        while true {
            errno = 0
            guard let entry = readdir(handle) else { break }
            let type = Int32(entry.pointee.d_type)
            // The name is terminated by NUL and valid until the next call.
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            if name[0] == 0x2E, name[1] == 0 || name[1] == 0x2E && name[2] == 0 { continue }
            let text = String(cString: name)
            let kind: FileKind =
                switch type {
                case Int32(DT_REG): .file
                case Int32(DT_DIR): .directory
                case Int32(DT_LNK): .symbolicLink
                // Some file systems do not store the type in the directory.
                case Int32(DT_UNKNOWN): try status(of: directory / text, followingLinks: false).kind
                default: .other
                }
            try visit(DirectoryEntry(name: text, kind: kind), name, descriptor)
        }
        if errno != 0 { throw FileSystemError(.list, directory) }
    }
}

extension String {
    /// Whether the UTF-8 of the string comes before that of another one.
    package func precedesInBytes(_ other: String) -> Bool {
        let result = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right -> Bool in
                guard let start = left.baseAddress, let otherStart = right.baseAddress else {
                    return left.isEmpty && !right.isEmpty
                }
                let order = memcmp(start, otherStart, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return result.flatMap(\.self) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
