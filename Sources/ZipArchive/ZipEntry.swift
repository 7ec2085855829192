/// An entry of an archive whose structure was checked when it was opened.
package struct ZipEntry: Hashable, Sendable {
    /// The compression method of an entry (APPNOTE 4.4.5).
    package enum Method: UInt16, Hashable, Sendable {
        case stored = 0
        case deflate = 8
    }

    /// The type of an entry: a file, a directory or a symbolic link.
    package enum Kind: Hashable, Sendable {
        case file, folder, symbolicLink
    }

    /// The name of the entry; a directory's name has no final `/`.
    package let path: ArchivePath
    /// Whether the entry is a file, a directory or a link.
    package let kind: Kind
    /// Whether any of the three execute bits is set in the entry's mode.
    package let isExecutable: Bool
    /// The compression method of the entry's data.
    package let method: Method
    /// The declared CRC-32 of the content.
    package let crc32: UInt32
    /// The size of the compressed data in bytes.
    package let compressedSize: Int
    /// The size of the content in bytes.
    package let size: Int
    /// The offset in the archive at which the compressed data begins.
    package let dataOffset: Int
}
