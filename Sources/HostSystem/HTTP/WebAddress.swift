/// The parts of an `http` or `https` URL (RFC 3986 section 3); its description omits credentials.
package struct WebAddress: Hashable, Sendable {
    /// The scheme, which is `http` or `https`.
    package var scheme: String
    /// The decoded user name, or `nil` for none.
    package var user: String?
    /// The decoded password, or `nil` for none.
    package var password: Secret?
    /// The host in lower case; IPv6 addresses are in brackets.
    package var host: String
    /// The port, or `nil` for the default of the scheme.
    package var port: Int?
    /// The encoded path, starting with `/`.
    package var path: String
    /// The encoded query, without `?`.
    package var query: String?
    /// The text after `#`, which is never sent.
    package var fragment: String?

    /// Parses a URL; returns `nil` if it is invalid or has another scheme.
    package init?(_ text: some StringProtocol) {
        // Pages of indexes have thousands of addresses, and comparing bytes is much faster than comparing characters.
        let text = String(text)
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8[mark...].starts(with: "://".utf8) else {
            return nil
        }
        scheme = text[..<mark].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        var rest = text[text.utf8.index(mark, offsetBy: 3)...]
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(rest[rest.utf8.index(after: hash)...])
            rest = rest[..<hash]
        }
        if let questionMark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = String(rest[rest.utf8.index(after: questionMark)...])
            rest = rest[..<questionMark]
        }
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        path = slash == rest.endIndex ? "/" : String(rest[slash...])
        var authority = rest[..<slash]
        if let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
            let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = PercentCoding.decode(parts[0])
            password = parts.count > 1 ? Secret(PercentCoding.decode(parts[1])) : nil
            authority = authority[authority.utf8.index(after: at)...]
        }
        if let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")), !authority[colon...].contains("]") {
            let digits = authority[authority.utf8.index(after: colon)...]
            if !digits.isEmpty {
                guard let number = Int(digits), (1...65535).contains(number) else { return nil }
                port = number
            }
            authority = authority[..<colon]
        }
        guard !authority.isEmpty else { return nil }
        host = authority.lowercased()
    }

    /// The URL to request, without credentials and fragment.
    package var string: String { origin + path + (query.map { "?\($0)" } ?? "") }

    /// The scheme, host and port, which determine whether credentials can be sent.
    package var origin: String { "\(scheme)://\(authority)" }
    /// The host, with the port if the URL has one.
    package var authority: String { host + (port.map { ":\($0)" } ?? "") }

    /// The port to connect to.
    package var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }

    /// The decoded last component of the path.
    package var lastPathComponent: String {
        PercentCoding.decode(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    }

    /// The URL without credentials.
    package var withoutCredentials: WebAddress {
        var address = self
        address.user = nil
        address.password = nil
        return address
    }

    /// Resolves a reference in a document at this URL (RFC 3986 section 5.2).
    package func resolving(_ reference: String) -> WebAddress? {
        if let address = WebAddress(reference) { return address }
        if reference.hasPrefix("//") { return WebAddress("\(scheme):\(reference)") }
        let end = reference.firstIndex { $0 == "?" || $0 == "#" } ?? reference.endIndex
        let name = reference[..<end]
        if name.contains(":"), !name.hasPrefix("/"), !name.hasPrefix(".") { return nil }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        let joined = String(name.hasPrefix("/") ? name : name.isEmpty ? path[...] : folder + name)
        var components: [Substring] = []
        let parts = joined.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, part) in parts.enumerated() {
            switch part {
            case ".", "..":
                if part == ".." { _ = components.popLast() }
                if index == parts.count - 1 { components.append("") }
            default: components.append(part)
            }
        }
        var result = WebAddress(origin + "/" + components.joined(separator: "/") + reference[end...])
        result?.user = user
        result?.password = password
        return result
    }
}

extension WebAddress: CustomStringConvertible, CustomReflectable {
    package var description: String {
        user == nil ? string : "\(scheme)://****@\(string.dropFirst(scheme.count + 3))"
    }

    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
