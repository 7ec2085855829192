package import HostSystem
package import ZipArchive

/// A file on disk that goes into an artifact.
package struct SourceFile: Hashable, Sendable {
    /// The name in the artifact, relative to the root of what it belongs to.
    package var name: String
    /// Where it lies.
    package var path: LocalPath
    /// Whether anybody may execute it.
    package var isExecutable: Bool
    /// The size in bytes.
    package var size: Int

    /// Makes a description of a file.
    package init(name: String, path: LocalPath, isExecutable: Bool = false, size: Int) {
        self.name = name
        self.path = path
        self.isExecutable = isExecutable
        self.size = size
    }
}

/// A file of an artifact: where it is to be, and where it comes from.
package struct ContentFile: Sendable {
    /// What a file is part of.
    package enum Origin: Hashable, Sendable {
        /// A distribution, by its place in ``RequirementContent/distributions``.
        case distribution(Int)
        /// A folder of `vendor`, as it was written.
        case vendor(String)
        /// The service's own files.
        case service
        /// What the bundler adds: the archive of requirements and its helper.
        case bundler
    }

    /// The name in the artifact.
    package var path: ArchivePath
    /// Whether it gets the mode 0755.
    package var isExecutable: Bool
    /// The size in bytes.
    package var size: Int
    /// The CRC-32 of the content where it is known without reading it.
    package var crc32: UInt32?
    /// What it is part of.
    package var origin: Origin
    /// Where the bytes come from.
    package var content: ArchiveMember.Content
}

extension ContentFile {
    /// Makes a file of one on disk.
    init(_ file: SourceFile, origin: Origin) throws(ArchivePath.ParseError) {
        self.init(
            path: try ArchivePath(parsing: file.name),
            isExecutable: file.isExecutable,
            size: file.size,
            origin: origin,
            content: .file(path: file.path.string, sizeHint: file.size)
        )
    }

    /// Makes a file of bytes at hand.
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

    /// The file as the archive's writer takes it.
    var member: ArchiveMember { ArchiveMember(path: path, isExecutable: isExecutable, content: content) }
}
