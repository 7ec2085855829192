import ConfigurationValues

/// The structure of a YAML text as its lines show it: keys and items with their indentation.
///
/// Texts that are not valid have one too. It is approximate: good enough to say what is wrong with a line, and used
/// for nothing else.
struct YAMLOutline {
    /// A key with its colon, a `-`, or other text that starts a line.
    struct Entry {
        enum Kind { case key, item, text }

        let kind: Kind
        /// The line, from 1.
        let line: Int
        /// The number of characters before it in its line.
        let column: Int
        /// The range of the key, of the `-`, or of the text.
        let range: Range<Int>
        /// The value up to the end of its line, without a comment; empty if there is none on the line.
        var value: Range<Int>
        /// Whether only spaces are before it in its line.
        let startsLine: Bool
    }

    let bytes: [UInt8]
    /// The entries in the order of the text.
    private(set) var entries: [Entry] = []
    /// The quoted strings that are values or keys outside `[]` and `{}`.
    private(set) var quotes: [Range<Int>] = []
    /// The ranges of `[…]` and `{…}`; one that is never closed ends with the text.
    private(set) var brackets: [Range<Int>] = []
    /// The offsets of text that follows a closing quotation mark or bracket on its line.
    private(set) var trailing: [Int] = []
    private var position = 0
    private var line = 1

