package import HostSystem
package import ZipArchive

/// A file on disk to include in an artifact.
package struct SourceFile: Hashable, Sendable {
    /// The name relative to the root of the requirements or vendored files.
    package var name: String
    /// The path of the file on disk.
    package var path: LocalPath
    /// Whether any execute bit is set.
    package var isExecutable: Bool
    /// The size in bytes.
    package var size: Int

    /// Creates a description of a file.
    package init(name: String, path: LocalPath, isExecutable: Bool = false, size: Int) {
        self.name = name
        self.path = path
        self.isExecutable = isExecutable
        self.size = size
    }
}

/// A file in an artifact, with its name and the source of its content.
package struct ContentFile: Sendable {
    /// The owner of a file.
    package enum Origin: Hashable, Sendable {
        /// A distribution, by its index in ``RequirementContent/distributions``.
        case distribution(Int)
        /// A `vendor` directory, as written in the configuration.
        case vendor(String)
        /// The files of the service.
        case service
        /// Files that the bundler adds: the nested archive and its unpacking module.
        case bundler
    }

    /// The name in the artifact.
    package var path: ArchivePath
    /// Whether the file has mode 0755 instead of 0644.
    package var isExecutable: Bool
    /// The size in bytes.
    package var size: Int
    /// The CRC-32 of the content, if it is known without reading the file.
    package var crc32: UInt32?
    /// The owner of the file.
    package var origin: Origin
    /// The source of the content.
    package var content: ArchiveMember.Content
}

extension ContentFile {
    /// Creates a file with the content of a file on disk.
    init(_ file: SourceFile, origin: Origin) throws(ArchivePath.ParseError) {
        self.init(
            path: try ArchivePath(parsing: file.name),
            isExecutable: file.isExecutable,
            size: file.size,
            origin: origin,
            content: .file(path: file.path.string, sizeHint: file.size)
        )
    }

    /// Creates a file with bytes in memory.
    init(_ path: ArchivePath, bytes: [UInt8], isExecutable: Bool = false, origin: Origin) {
        self.init(
            path: path,
            isExecutable: isExecutable,
            size: bytes.count,
            crc32: CRC32.checksum(bytes.span),
            origin: origin,
            content: .bytes(bytes)
        )
    }

    /// The file as a member for `ZipWriter`.
    var member: ArchiveMember { ArchiveMember(path: path, isExecutable: isExecutable, content: content) }
}
