#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The content of a file in the form in which an archive stores it.
struct CompressedContent: Sendable {
    let method: ZipEntry.Method
    let crc32: UInt32
    let size: Int
    let data: [UInt8]

    /// Deflates bytes if that makes them smaller.
    init(_ content: [UInt8], level: Int) {
        size = content.count
        crc32 = CRC32.checksum(content.span)
        if let deflated = Deflater(level: level).deflate(content.span) {
            method = .deflate
            data = deflated
        } else {
            method = .stored
            data = content
        }
    }

    /// Reads a file, and deflates it if that makes it smaller; `nil` if it is so large that it is compressed in blocks.
    init?(readingFile path: String, level: Int) throws(ZipError) {
        let file = try ArchiveBytes(opening: path)
        if file.count > BlockwiseFile.blockSize { return nil }
        self.init(try file.bytes(at: 0, count: file.count), level: level)
    }
}
