import ConfigurationValues

/// The format `uri` (RFC 3986, section 3).
enum URIFormat {
    private typealias Bytes = ArraySlice<UInt8>

    /// Whether bytes are a URI: scheme, path with or without an authority, query and fragment.
    static func matches(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]) else { return false }
        let (beforeFragment, fragment) = split(bytes[(colon + 1)...], at: "#")
        let (path, query) = split(beforeFragment, at: "?")
        return isPath(path)
            && [query, fragment].allSatisfy { part in part.map { areCharacters($0, or: "/?") } ?? true }
    }

    private static func split(_ bytes: Bytes, at separator: Unicode.Scalar) -> (Bytes, Bytes?) {
        guard let index = bytes.firstIndex(of: UInt8(ascii: separator)) else { return (bytes, nil) }
        return (bytes[..<index], bytes[(index + 1)...])
    }

    private static func isScheme(_ bytes: Bytes) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    }

    /// Whether bytes are a path, or an authority and a path; the host may be an IP address in brackets.
    ///
    /// An authority without brackets consists of characters that are allowed in a path, too.
    private static func isPath(_ bytes: Bytes) -> Bool {
        if !bytes.isEmpty, areCharacters(bytes, or: "/") { return true }
        guard bytes.first == UInt8(ascii: "/"), let open = bytes.firstIndex(of: UInt8(ascii: "[")),
            let close = bytes.firstIndex(of: UInt8(ascii: "]")), open < close
        else { return false }
        var user = bytes[..<open].dropFirst()
        if user.first == UInt8(ascii: "/") { user = user.dropFirst() }
        if !user.isEmpty {
            guard user.last == UInt8(ascii: "@"), !user.contains(UInt8(ascii: "\"")),
                !user.dropLast().contains(UInt8(ascii: "@")), areCharacters(user.dropLast(), or: "")
            else { return false }
        }
        var rest = bytes[(close + 1)...]
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst().drop(while: isDigit) }
        guard rest.isEmpty || rest.first == UInt8(ascii: "/"), areCharacters(rest, or: "/") else { return false }
        let host = bytes[(open + 1)..<close]
        return isVersion6(host) || isFuture(host)
    }

    /// Whether all characters are allowed in a path (`pchar`), are quotation marks or percent-encoded, or are among
    /// some more.
    private static func areCharacters(_ bytes: Bytes, or more: StaticString) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard bytes.endIndex - index > 2, isHexDigit(bytes[index + 1]), isHexDigit(bytes[index + 2]) else {
                    return false
                }
                index += 3
                continue
            }
            guard
                isLetter(byte) || isDigit(byte) || "-._~!$&'\"()*+,;=:@".utf8.contains(byte)
                    || more.withUTF8Buffer({ $0.contains(byte) })
            else { return false }
            index += 1
        }
        return true
    }

    /// Whether bytes are an IPv6 address, in which `::` replaces the missing groups of zeros.
    private static func isVersion6(_ host: Bytes) -> Bool {
        guard let gap = host.indices.dropLast().first(where: { host[$0...].starts(with: [0x3A, 0x3A]) }) else {
            return groups(host, mayEndInVersion4: true) == 8
        }
        let (left, right) = (host[..<gap], host[(gap + 2)...])
        guard let before = left.isEmpty ? 0 : groups(left, mayEndInVersion4: false),
            let after = right.isEmpty ? 0 : groups(right, mayEndInVersion4: true)
        else { return false }
        return before + after <= 7
    }

    /// The number of 16-bit groups between colons; `nil` if a part is something else.
    private static func groups(_ bytes: Bytes, mayEndInVersion4: Bool) -> Int? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if (1...4).contains(part.count), part.allSatisfy(isHexDigit) {
                count += 1
            } else if mayEndInVersion4, index == parts.count - 1, isVersion4(part) {
                count += 2
            } else {
                return nil
            }
        }
        return count
    }

    private static func isVersion4(_ bytes: Bytes) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(isDigit)
                    && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    /// Whether bytes are an IP address of a later version: `v`, hexadecimal digits, a dot and characters.
    private static func isFuture(_ host: Bytes) -> Bool {
        guard let dot = host.firstIndex(of: UInt8(ascii: ".")), host.first.map({ $0 | 0x20 }) == UInt8(ascii: "v")
        else {
            return false
        }
        let version = host[..<dot].dropFirst()
        let rest = host[(dot + 1)...]
        return !version.isEmpty && version.allSatisfy(isHexDigit) && !rest.isEmpty
            && rest.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "@") }
            && areCharacters(rest, or: "")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
