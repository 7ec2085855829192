package import HostSystem

/// Writes a tar archive (POSIX ustar, with pax headers for long names) that a container unpacks from its input.
///
/// Owners and times are fixed, so that the same files have the same bytes.
package struct TarWriter: ~Copyable {
    private let output: OutputFile
    private let files: any FileSystem

    /// Creates an archive file that only the user can read.
    package init(creating path: LocalPath, files: any FileSystem) throws(FileSystemError) {
        output = try OutputFile(creating: path, mode: 0o600)
        self.files = files
    }

    /// Adds a file, or a directory with everything in it, under a name.
    ///
    /// Links are kept as links. Sockets and devices are skipped.
    ///
    /// - Parameters:
    ///   - path: the file or directory.
    ///   - name: its name in the archive, relative.
    /// - Throws: `FileSystemError`.
    package func add(_ path: LocalPath, as name: String) throws {
        try add(path, as: name, kind: files.status(of: path, followingLinks: true).kind)
        guard files.isDirectory(path) else { return }
        try files.walk(path) { relative, kind in
            try add(path / relative, as: name + "/" + relative, kind: kind)
            return true
        }
    }

    /// Adds a file with the given content.
    package func add(_ content: [UInt8], as name: String, mode: UInt16 = 0o644) throws(FileSystemError) {
        try writeHeader(TarHeader(name: name, kind: .file, mode: mode, size: content.count))
        try output.write(content.span)
        try pad(content.count)
    }

    /// Adds a symbolic link with the given target.
    package func addLink(to target: String, as name: String) throws(FileSystemError) {
        try writeHeader(TarHeader(name: name, kind: .symbolicLink(target), mode: 0o777, size: 0))
    }

    /// Writes the end of the archive, and reports errors of earlier writes.
    package consuming func finish() throws(FileSystemError) {
        try output.write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize).span)
        try output.close(durably: false)
    }

    private func add(_ path: LocalPath, as name: String, kind: FileKind) throws(FileSystemError) {
        switch kind {
        case .directory:
            try writeHeader(TarHeader(name: name + "/", kind: .directory, mode: 0o755, size: 0))
        case .symbolicLink:
            let target = try files.symbolicLinkTarget(of: path)
            try writeHeader(TarHeader(name: name, kind: .symbolicLink(target), mode: 0o777, size: 0))
        case .file:
            let status = try files.status(of: path)
            let size = Int(status.size)
            try writeHeader(TarHeader(name: name, kind: .file, mode: status.isExecutable ? 0o755 : 0o644, size: size))
            var written = 0
            try files.read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
                // A file that grows while it is read would shift everything after it.
                let rest = piece.extracting(first: min(piece.count, size - written))
                try output.write(rest)
                written += rest.count
            }
            if written < size { try output.write([UInt8](repeating: 0, count: size - written).span) }
            try pad(size)
        case .other: break
        }
    }

    private func writeHeader(_ header: TarHeader) throws(FileSystemError) {
        try output.write(header.bytes.span)
    }

    private func pad(_ size: Int) throws(FileSystemError) {
        let rest = size % TarHeader.blockSize
        if rest > 0 { try output.write([UInt8](repeating: 0, count: TarHeader.blockSize - rest).span) }
    }
}
