package import Diagnostics

/// An index that converts between offsets, and lines and columns.
package struct LineIndex {
    private let bytes: [UInt8]
    private let starts: [Int]
    /// The offsets of UTF-8 continuation bytes; ASCII text has none.
    private let continuations: [Int]

    /// Makes an index of UTF-8 text.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        var continuations: [Int] = []
        for (position, byte) in bytes.enumerated() {
            if byte == 0x0A { starts.append(position + 1) }
            if byte & 0xC0 == 0x80 { continuations.append(position) }
        }
        self.starts = starts
        self.continuations = continuations
    }

    /// The number of ascending offsets that are less than another.
    private static func count(_ offsets: [Int], before offset: Int) -> Int {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of a byte; its column is counted in characters.
    package func place(of offset: Int, in file: String) -> SourcePlace {
        let line = Self.count(starts, before: offset + 1)
        let start = starts[line - 1]
        // A file can be a single long line, so that its characters are not counted for each place.
        let continued =
            Self.count(continuations, before: offset) - Self.count(continuations, before: start)
        return SourcePlace(file: file, line: line, column: offset - start - continued + 1)
    }

    /// The offset of a place; `nil` if the text has no such line.
    package func offset(line: Int, column: Int) -> Int? {
        guard starts.indices.contains(line - 1) else { return nil }
        var offset = starts[line - 1]
        var left = column - 1
        while left > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            left -= 1
        }
        return offset
    }
}
