/// A file that is too large to be compressed in memory: it is compressed in blocks of a fixed size, on all processors.
///
/// Each block is a deflate stream of its own, and these are joined to one stream, so that the bytes depend on the content
/// only. They are kept in a temporary file, because an archive has their total size before them. Blocks that do not get
/// smaller are not kept, but read again.
final class BlockwiseFile: Sendable {
    /// The size of a block in bytes; files up to this size are compressed as a whole.
    static let blockSize = 2 << 20
    /// The maximum number of blocks in memory.
    private static let maximumBlocks = 6

    /// The source of a block's bytes.
    enum Piece: Sendable {
        /// A part of the temporary file, which is copied.
        case compressed(Range<Int>)
        /// A part of the original file with this checksum, which is stored.
        case stored(Range<Int>, crc32: UInt32)
    }

    /// The file that is compressed.
    let source: ArchiveBytes
    /// The temporary file with the compressed blocks; `nil` if there are none.
    let spool: SpoolFile?
    /// The blocks in order.
    let pieces: [Piece]
    /// The checksum of the file.
    let crc32: UInt32
    /// Stored if no block gets smaller.
    let method: ZipEntry.Method
    /// The size of the entry's data.
    let compressedSize: Int

    /// Compresses a file.
    ///
    /// - Parameters:
    ///   - source: the file.
    ///   - level: the compression level.
    ///   - concurrency: the number of blocks to compress concurrently.
    ///   - path: a path in the directory for the temporary file.
    /// - Returns: the blocks.
    /// - Throws: `ZipError`, `CancellationError`.
    static func compressing(
        _ source: ArchiveBytes,
        level: Int,
        concurrency: Int,
        beside path: String
    ) async throws -> BlockwiseFile {
        let ranges = stride(from: 0, to: source.count, by: blockSize).map { $0..<min($0 + blockSize, source.count) }
        let limit = min(concurrency + 1, maximumBlocks)
        let plan = try await withThrowingTaskGroup(of: (Int, CompressedBlock).self) { group in
            var plan = Plan(path: path)
            var started = 0
            var waiting: [Int: CompressedBlock] = [:]
            while plan.pieces.count < ranges.count {
                // Blocks that wait for an earlier one are in memory, too.
                while started < min(plan.pieces.count + limit, ranges.count) {
                    let (index, range) = (started, ranges[started])
                    let isLast = range.upperBound == source.count
                    group.addTask { (index, try CompressedBlock(range, of: source, level: level, isLast: isLast)) }
                    started += 1
                }
                guard let (index, block) = try await group.next() else { throw CancellationError() }
                waiting[index] = block
                while let next = waiting.removeValue(forKey: plan.pieces.count) {
                    try plan.append(next, of: ranges[plan.pieces.count])
                }
            }
            return plan
        }
        return BlockwiseFile(source, ranges, plan)
    }

    private init(_ source: ArchiveBytes, _ ranges: [Range<Int>], _ plan: Plan) {
        self.source = source
        crc32 = plan.crc32
        if plan.size < source.count {
            (method, pieces, spool, compressedSize) = (.deflate, plan.pieces, plan.spool, plan.size)
        } else {
            method = .stored
            pieces = zip(ranges, plan.checksums).map { .stored($0, crc32: $1) }
            (spool, compressedSize) = (nil, source.count)
        }
    }

    /// The blocks so far.
    private struct Plan {
        let path: String
        var spool: SpoolFile?
        var pieces: [Piece] = []
        var checksums: [UInt32] = []
        var crc32: UInt32 = 0
        /// The size of the deflate stream.
        var size = 0
        private var spooled = 0

        init(path: String) { self.path = path }

        mutating func append(_ block: CompressedBlock, of range: Range<Int>) throws(ZipError) {
            crc32 = CRC32.combined(crc32, block.crc32, count: range.count)
            checksums.append(block.crc32)
            guard let data = block.data else {
                pieces.append(.stored(range, crc32: block.crc32))
                size += StoredBlocks.size(of: range.count)
                return
            }
            let file: SpoolFile
            if let spool { file = spool } else { file = try SpoolFile(beside: path) }
            spool = file
            try file.append(data.span)
            pieces.append(.compressed(spooled..<(spooled + data.count)))
            spooled += data.count
            size += data.count
        }
    }
}

/// A block of a file, as a part of a deflate stream.
private struct CompressedBlock: Sendable {
    let crc32: UInt32
    /// The part of the stream; `nil` if it would not be smaller than the block.
    let data: [UInt8]?

    /// The size of a sample in bytes: as deflate refers to the last 32 KB, a part that it can refer to is in it.
    private static let sampleSize = 64 << 10

    /// Reads a block and compresses it.
    init(_ range: Range<Int>, of source: ArchiveBytes, level: Int, isLast: Bool) throws(ZipError) {
        let bytes: [UInt8]
        do throws(ZipError) {
            bytes = try source.bytes(at: range.lowerBound, count: range.count)
        } catch {
            throw error.reason == .truncated(.data) ? ZipError(.changedWhileRead, archive: error.archive) : error
        }
        crc32 = CRC32.checksum(bytes.span)
        guard Self.isWorthwhile(bytes.span), let stream = Deflater(level: level).deflate(bytes.span) else {
            data = nil
            return
        }
        // The end of a stream that we cannot find would be an error of ours; the block is valid without compression.
        let part = isLast ? stream : DeflateStream.beginning(stream)
        data = part.flatMap { $0.count < range.count ? $0 : nil }
    }

    /// Whether samples of a block get smaller by a fiftieth at least.
    ///
    /// Compressing what does not get smaller takes the most time of all.
    private static func isWorthwhile(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 8 * sampleSize else { return true }
        let deflater = Deflater(level: 1)
        var size = 0
        for quarter in [1, 3] {
            let start = quarter * bytes.count / 4 - sampleSize / 2
            let sample = bytes.extracting(start..<(start + sampleSize))
            size += deflater.deflate(sample)?.count ?? sampleSize
        }
        return size < 2 * sampleSize * 49 / 50
    }
}
