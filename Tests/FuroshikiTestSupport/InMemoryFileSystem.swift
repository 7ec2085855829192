package import HostSystem
import Synchronization

/// A file system in memory, with files, directories and symbolic links; passes the same tests as the real one.
package final class InMemoryFileSystem: FileSystem {
    private enum Item {
        case file([UInt8], mode: UInt16)
        case directory
        case link(String)
    }

    private struct State {
        var items: [LocalPath: Item] = ["/": .directory]
        var clock: Int64 = 0
        var times: [LocalPath: Int64] = [:]
    }

    private static let missing: Int32 = 2
    private static let exists: Int32 = 17
    private static let notDirectory: Int32 = 20
    private static let isDirectory: Int32 = 21
    private static let invalid: Int32 = 22
    private static let tooManyLinks: Int32 = 40

    private let state = Mutex(State())

    /// Creates a file system with some files, by their absolute paths.
    package init(_ files: [LocalPath: String] = [:]) throws(FileSystemError) {
        for (path, text) in files {
            try createDirectory(path.parent)
            try write(text, to: path)
        }
    }

    package func read(_ path: LocalPath) throws(FileSystemError) -> [UInt8] {
        switch try item(path, .read, following: true).item {
        case .file(let bytes, _): return bytes
        case .directory: throw FileSystemError(.read, path, code: Self.isDirectory)
        case .link: throw FileSystemError(.read, path, code: Self.tooManyLinks)
        }
    }

    package func read(
        _ path: LocalPath,
        inPieces receive: (Span<UInt8>) throws(FileSystemError) -> Void
    ) throws(FileSystemError) {
        let bytes = try read(path)
        try receive(bytes.span)
    }

    package func write(_ bytes: [UInt8], to path: LocalPath, options: FileWriteOptions) throws(FileSystemError) {
        try put(.file(bytes, mode: options.setsExactMode ? options.mode : options.mode & 0o755), at: path, .write)
    }

    package func status(of path: LocalPath, followingLinks: Bool) throws(FileSystemError) -> FileStatus {
        let (place, item) = try item(path, .inspect, following: followingLinks)
        let time = state.withLock { $0.times[place] ?? 0 }
        return switch item {
        case .file(let bytes, let mode):
            FileStatus(kind: .file, mode: mode, size: Int64(bytes.count), modifiedNanoseconds: time)
        case .directory: FileStatus(kind: .directory, mode: 0o755, modifiedNanoseconds: time)
        case .link: FileStatus(kind: .symbolicLink, mode: 0o777, modifiedNanoseconds: time)
        }
    }

    package func entries(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry] {
        let (place, item) = try item(directory, .list, following: true)
        guard case .directory = item else { throw FileSystemError(.list, directory, code: Self.notDirectory) }
        let found = state.withLock { state in
            state.items.filter { $0.key.parent == place && $0.key != place }
                .map { path, item in
                    let kind: FileKind =
                        switch item {
                        case .file: .file
                        case .directory: .directory
                        case .link: .symbolicLink
                        }
                    return DirectoryEntry(name: path.lastComponent, kind: kind)
                }
        }
        return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func createDirectory(_ path: LocalPath) throws(FileSystemError) {
        if let status = statusIfPresent(of: path) {
            if status.kind == .directory { return }
            throw FileSystemError(.create, path, code: Self.exists)
        }
        try createDirectory(path.parent)
        try put(.directory, at: path, .create)
    }

    package func remove(_ path: LocalPath) throws(FileSystemError) {
        guard let place = try? item(path, .remove, following: false).place else { return }
        state.withLock { state in
            for key in state.items.keys where key.isWithin(place) { state.items[key] = nil }
        }
    }

    package func rename(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        let from = try item(source, .rename, following: false).place
        let folder = try item(destination.parent, .rename, following: true).place
        let target = folder / destination.lastComponent
        state.withLock { state in
            for key in state.items.keys where key.isWithin(target) && !key.isWithin(from) { state.items[key] = nil }
            for (key, item) in state.items where key.isWithin(from) {
                state.items[key] = nil
                state.items[target / key.relative(to: from).string] = item
            }
        }
    }

    package func createSymbolicLink(at path: LocalPath, to target: String) throws(FileSystemError) {
        if statusIfPresent(of: path, followingLinks: false) != nil {
            throw FileSystemError(.link, path, code: Self.exists)
        }
        try put(.link(target), at: path, .link)
    }

    package func symbolicLinkTarget(of path: LocalPath) throws(FileSystemError) -> String {
        guard case .link(let target) = try item(path, .read, following: false).item else {
            throw FileSystemError(.read, path, code: Self.invalid)
        }
        return target
    }

    package func copyFile(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        let (_, item) = try item(source, .copy, following: true)
        try put(item, at: destination, .copy)
    }

    package func setMode(_ mode: UInt16, of path: LocalPath) throws(FileSystemError) {
        let (place, item) = try item(path, .write, following: true)
        if case .file(let bytes, _) = item { state.withLock { $0.items[place] = .file(bytes, mode: mode) } }
    }

    package func realPath(of path: LocalPath) throws(FileSystemError) -> LocalPath {
        try item(path, .inspect, following: true).place
    }

    package func sync(_ path: LocalPath) throws(FileSystemError) {
        _ = try item(path, .write, following: true)
    }

    private func put(_ item: Item, at path: LocalPath, _ operation: FileSystemError.Operation) throws(FileSystemError) {
        let (folder, parent) = try self.item(path.parent, operation, following: true, named: path)
        guard case .directory = parent else { throw FileSystemError(operation, path, code: Self.notDirectory) }
        state.withLock { state in
            state.clock += 1
            state.items[folder / path.lastComponent] = item
            state.times[folder / path.lastComponent] = state.clock
        }
    }

    /// The item at a path, after following the links in its directories.
    private func item(
        _ path: LocalPath,
        _ operation: FileSystemError.Operation,
        following: Bool,
        named: LocalPath? = nil
    ) throws(FileSystemError) -> (place: LocalPath, item: Item) {
        var place: LocalPath = "/"
        var rest = path.components[...]
        var links = 0
        while let name = rest.popFirst() {
            place = name == ".." ? place.parent : place / name
            guard let item = state.withLock({ $0.items[place] }) else {
                throw FileSystemError(operation, named ?? path, code: Self.missing)
            }
            guard case .link(let target) = item, following || !rest.isEmpty else { continue }
            links += 1
            if links > 40 { throw FileSystemError(operation, named ?? path, code: Self.tooManyLinks) }
            rest = (place.parent / target).components + rest
            place = "/"
        }
        guard let item = state.withLock({ $0.items[place] }) else {
            throw FileSystemError(operation, named ?? path, code: Self.missing)
        }
        return (place, item)
    }
}
