#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The real file system.
package struct LiveFileSystem: FileSystem {
    /// Creates an accessor to the real file system.
    package init() {}

    package func read(_ path: LocalPath) throws(FileSystemError) -> [UInt8] {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .read)
        let size = try file.size(.read)
        // Files in `/proc` have size 0, so read until the end.
        var bytes: [UInt8] = []
        // Room for the last call too, which only finds the end, so that the content of a large file does not move.
        bytes.reserveCapacity(size + 4096)
        while true {
            let wanted = max(size - bytes.count + 1, 4096)
            var received = 0
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: wanted))
            received = bytes.withUnsafeMutableBytes { buffer in
                retryingOnInterrupt { systemRead(file.number, buffer.baseAddress?.advanced(by: start), wanted) }
            }
            if received < 0 { throw FileSystemError(.read, path) }
            bytes.removeLast(wanted - received)
            if received == 0 { return bytes }
        }
    }

    // The file is not mapped into memory, as truncating a mapped file would crash the program.
    package func read(
        _ path: LocalPath,
        inPieces receive: (Span<UInt8>) throws(FileSystemError) -> Void
    ) throws(FileSystemError) {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .read)
        var buffer = [UInt8](repeating: 0, count: max(1, min(try file.size(.read), 1 << 18)))
        while true {
            let count = buffer.withUnsafeMutableBytes { buffer in
                retryingOnInterrupt { systemRead(file.number, buffer.baseAddress, buffer.count) }
            }
            if count < 0 { throw FileSystemError(.read, path) }
            if count == 0 { return }
            try receive(buffer.span.extracting(first: count))
        }
    }

    package func write(
        _ bytes: [UInt8],
        to path: LocalPath,
        options: FileWriteOptions
    ) throws(FileSystemError) {
        let temporary = temporarySibling(of: path)
        do throws(FileSystemError) {
            let file = try OutputFile(creating: temporary, mode: options.mode)
            try file.write(bytes.span)
            if options.setsExactMode { try setMode(options.mode, of: temporary) }
            try file.close(durably: options.isDurable)
            try rename(temporary, to: path)
        } catch {
            unlink(temporary.string)
            // Report the final path instead of the temporary one.
            throw FileSystemError(.write, path, code: error.code)
        }
    }

    package func status(of path: LocalPath, followingLinks: Bool) throws(FileSystemError) -> FileStatus {
        var result = stat()
        let outcome = followingLinks ? stat(path.string, &result) : lstat(path.string, &result)
        guard outcome == 0 else { throw FileSystemError(.inspect, path) }
        return FileStatus(result)
    }

    package func createDirectory(_ path: LocalPath) throws(FileSystemError) {
        if mkdir(path.string, 0o777) == 0 { return }
        let code = errno
        if code == ENOENT, path.parent != path {
            try createDirectory(path.parent)
            if mkdir(path.string, 0o777) == 0 || (errno == EEXIST && isDirectory(path)) { return }
            throw FileSystemError(.create, path)
        }
        if code == EEXIST || code == EISDIR, isDirectory(path) { return }
        throw FileSystemError(.create, path, code: code)
    }

    package func remove(_ path: LocalPath) throws(FileSystemError) {
        if unlink(path.string) == 0 || errno == ENOENT || errno == ENOTDIR { return }
        let code = errno
        // For a directory, the error is EISDIR on Linux, and EPERM in POSIX and on macOS.
        guard code == EISDIR || code == EPERM, statusIfPresent(of: path, followingLinks: false)?.kind == .directory
        else { throw FileSystemError(.remove, path, code: code) }
        for entry in try entries(of: path) { try remove(path / entry.name) }
        if rmdir(path.string) != 0, errno != ENOENT { throw FileSystemError(.remove, path) }
    }

    package func rename(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        if systemRename(source.string, destination.string) != 0 { throw FileSystemError(.rename, destination) }
    }

    package func createSymbolicLink(at path: LocalPath, to target: String) throws(FileSystemError) {
        if symlink(target, path.string) != 0 { throw FileSystemError(.link, path) }
    }

    package func symbolicLinkTarget(of path: LocalPath) throws(FileSystemError) -> String {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(path.string, &bytes, bytes.count)
        if length < 0 { throw FileSystemError(.read, path) }
        return String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package func copyFile(_ source: LocalPath, to destination: LocalPath) throws(FileSystemError) {
        let mode = try status(of: source).mode
        let temporary = temporarySibling(of: destination)
        do throws(FileSystemError) {
            let output = try OutputFile(creating: temporary, mode: 0o600)
            try read(source) { piece throws(FileSystemError) in try output.write(piece) }
            try setMode(mode, of: temporary)
            try output.close(durably: false)
            try rename(temporary, to: destination)
        } catch {
            unlink(temporary.string)
            throw FileSystemError(.copy, error.path == source ? source : destination, code: error.code)
        }
    }

    package func setMode(_ mode: UInt16, of path: LocalPath) throws(FileSystemError) {
        if chmod(path.string, mode_t(mode)) != 0 { throw FileSystemError(.write, path) }
    }

    package func realPath(of path: LocalPath) throws(FileSystemError) -> LocalPath {
        guard let text = realpath(path.string, nil) else { throw FileSystemError(.inspect, path) }
        defer { free(text) }
        return LocalPath(String(cString: text))
    }
}

extension FileStatus {
    /// Creates a status from the result of stat(2).
    init(_ status: stat) {
        let kind: FileKind =
            switch UInt32(status.st_mode) & UInt32(S_IFMT) {
            case UInt32(S_IFREG): .file
            case UInt32(S_IFDIR): .directory
            case UInt32(S_IFLNK): .symbolicLink
            default: .other
            }
        #if canImport(Glibc)
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #else
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #endif
        self.init(
            kind: kind,
            mode: UInt16(UInt32(status.st_mode) & 0o7777),
            size: Int64(status.st_size),
            modifiedNanoseconds: Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec),
            changedNanoseconds: Int64(changed.tv_sec) * 1_000_000_000 + Int64(changed.tv_nsec),
            inode: UInt64(status.st_ino),
            device: UInt64(truncatingIfNeeded: status.st_dev)
        )
    }
}
