package import HostSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The real file system, with "permission denied" for some paths.
///
/// Tests that run as root cannot use modes for that.
package struct RefusingFileSystem: FileSystem {
    private let files = LiveFileSystem()
    private let refused: Set<LocalPath>
    private let beforeCopy: @Sendable (LocalPath) throws(FileSystemError) -> Void

    /// Creates a file system that denies access to some paths and everything below them.
    ///
    /// - Parameters:
    ///   - refused: the denied paths.
    ///   - beforeCopy: called with the path of a file before it is copied, to simulate another process.
    package init(
        refusing refused: Set<LocalPath> = [],
        beforeCopy: @escaping @Sendable (LocalPath) throws(FileSystemError) -> Void = { _ in }
    ) {
        self.refused = refused
        self.beforeCopy = beforeCopy
    }

    private func check(_ path: LocalPath, _ operation: FileSystemError.Operation) throws(FileSystemError) {
        if refused.contains(where: { path.isWithin($0) }) {
            throw FileSystemError(operation, path, code: EACCES)
        }
    }

    package func read(_ path: LocalPath) throws(FileSystemError) -> [UInt8] {
        try check(path, .read)
        return try files.read(path)
    }

    package func read(
        _ path: LocalPath,
        inPieces receive: (Span<UInt8>) throws(FileSystemError) -> Void
    ) throws(FileSystemError) {
        try check(path, .read)
        try files.read(path, inPieces: receive)
    }

    package func write(_ bytes: [UInt8], to path: LocalPath, options: FileWriteOptions) throws(FileSystemError) {
        try check(path, .write)
        try files.write(bytes, to: path, options: options)
    }

    package func status(of path: LocalPath, followingLinks: Bool) throws(FileSystemError) -> FileStatus {
        // A file that cannot be opened is still visible in its directory.
        if !refused.contains(path) { try check(path, .inspect) }
        return try files.status(of: path, followingLinks: followingLinks)
    }

    package func entries(of directory: LocalPath) throws(FileSystemError) -> [DirectoryEntry] {
        try check(directory, .list)
        return try files.entries(of: directory)
    }

    package func createDirectory(_ path: LocalPath) throws(FileSystemError) {
        try check(path, .create)
        try files.createDirectory(path)
    }

    package func remove(_ path: LocalPath) throws(FileSystemError) {
        try check(path, .remove)
        try files.remove(path)
    }

    package func rename(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        try check(source, .rename)
        try check(destination, .rename)
        try files.rename(source, to: destination)
    }

    package func createSymbolicLink(at path: LocalPath, to target: String) throws(FileSystemError) {
        try check(path, .link)
        try files.createSymbolicLink(at: path, to: target)
    }

    package func symbolicLinkTarget(of path: LocalPath) throws(FileSystemError) -> String {
        try files.symbolicLinkTarget(of: path)
    }

    package func copyFile(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        try check(source, .copy)
        try check(destination, .copy)
        try beforeCopy(source)
        try files.copyFile(source, to: destination)
    }

    package func setMode(_ mode: UInt16, of path: LocalPath) throws(FileSystemError) {
        try check(path, .write)
        try files.setMode(mode, of: path)
    }

    package func realPath(of path: LocalPath) throws(FileSystemError) -> LocalPath { try files.realPath(of: path) }

    package func sync(_ path: LocalPath) throws(FileSystemError) { try files.sync(path) }
}
