import ConfigurationValues

/// Parser of `.env` files that accepts what the npm package `dotenv` accepts.
struct DotenvParser {
    private let bytes: [UInt8]
    private var position = 0

    private static let newline = UInt8(ascii: "\n")
    private static let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")]

    init(_ bytes: [UInt8]) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = Array(
            String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n").utf8
        )
    }

    /// All variables, in the order of the file.
    mutating func all() -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        while position < bytes.count {
            if position > 0, bytes[position - 1] != Self.newline {
                position += 1
                continue
            }
            let start = position
            if let found = variable(afterExport: true) ?? variable(afterExport: false) {
                result.append(found)
            } else {
                position = start + 1
            }
        }
        return result
    }

    /// The variable that starts at the position, `nil` if none does; moves the position to where the next one may
    /// start.
    private mutating func variable(afterExport: Bool) -> (name: String, value: String)? {
        var index = skipping(from: position, Self.isSpace)
        if afterExport {
            guard bytes[index...].starts(with: "export".utf8) else { return nil }
            let end = skipping(from: index + 6, Self.isSpace)
            guard end > index + 6 else { return nil }
            index = end
        }
        let end = skipping(from: index) { ASCII.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        guard end > index, let start = startOfValue(afterNameEndingAt: end) else { return nil }
        let name = String(decoding: bytes[index..<end], as: UTF8.self)
        let written = valueRange(from: start)
        return (name, Self.value(String(decoding: bytes[written], as: UTF8.self).trimmed()))
    }

    /// The offset after `=`, or after `:` and one space; `nil` if neither follows a name.
    private func startOfValue(afterNameEndingAt end: Int) -> Int? {
        let separator = skipping(from: end, Self.isSpace)
        if separator < bytes.count, bytes[separator] == UInt8(ascii: "=") { return separator + 1 }
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: ":"), Self.isSpace(bytes[end + 1]) else { return nil }
        return end + 2
    }

    /// The range of the value as it is written; moves the position behind it.
    private mutating func valueRange(from start: Int) -> Range<Int> {
        let first = skipping(from: start, Self.isSpace)
        if first < bytes.count, Self.quotes.contains(bytes[first]) {
            for quote in closingQuotes(of: first) {
                guard let end = end(behind: quote + 1) else { continue }
                position = end
                return first..<quote + 1
            }
        }
        let end = skipping(from: start) { $0 != UInt8(ascii: "#") && $0 != Self.newline }
        position = self.end(behind: end) ?? end
        return start..<end
    }

    /// The offsets where a quoted value may end: the first quote without a backslash before it, then earlier ones.
    private func closingQuotes(of start: Int) -> [Int] {
        var found: [Int] = []
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == bytes[start] {
                found.append(index)
                if index == start + 1 || bytes[index - 1] != UInt8(ascii: "\\") { break }
            }
            index += 1
        }
        return found.reversed()
    }

    /// The offset after blank lines and a comment that follow a value; `nil` if something else is on its line.
    private func end(behind index: Int) -> Int? {
        let next = skipping(from: index, Self.isSpace)
        guard next < bytes.count else { return next }
        if bytes[next] == UInt8(ascii: "#") { return skipping(from: next) { $0 != Self.newline } }
        return bytes[index..<next].lastIndex(of: Self.newline)
    }

    /// The value without its quotes.
    private static func value(_ written: String) -> String {
        let bytes = Array(written.utf8)
        guard let first = bytes.first, quotes.contains(first) else { return written }
        let isClosed = bytes.count > 1 && bytes.last == first
        let inner = isClosed ? String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self) : written
        guard first == UInt8(ascii: "\"") else { return inner }
        return inner.replacing("\\n", with: "\n").replacing("\\r", with: "\r")
    }

    private func skipping(from index: Int, _ matches: (UInt8) -> Bool) -> Int {
        var index = index
        while index < bytes.count, matches(bytes[index]) { index += 1 }
        return index
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
