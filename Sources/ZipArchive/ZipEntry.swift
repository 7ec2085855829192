/// One entry of an archive that was opened and found sound.
package struct ZipEntry: Hashable, Sendable {
    /// How the bytes of an entry are kept (APPNOTE 4.4.5).
    package enum Method: UInt16, Hashable, Sendable {
        case stored = 0
        case deflate = 8
    }

    /// What an entry is.
    package enum Kind: Hashable, Sendable {
        case file, folder, symbolicLink
    }

    /// The name; that of a folder without its final `/`.
    package let path: ArchivePath
    /// What it is.
    package let kind: Kind
    /// Whether anybody may execute it.
    package let isExecutable: Bool
    /// How its bytes are kept.
    package let method: Method
    /// The CRC-32 of its content.
    package let crc32: UInt32
    /// The size of its bytes in the archive.
    package let compressedSize: Int
    /// The size of its content in bytes.
    package let size: Int
    /// Where its compressed bytes begin in the archive.
    package let dataOffset: Int
}
