import ZipArchive

/// The gzip format (RFC 1952), in which CloudWatch Logs sends its data.
enum Gzip {
    /// Wraps bytes as gzip, in stored blocks: samples are small, and their bytes do not depend on a compressor.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        // No flags, no time, unknown operating system.
        var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        var start = 0
        repeat {
            let block = bytes[start..<min(start + 0xFFFF, bytes.count)]
            start = block.endIndex
            result.append(start == bytes.count ? 1 : 0)
            let length = UInt16(block.count)
            result += littleEndian(length) + littleEndian(~length) + block
        } while start < bytes.count
        return result + littleEndian(CRC32.checksum(bytes.span)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
