/// Determines the directory in which the search for a pattern starts, and whether a search is needed, as fast-glob 3.
///
/// The rules differ from those of the syntax, which affects the results: `x(1).txt` is a literal name, and the search
/// for `src/a?c/**` starts in a directory with the name `a?c`.
package enum GlobBase {
    /// The directory in which the search for a pattern starts: the part before the first special segment.
    package static func directory(of pattern: String) -> String {
        var text = Array(pattern.utf8)
        if let last = text.last, last == UInt8(ascii: "}") || last == UInt8(ascii: "]"),
            text.dropLast().contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") })
        {
            text.append(UInt8(ascii: "/"))
        }
        text.append(UInt8(ascii: "a"))
        repeat { text = parent(text) } while isGlob(text) || opensGroup(text)
        return String(decoding: unescaped(text), as: UTF8.self)
    }

    /// Whether a pattern needs a search, and is not the name of a file.
    package static func isDynamic(_ pattern: some StringProtocol) -> Bool {
        let bytes = Array(pattern.utf8)
        if bytes.contains(where: { Array("\\*?".utf8).contains($0) }) || bytes.first == UInt8(ascii: "!") {
            return true
        }
        if let open = bytes.firstIndex(of: UInt8(ascii: "[")), bytes[open...].contains(UInt8(ascii: "]")) {
            return true
        }
        if let open = bytes.firstIndex(of: UInt8(ascii: "{")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let body = bytes[open..<close]
            let dots = zip(body, body.dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") }
            if dots || body.contains(UInt8(ascii: ",")) { return true }
        }
        return hasGroup(bytes)
    }

    /// Whether a pattern has alternatives in parentheses, or an extended glob.
    private static func hasGroup(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { open in
            guard bytes[open] == UInt8(ascii: "(") else { return false }
            let body = bytes[(open + 1)...]
            let isExtended = open > 0 && Array("!*+?@".utf8).contains(bytes[open - 1])
            let inner = body.prefix { $0 != UInt8(ascii: "(") }
            if isExtended { return inner.contains(UInt8(ascii: ")")) }
            return inner.indices.contains { bar in
                bytes[bar] == UInt8(ascii: "|")
                    && body[(bar + 1)...].prefix { $0 != UInt8(ascii: "|") }.contains(UInt8(ascii: ")"))
            }
        }
    }

    private static func parent(_ path: [UInt8]) -> [UInt8] {
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return Array(".".utf8) }
        var end = slash
        while end > 0, path[end - 1] == UInt8(ascii: "/") { end -= 1 }
        return end == 0 ? Array("/".utf8) : Array(path[..<end])
    }

    /// Whether a path contains a brace, a bracket or an unclosed parenthesis.
    private static func opensGroup(_ path: [UInt8]) -> Bool {
        path.indices.contains { place in
            guard place == 0 || path[place - 1] != UInt8(ascii: "\\") else { return false }
            switch path[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): return true
            case UInt8(ascii: "("):
                return place + 1 < path.count && !path[place...].contains(UInt8(ascii: ")"))
            default: return false
            }
        }
    }

    /// Whether a path contains special characters; a single `?` does not count.
    private static func isGlob(_ path: [UInt8]) -> Bool {
        if path.first == UInt8(ascii: "!") { return true }
        var place = 0
        while place < path.count {
            let next = place + 1 < path.count ? path[place + 1] : 0
            let rest = path[(place + 1)...]
            switch path[place] {
            case UInt8(ascii: "\\"):
                place += 2
                continue
            case UInt8(ascii: "*"): return true
            case UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                if next == UInt8(ascii: "("), rest.contains(UInt8(ascii: ")")) { return true }
                if path[place] == UInt8(ascii: "+"), next == UInt8(ascii: "?") { return true }
            case UInt8(ascii: "]"), UInt8(ascii: "."), UInt8(ascii: ")"):
                if next == UInt8(ascii: "?") { return true }
            case UInt8(ascii: "["):
                if next != UInt8(ascii: "]"), rest.contains(UInt8(ascii: "]")) { return true }
            case UInt8(ascii: "{"):
                if next != UInt8(ascii: "}"), rest.contains(UInt8(ascii: "}")) { return true }
            case UInt8(ascii: "("):
                if next != UInt8(ascii: "|"), let bar = rest.firstIndex(of: UInt8(ascii: "|")),
                    path[(bar + 1)...].dropFirst().contains(UInt8(ascii: ")"))
                {
                    return true
                }
            default: break
            }
            place += 1
        }
        return false
    }

    /// A path without the backslashes that escape special characters.
    private static func unescaped(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (place, byte) in path.enumerated() {
            if byte == UInt8(ascii: "\\"), place + 1 < path.count, Array("!*?|[](){}".utf8).contains(path[place + 1]) {
                continue
            }
            result.append(byte)
        }
        return result
    }
}
