extension Naming {
    /// A path in the form for logical IDs, such as `UsersIdVar` for `users/{id}`.
    package static func normalizedPath(_ path: String) -> String {
        var result = ""
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            result += normalizedPart(part)
        }
        return result
    }

    /// A path segment in the form for logical IDs: letters and digits, `-` as a word, and `{name}` as `NameVar`.
    private static func normalizedPart(_ part: Substring.UTF8View) -> String {
        // The variable extends from the first opening to the last closing brace.
        let opening = part.firstIndex(of: UInt8(ascii: "{"))
        let closing = part.lastIndex(of: UInt8(ascii: "}"))
        let end = opening.flatMap { start in closing.flatMap { $0 > start ? $0 : nil } }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(part.count + 8)
        for index in part.indices {
            let byte = part[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            case UInt8(ascii: "-"): bytes += Array("Dash".utf8)
            default: if index == end { bytes += Array("Var".utf8) }
            }
        }
        if let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) { bytes[0] = first & 0xDF }
        return String(decoding: bytes, as: UTF8.self)
    }
}
