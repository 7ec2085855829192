extension ArchiveMember.Content {
    var isCompressed: Bool {
        switch self {
        case .bytes, .file, .computed: true
        case .spliced, .stored: false
        }
    }

    /// Whether it is a file that is probably compressed in blocks.
    var isLarge: Bool {
        if case .file(_, let sizeHint) = self { sizeHint > BlockwiseFile.blockSize } else { false }
    }
}

extension ArchiveStream.Compression {
    init(_ content: ArchiveMember.Content, level: Int, _ known: CompressedFiles?) throws {
        switch content {
        case .computed(_, let make): self = .whole(CompressedContent(try make(), level: level))
        case .file(let path, _):
            let make = { try CompressedContent(readingFile: path, level: level) }
            self = (try known?.content(of: path, make: make) ?? make()).map(Self.whole) ?? .tooLarge(path)
        case .bytes(let bytes): self = .whole(CompressedContent(bytes, level: level))
        case .spliced, .stored: preconditionFailure("only contents that are not compressed yet are compressed")
        }
    }
}

extension EntryHeader {
    init(
        _ member: ArchiveMember,
        _ method: ZipEntry.Method,
        _ crc32: UInt32,
        _ compressedSize: Int,
        _ size: Int
    ) {
        self.init(
            path: member.path,
            isExecutable: member.isExecutable,
            method: method,
            crc32: crc32,
            compressedSize: compressedSize,
            size: size
        )
    }
}
