import FuroshikiTestSupport
import Testing

@testable import ZipArchive

/// Deflate streams that are joined, and checksums of their parts.
struct DeflateStreamTests {
    /// Bytes of a kind, of which deflate makes blocks of different types.
    enum Content: String, CaseIterable, CustomTestStringConvertible {
        case text, numbers, zeros, random, mixed, tiny

        var testDescription: String { rawValue }

        func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
            var generator = SeededGenerator(seed: seed)
            switch self {
            case .text:
                let words = (0..<200).map { _ in "w\(generator.next() % 100_000) " }
                var bytes: [UInt8] = []
                while bytes.count < count { bytes += words[Int(generator.next() % 200)].utf8 }
                return Array(bytes.prefix(count))
            case .numbers: return (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) & 0x3F }
            case .zeros: return [UInt8](repeating: 0, count: count)
            case .random: return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            case .mixed:
                return stride(from: 0, to: count, by: 100_000)
                    .flatMap { start -> [UInt8] in
                        let part: Content = start / 100_000 % 2 == 0 ? .random : .text
                        return part.bytes(min(100_000, count - start), seed: seed &+ UInt64(start))
                    }
            case .tiny: return Array("aaaaaaaaaaaaaaaaaaaa".utf8.prefix(max(2, count % 20)))
            }
        }
    }

    // Values that cannot be copied are not possible in the macros of tests.
    private func deflate(_ bytes: [UInt8], _ level: Int) -> [UInt8]? { Deflater(level: level).deflate(bytes.span) }

    private func inflate(_ bytes: [UInt8], _ size: Int) -> [UInt8]? { Inflater().inflate(bytes.span, size: size) }

    private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 { CRC32.checksum(Array(bytes).span) }

    @Test(arguments: Content.allCases, [1, 6, 9])
    func `streams that are joined have the content of both`(_ content: Content, level: Int) throws {
        for (seed, count) in [3, 258, 5_000, 70_001, 300_000].enumerated() {
            let (first, second) = (
                content.bytes(count, seed: UInt64(seed)), Array(repeating: UInt8(ascii: "x"), count: 500)
            )
            guard let stream = deflate(first, level) else { continue }
            let beginning = try #require(DeflateStream.beginning(stream))
            let end = try #require(deflate(second + second, level))
            // More than two parts, so that a beginning also follows another one.
            let joined = beginning + beginning + end
            let whole = first + first + second + second
            #expect(inflate(joined, whole.count) == whole)
            #expect(beginning.count <= stream.count + 5)
        }
    }

    @Test func `a stored block at the end is found, and stored blocks can be joined`() throws {
        let bytes = Content.random.bytes(70_000, seed: 1)
        func stored(isLast: Bool) -> [UInt8] {
            StoredBlocks.header(count: 65_535, isLast: false) + bytes[..<65_535]
                + StoredBlocks.header(count: 70_000 - 65_535, isLast: isLast) + bytes[65_535...]
        }
        #expect(stored(isLast: true).count == StoredBlocks.size(of: 70_000))
        let stream = try #require(DeflateStream(stored(isLast: true)))
        #expect(stream.lastBlock == 8 * (65_535 + 5))
        #expect(stream.end == 8 * StoredBlocks.size(of: 70_000))
        let joined = try #require(DeflateStream.beginning(stored(isLast: true))) + stored(isLast: true)
        #expect(inflate(joined, 140_000) == bytes + bytes)
        #expect(DeflateStream(stored(isLast: false)) == nil)
    }

    @Test func `a stream that is cut off, continues or is changed is never accepted with another end`() throws {
        let bytes = Content.text.bytes(20_000, seed: 3)
        let stream = try #require(deflate(bytes, 6))
        for count in stride(from: 0, to: stream.count, by: 37) {
            #expect(DeflateStream(Array(stream.prefix(count))) == nil)
        }
        #expect(DeflateStream(stream + [0]) == nil)
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            var changed = stream
            changed[Int(generator.next() % UInt64(stream.count))] ^= 1 << UInt8(generator.next() % 8)
            // Many changes are valid streams of something else; none may be read past its end.
            if let found = DeflateStream(changed) { #expect(found.end <= 8 * stream.count) }
        }
        for seed in 0..<300 as Range<UInt64> { _ = DeflateStream(Content.random.bytes(200, seed: seed)) }
    }

    @Test func `the checksum of two parts is combined from theirs`() {
        let bytes = Content.random.bytes(10_000, seed: 5)
        let whole = checksum(bytes[...])
        for count in [0, 1, 2, 31, 4_096, 9_999, 10_000] {
            let (first, second) = (checksum(bytes.prefix(count)), checksum(bytes.dropFirst(count)))
            #expect(CRC32.combined(first, second, count: 10_000 - count) == whole)
        }
    }
}
