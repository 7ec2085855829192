import HostSystem
package import OrderedJSON

/// Reads JSON text and keeps the place of each value.
package enum JSONReader {
    /// Reads a whole text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - file: the name of the file, for places.
    /// - Returns: the outermost value.
    /// - Throws: `JSONParseError` for the first fault.
    package static func read(_ bytes: [UInt8], file: String) throws(JSONParseError) -> Node {
        let lines = LineIndex(bytes)
        return try JSONParser<Node>
            .parse(bytes) { shape, offset in
                let content: Node.Content =
                    switch shape {
                    case .null: .null
                    case .bool(let value): .bool(value)
                    case .number(let value): .number(value)
                    case .string(let value): .string(value)
                    case .array(let items): .list(items)
                    case .object(let members): .map(members)
                    }
                return Node(content, at: lines.place(of: offset, in: file))
            }
    }
}

/// Finds lines and columns in a text.
struct LineIndex {
    private let bytes: [UInt8]
    private let starts: [Int]

    /// Makes an index of UTF-8 text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (position, byte) in bytes.enumerated() where byte == 0x0A { starts.append(position + 1) }
        self.starts = starts
    }

    /// The place of a byte; its column counts characters.
    func place(of offset: Int, in file: String) -> SourcePlace {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        // Every character has one byte that continues none.
        let column = bytes[starts[low]..<offset].count { $0 & 0xC0 != 0x80 }
        return SourcePlace(file: file, line: low + 1, column: column + 1)
    }

    /// The offset of a place, `nil` where the text has no such line.
    func offset(line: Int, column: Int) -> Int? {
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
