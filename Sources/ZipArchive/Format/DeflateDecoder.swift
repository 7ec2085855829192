/// A decoder of deflate streams (RFC 1951) that only finds where their blocks begin and end.
struct DeflateDecoder {
    /// What a code means: the number of bits of the code and the extra bits after it, and the kind of its symbol.
    ///
    /// Zero is not a code.
    private typealias Entry = UInt8

    private static let bitMask: Entry = 0x1F
    private static let matchFlag: Entry = 0x20
    private static let endFlag: Entry = 0x40

    /// A table of codes, found by as many bits as the longest code has.
    private struct Table {
        private(set) var entries: [Entry] = []
        private(set) var mask = 0

        /// Assigns the canonical codes to symbols (section 3.2.2).
        ///
        /// - Parameters:
        ///   - lengths: the number of bits of each symbol's code; zero for symbols without a code.
        ///   - entry: the entry of a symbol with a code of a length.
        /// - Returns: whether there are not more codes than the lengths allow.
        mutating func assign(_ lengths: ArraySlice<UInt8>, _ entry: (_ symbol: Int, _ length: Int) -> Entry) -> Bool {
            var counts = [Int](repeating: 0, count: 16)
            for length in lengths where length > 0 { counts[Int(length)] += 1 }
            let longest = counts.lastIndex { $0 > 0 } ?? 0
            mask = 1 << longest - 1
            entries = [Entry](repeating: 0, count: mask + 1)
            var codes = [Int](repeating: 0, count: 17)
            for length in 1...15 {
                codes[length + 1] = (codes[length] + counts[length]) << 1
                if codes[length] + counts[length] > 1 << length { return false }
            }
            for (symbol, length) in zip(0..., lengths) where length > 0 {
                let length = Int(length)
                // Codes are stored with their first bit lowest (section 3.1.1).
                var index = 0
                for bit in 0..<length where codes[length] & 1 << bit != 0 { index |= 1 << (length - 1 - bit) }
                codes[length] += 1
                let value = entry(symbol, length)
                while index <= mask {
                    entries[index] = value
                    index += 1 << length
                }
            }
            return true
        }
    }

    /// The lengths of the codes of literals and lengths in blocks with fixed codes (section 3.2.6).
    private static let fixedLengths =
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
        + [UInt8](repeating: 8, count: 8)

    private var literals = Table()
    private var distances = Table()

    /// The positions of the last block and of its end, in bits; `nil` if the stream is invalid.
    mutating func decode(_ stream: [UInt8]) -> (lastBlock: Int, end: Int)? {
        // Eight bytes are read at a time, at each position up to the end.
        let bytes = stream + [UInt8](repeating: 0, count: 8)
        let limit = stream.count * 8
        var position = 0
        while position + 3 <= limit {
            let start = position
            let header = Self.bits(of: bytes, at: position)
            position += 3
            switch header >> 1 & 3 {
            case 0:
                position = (position + 7) / 8 * 8
                guard position + 32 <= limit else { return nil }
                let sizes = Self.bits(of: bytes, at: position)
                guard sizes & 0xFFFF == ~sizes >> 16 & 0xFFFF else { return nil }
                position += 32 + 8 * Int(sizes & 0xFFFF)
            case 1:
                guard setTables(Self.fixedLengths[...], [UInt8](repeating: 5, count: 30)[...]) else { return nil }
                guard let end = symbols(in: bytes, from: position, limit) else { return nil }
                position = end
            case 2:
                guard let tables = readTables(in: bytes, at: position) else { return nil }
                guard let end = symbols(in: bytes, from: tables, limit) else { return nil }
                position = end
            default: return nil
            }
            guard position <= limit else { return nil }
            if header & 1 != 0 { return (start, position) }
        }
        return nil
    }