    /// Makes the outline of some bytes.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        while position < bytes.count { readLine() }
    }

    // MARK: Lines

    private mutating func readLine() {
        let start = position
        skipBlanks()
        // A mark of a document, a directive or a comment is not a part of the structure.
        if position == start, lineText().starts(with: "---".utf8) || byte() == UInt8(ascii: "%") { return endLine() }
        guard let first = byte(), first != UInt8(ascii: "#"), !isLineEnd(first) else { return endLine() }
        var startsLine = true
        while byte() == UInt8(ascii: "-"), isBlank(position + 1) {
            add(.item, start, position..<position + 1, startsLine)
            startsLine = false
            position += 1
            skipBlanks()
        }
        guard byte().map({ !isLineEnd($0) && $0 != UInt8(ascii: "#") }) == true else { return endLine() }
        if let key = keyRange() {
            add(.key, start, key, startsLine)
            position = key.upperBound
            while byte() != UInt8(ascii: ":") { position += 1 }
            position += 1
        } else {
            if startsLine { add(.text, start, position..<endOfText(), startsLine) }
        }
        readValue(lineStart: start)
    }

    private mutating func add(_ kind: Entry.Kind, _ lineStart: Int, _ range: Range<Int>, _ startsLine: Bool) {
        let empty = range.upperBound..<range.upperBound
        let column = range.lowerBound - lineStart
        entries.append(
            Entry(kind: kind, line: line, column: column, range: range, value: empty, startsLine: startsLine)
        )
    }

    /// The key at the position, if the line has a colon with a space after it.
    private func keyRange() -> Range<Int>? {
        guard let first = byte(), !"[{|>#".utf8.contains(first) else { return nil }
        var end = position
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard let close = endOfQuotes(from: position), !bytes[position..<close].contains(0x0A) else { return nil }
            end = close
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            return end < bytes.count && bytes[end] == UInt8(ascii: ":") && isBlank(end + 1) ? position..<close : nil
        }
        while end < bytes.count, !isLineEnd(bytes[end]) {
            if bytes[end] == UInt8(ascii: ":"), isBlank(end + 1) { return end > position ? position..<end : nil }
            if bytes[end] == UInt8(ascii: "#"), end > position, isBlank(end - 1) { return nil }
            end += 1
        }
        return nil
    }

    /// Reads the value after a key or a `-`, which may go on in further lines.
    private mutating func readValue(lineStart: Int) {
        skipBlanks()
        while let mark = byte(), mark == UInt8(ascii: "!") || mark == UInt8(ascii: "&"), !isBlank(position + 1) {
            while !isBlank(position) { position += 1 }
            skipBlanks()
        }
        if let last = entries.indices.last, entries[last].kind != .text {
            entries[last].value = position..<endOfText()
        }
        switch byte() {
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            endLine()
            skipBlock(deeperThan: parentColumn())
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let start = position
            let end = endOfQuotes(from: start) ?? bytes.count
            quotes.append(start..<end)
            move(to: end)
            readRest()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let start = position
            let end = endOfBrackets(from: start) ?? bytes.count
            brackets.append(start..<end)
            move(to: end)
            readRest()
        default: endLine()
        }
    }

    /// Reads what follows a quoted string or brackets on a line.
    private mutating func readRest() {
        skipBlanks()
        if let next = byte(), !isLineEnd(next), next != UInt8(ascii: "#") { trailing.append(position) }
        endLine()
    }

    /// The indentation that the lines of a block value must exceed.
    private func parentColumn() -> Int {
        guard let last = entries.last else { return -1 }
        return last.kind == .text ? last.column - 1 : last.column
    }

    private mutating func skipBlock(deeperThan column: Int) {
        while position < bytes.count {
            let start = position
            skipBlanks()
            if let next = byte(), !isLineEnd(next), position - start <= column {
                position = start
                return
            }
            endLine()
        }
    }

    // MARK: Quotes and brackets

    /// The offset after the quoted string at an offset; `nil` if it is never closed.
    func endOfQuotes(from start: Int) -> Int? {
        let quote = bytes[start]
        var offset = start + 1
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                offset += 2
            } else if bytes[offset] != quote {
                offset += 1
            } else if quote == UInt8(ascii: "'"), offset + 1 < bytes.count, bytes[offset + 1] == quote {
                offset += 2
            } else {
                return offset + 1
            }
        }
        return nil
    }

    /// The offset after the bracket that closes the one at an offset; `nil` if it is never closed.
    func endOfBrackets(from start: Int) -> Int? {
        var open: [Int] = []
        return scanBrackets(from: start, to: bytes.count, open: &open)
    }

    /// The offsets of the brackets that are open at an offset, outermost first.
    func openBrackets(from start: Int, at offset: Int) -> [Int] {
        var open: [Int] = []
        _ = scanBrackets(from: start, to: offset, open: &open)
        return open
    }

    private func scanBrackets(from start: Int, to end: Int, open: inout [Int]) -> Int? {
        var offset = start
        while offset < min(end, bytes.count) {
            switch bytes[offset] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): open.append(offset)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open.removeLast()
                if open.isEmpty { return offset + 1 }
            case UInt8(ascii: "#") where isBlank(offset - 1):
                while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if startsItem(offset), let close = endOfQuotes(from: offset) { offset = close - 1 }
            default: break
            }
            offset += 1
        }
        return nil
    }

    /// Whether an item of brackets can start at an offset: after a bracket, a comma or a colon.
    private func startsItem(_ offset: Int) -> Bool {
        var before = offset - 1
        while before >= 0, isBlank(before) { before -= 1 }
        return before < 0 || "[{,:".utf8.contains(bytes[before])
    }

    // MARK: Bytes

    /// The end of the text on the line of the position, without a comment and trailing spaces.
    func endOfText(from start: Int? = nil) -> Int {
        let start = start ?? position
        var end = start
        while end < bytes.count, !isLineEnd(bytes[end]) {
            if bytes[end] == UInt8(ascii: "#"), end == start || isBlank(end - 1) { break }
            end += 1
        }
        while end > start, isBlank(end - 1) { end -= 1 }
        return end
    }

    private func lineText() -> ArraySlice<UInt8> { bytes[position..<min(position + 4, bytes.count)] }

    private func byte() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private func isBlank(_ offset: Int) -> Bool { offset < 0 || offset >= bytes.count || bytes[offset] <= 0x20 }

    private mutating func skipBlanks() {
        while let next = byte(), next == 0x20 || next == 0x09 { position += 1 }
    }

    private mutating func move(to offset: Int) {
        line += bytes[position..<offset].count { $0 == 0x0A }
        position = offset
    }

    private mutating func endLine() {
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        if position < bytes.count {
            position += 1
            line += 1
        }
    }
}
