import HostSystem

/// Reads `.env` files as dotenv and dotenv-expand do.
enum Dotenv {
    /// The variables of a text in its order, quotes taken away, nothing expanded.
    ///
    /// A line is `NAME=value` or `NAME: value`, perhaps after `export`. A value in single, double or back quotes may
    /// span lines; in double quotes `\n` and `\r` stand for line ends. Without quotes `#` starts a comment.
    static func parse(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var parser = DotenvParser(bytes)
        return parser.all()
    }

    /// The variables with references to others replaced, to be laid over the environment.
    ///
    /// What the environment has already counts more than the file, in values and in references.
    static func expand(
        _ variables: [(name: String, value: String)],
        over environment: Environment
    ) -> [String: String] {
        var known = environment.variables
        var parsed: [String: String] = [:]
        for (name, value) in variables {
            parsed[name] = value
            if environment[name] == nil { known[name] = value }
        }
        var result: [String: String] = [:]
        var done: Set<String> = []
        for (name, _) in variables where done.insert(name).inserted {
            let value = interpolate(known[name] ?? "", known: known, parsed: parsed)
            result[name] = value.replacing("\\$", with: "$")
            parsed[name] = result[name]
        }
        return result
    }

    /// Replaces the last reference of a text until there is none: `$NAME`, `${NAME}` or `${NAME:-default}`.
    private static func interpolate(_ text: String, known: [String: String], parsed: [String: String]) -> String {
        var bytes = Array(text.utf8)
        // A value that refers to itself would never end.
        for _ in 0..<1000 {
            guard let reference = lastReference(bytes) else { break }
            let value = [known[reference.name], reference.fallback, parsed[reference.name]]
                .compactMap { $0.flatMap { $0.isEmpty ? nil : $0 } }.first
            bytes.replaceSubrange(reference.range, with: Array((value ?? "").utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private struct Reference {
        let range: Range<Int>
        let name: String
        let fallback: String?
    }

    private static func lastReference(_ bytes: [UInt8]) -> Reference? {
        let dollar = bytes.indices.last {
            bytes[$0] == UInt8(ascii: "$") && ($0 == 0 || bytes[$0 - 1] != UInt8(ascii: "\\"))
        }
        guard let dollar else { return nil }
        var position = dollar + 1
        let hasBrace = position < bytes.count && bytes[position] == UInt8(ascii: "{")
        if hasBrace { position += 1 }
        let start = position
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        guard position > start else { return nil }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        var fallback: String?
        if bytes[position...].starts(with: ":-".utf8) {
            let from = position + 2
            position = from
            while position < bytes.count, bytes[position] != UInt8(ascii: "}"), bytes[position] != UInt8(ascii: "\\") {
                position += 1
            }
            fallback = String(decoding: bytes[from..<position], as: UTF8.self)
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") { position += 1 }
        return Reference(range: dollar..<position, name: name, fallback: fallback)
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Reads the lines of a `.env` file.
private struct DotenvParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = Array(String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n").utf8)
    }

    mutating func all() -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        while position < bytes.count {
            let start = position
            if let found = line() {
                result.append(found)
            } else {
                position = start
            }
            skipToNextLine()
        }
        return result
    }

    /// One line, `nil` where it names no variable; the position is behind the value.
    private mutating func line() -> (name: String, value: String)? {
        skip { Self.isSpace($0) }
        if bytes[position...].starts(with: "export".utf8), position + 6 < bytes.count, Self.isSpace(bytes[position + 6])
        {
            position += 6
            skip { Self.isSpace($0) }
        }
        let start = position
        skip { Dotenv.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        guard position > start else { return nil }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        skip { Self.isBlank($0) }
        guard let separator = peek() else { return nil }
        if separator == UInt8(ascii: ":") {
            position += 1
            guard let next = peek(), Self.isSpace(next) else { return nil }
        } else {
            guard separator == UInt8(ascii: "=") else { return nil }
            position += 1
        }
        return (name, value())
    }

    private mutating func value() -> String {
        skip { Self.isBlank($0) }
        guard let first = peek(), first != 0x0A else { return "" }
        if [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")].contains(first), let end = closing(first) {
            let inner = String(decoding: bytes[position + 1..<end], as: UTF8.self)
            position = end + 1
            guard first == UInt8(ascii: "\"") else { return inner }
            return inner.replacing("\\n", with: "\n").replacing("\\r", with: "\r")
        }
        let start = position
        skip { $0 != UInt8(ascii: "#") && $0 != 0x0A }
        return String(decoding: bytes[start..<position], as: UTF8.self).trimmed()
    }

    /// The place of the quote that ends a value, `nil` where none does or something else follows it.
    private func closing(_ quote: UInt8) -> Int? {
        var end = position + 1
        while end < bytes.count, bytes[end] != quote {
            end += bytes[end] == UInt8(ascii: "\\") && end + 1 < bytes.count && bytes[end + 1] == quote ? 2 : 1
        }
        guard end < bytes.count else { return nil }
        let next = bytes[(end + 1)...].first { !Self.isBlank($0) }
        return next == nil || next == 0x0A || next == UInt8(ascii: "#") ? end : nil
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(while matches: (UInt8) -> Bool) {
        while let byte = peek(), matches(byte) { position += 1 }
    }

    private mutating func skipToNextLine() {
        skip { $0 != 0x0A }
        if position < bytes.count { position += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    private static func isSpace(_ byte: UInt8) -> Bool { Self.isBlank(byte) || byte == 0x0A || byte == 0x0D }
}