    /// At least 57 bits at a position; the position is at most at the end of the stream.
    private static func bits(of bytes: [UInt8], at position: Int) -> UInt64 {
        bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position / 8, as: UInt64.self))
        } >> UInt64(position % 8)
    }

    /// Skips the symbols of a block.
    ///
    /// - Returns: the position after the block; `nil` if a code is invalid, or if the block goes on after the limit.
    private func symbols(in bytes: [UInt8], from start: Int, _ limit: Int) -> Int? {
        // The tables have an entry for each masked number, and each position that is read is at most at the limit, after
        // which there are eight bytes.
        bytes.withUnsafeBytes { bytes in
            literals.entries.withUnsafeBufferPointer { literals in
                distances.entries.withUnsafeBufferPointer { distances in
                    let literalMask = UInt64(self.literals.mask)
                    let distanceMask = UInt64(self.distances.mask)
                    var position = start
                    while position <= limit {
                        var word =
                            UInt64(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: position / 8, as: UInt64.self)
                            ) >> UInt64(position % 8)
                        let entry = literals[Int(word & literalMask)]
                        let count = entry & Self.bitMask
                        position += Int(count)
                        if entry & (Self.matchFlag | Self.endFlag) == 0 {
                            if entry == 0 { return nil }
                        } else if entry & Self.endFlag != 0 {
                            return position
                        } else {
                            // A length has at most 20 bits, and a distance at most 28.
                            word >>= UInt64(count)
                            let distance = distances[Int(word & distanceMask)]
                            if distance == 0 { return nil }
                            position += Int(distance & Self.bitMask)
                        }
                    }
                    return nil
                }
            }
        }
    }

    /// Sets the tables for the codes of literals and lengths, and for those of distances.
    private mutating func setTables(_ literalLengths: ArraySlice<UInt8>, _ distanceLengths: ArraySlice<UInt8>) -> Bool {
        literals.assign(literalLengths) { symbol, length in
            switch symbol {
            case ..<256: Entry(length)
            case 256: Entry(length) | Self.endFlag
            // The extra bits of lengths (section 3.2.5).
            case 265..<285: Entry(length + (symbol - 261) / 4) | Self.matchFlag
            default: Entry(length) | Self.matchFlag
            }
        }
            && distances.assign(distanceLengths) { symbol, length in
                Entry(length + max(0, symbol / 2 - 1))
            }
    }

    /// Reads the lengths of the codes of a block (section 3.2.7), and sets the tables.
    ///
    /// - Returns: the position of the first symbol; `nil` if the lengths are invalid.
    private mutating func readTables(in bytes: [UInt8], at start: Int) -> Int? {
        func bits(_ position: Int) -> UInt64? {
            position / 8 + 8 <= bytes.count ? Self.bits(of: bytes, at: position) : nil
        }
        guard let header = bits(start) else { return nil }
        let literalCount = Int(header & 31) + 257
        let distanceCount = Int(header >> 5 & 31) + 1
        let orderedCount = Int(header >> 10 & 15) + 4
        guard literalCount <= 286, distanceCount <= 30 else { return nil }
        var position = start + 14
        var lengths = [UInt8](repeating: 0, count: 19)
        for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(orderedCount) {
            guard let word = bits(position) else { return nil }
            lengths[symbol] = UInt8(word & 7)
            position += 3
        }
        // The entries have the number of a symbol beside the bits of its code, at most 7.
        var table = Table()
        guard table.assign(lengths[...], { symbol, length in Entry(symbol << 3 | length) }) else { return nil }
        lengths = []
        while lengths.count < literalCount + distanceCount {
            guard let word = bits(position) else { return nil }
            let entry = table.entries[Int(truncatingIfNeeded: word) & table.mask]
            let codeLength = Int(entry & 7)
            guard codeLength > 0 else { return nil }
            let extra = word >> UInt64(codeLength)
            position += codeLength
            switch entry >> 3 {
            case 16:
                guard let last = lengths.last else { return nil }
                lengths += [UInt8](repeating: last, count: 3 + Int(extra & 3))
                position += 2
            case 17:
                lengths += [UInt8](repeating: 0, count: 3 + Int(extra & 7))
                position += 3
            case 18:
                lengths += [UInt8](repeating: 0, count: 11 + Int(extra & 127))
                position += 7
            case let length: lengths.append(length)
            }
        }
        guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
            setTables(lengths[..<literalCount], lengths[literalCount...])
        else { return nil }
        return position
    }
}
