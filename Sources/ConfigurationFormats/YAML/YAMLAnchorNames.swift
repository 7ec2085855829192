import ConfigurationValues

/// Replacement of anchor names that libyaml cannot read.
///
/// YAML 1.2 allows nearly every character in a name (`&defaults.python`); libyaml, which reads YAML 1.1, allows only
/// letters, digits, `_` and `-`.
enum YAMLAnchorNames {
    /// The text with such names replaced by others of the same length; `nil` if it has none.
    static func simplified(_ bytes: [UInt8]) -> [UInt8]? {
        var names: [ArraySlice<UInt8>: [UInt8]] = [:]
        var taken: Set<[UInt8]> = []
        for range in ranges(of: UInt8(ascii: "&"), in: bytes) {
            let name = bytes[range]
            guard names[name] == nil else { continue }
            guard name.contains(where: { !isSimple($0) }) else {
                taken.insert(Array(name))
                continue
            }
            names[name] = replacement(of: name, besides: &taken)
        }
        guard !names.isEmpty else { return nil }
        var result = bytes
        for mark in [UInt8(ascii: "&"), UInt8(ascii: "*")] {
            for range in ranges(of: mark, in: bytes) {
                if let name = names[bytes[range]] { result.replaceSubrange(range, with: name) }
            }
        }
        return result
    }

    /// A name of the same length that no other anchor has.
    private static func replacement(of name: ArraySlice<UInt8>, besides taken: inout Set<[UInt8]>) -> [UInt8] {
        var candidate = Array(name)
        for filler in "_-0123456789abcdefghijklmnopqrstuvwxyz".utf8 {
            candidate = name.map { isSimple($0) ? $0 : filler }
            if taken.insert(candidate).inserted { break }
        }
        return candidate
    }

    /// The ranges of names after a mark that starts a value: at the start of a line, or after `:`, `-`, `?`, `[`, `{`
    /// or `,` with optional spaces.
    private static func ranges(of mark: UInt8, in bytes: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for start in bytes.indices where bytes[start] == mark && startsValue(start, in: bytes) {
            var end = start + 1
            while end < bytes.count, !isEnd(bytes[end]) { end += 1 }
            if end > start + 1 { result.append(start + 1..<end) }
        }
        return result
    }

    private static func startsValue(_ position: Int, in bytes: [UInt8]) -> Bool {
        var before = position - 1
        while before >= 0, bytes[before] == 0x20 || bytes[before] == 0x09 { before -= 1 }
        guard before >= 0, bytes[before] != 0x0A else { return true }
        return ":-?[{,".utf8.contains(bytes[before])
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte <= 0x20 || ",[]{}".utf8.contains(byte) }

    private static func isSimple(_ byte: UInt8) -> Bool { ASCII.isWord(byte) || byte == UInt8(ascii: "-") }
}
