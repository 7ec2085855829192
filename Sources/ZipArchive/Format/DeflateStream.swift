/// The place of the last block in a deflate stream (RFC 1951), which is needed to continue the stream with another one.
///
/// The stream is decoded without producing its content, which takes about a twentieth of the time of compressing it.
struct DeflateStream {
    /// The position of the header of the last block, in bits.
    let lastBlock: Int
    /// The position after the last block, in bits.
    let end: Int

    /// Finds the last block; `nil` if the stream is invalid, or does not end in the last byte.
    init?(_ bytes: [UInt8]) {
        var decoder = DeflateDecoder()
        guard let (lastBlock, end) = decoder.decode(bytes), (end + 7) / 8 == bytes.count else { return nil }
        self.lastBlock = lastBlock
        self.end = end
    }

    /// The stream as a beginning that another stream can be appended to; `nil` if it is invalid.
    ///
    /// Its last block is no longer marked as such. It is followed by an empty stored block, which ends at a whole byte.
    static func beginning(_ bytes: [UInt8]) -> [UInt8]? {
        guard let stream = DeflateStream(bytes) else { return nil }
        var bytes = bytes
        bytes[stream.lastBlock / 8] &= ~(1 << UInt8(stream.lastBlock % 8))
        // The header has three bits, all of them zero, as are the bits that fill the last byte.
        let used = stream.end % 8
        if used > 0 { bytes[bytes.count - 1] &= 1 << UInt8(used) - 1 }
        if used == 0 || used > 5 { bytes.append(0) }
        return bytes + [0, 0, 0xFF, 0xFF]
    }
}

/// The stored blocks of a deflate stream (RFC 1951 section 3.2.4), each of which begins at a whole byte.
enum StoredBlocks {
    /// The maximum number of bytes in a block.
    static let maximumSize = 65_535
    /// The size of a header in bytes.
    private static let headerSize = 5

    /// The size of blocks with a number of bytes.
    static func size(of count: Int) -> Int { count + headerSize * ((count + maximumSize - 1) / maximumSize) }

    /// The header of a block.
    static func header(count: Int, isLast: Bool) -> [UInt8] {
        let (low, high) = (UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8))
        return [isLast ? 1 : 0, low, high, ~low, ~high]
    }
}
