import ConfigurationValues

/// The parts of an origin's URL, parsed as by `url.parse` of Node.js.
///
/// Deployed distributions contain the IDs of origins, so invalid URLs must be parsed in the same way: `vpc-link` is a
/// path, `s3:bucket` has a host, and `http:bucket` has none.
struct OriginAddress: Hashable {
    /// The scheme in lower case, or `nil` if there is none.
    private(set) var scheme: String?
    /// The host in lower case without its port, or `nil` if there is none.
    private(set) var host: String?
    /// The path, or `nil` if there is none.
    private(set) var path: String?

    /// The schemes that only have a host after `//`.
    private static let slashed: Set<String> = ["http", "https", "ftp", "gopher", "file", "ws", "wss"]
    /// The invalid characters that end a host.
    private static let notInHosts = Set(" \"%';<>\\^`{|}".unicodeScalars)
    /// The characters that are escaped in paths.
    private static let escaped = Set("\t\n\r \"'<>\\^`{|}".unicodeScalars)

    /// Parses a string, which does not have to be a URL.
    init(_ text: String) {
        var rest = Self.trimmed(text)[...]
        let isPlainPath = Self.isPlainPath(rest)
        let written = Self.scheme(of: rest)
        if let written {
            scheme = String(String.UnicodeScalarView(written)).lowercased()
            rest = rest[written.endIndex...].dropFirst()
        }
        var hasSlashes = false
        if written != nil || Self.startsWithUser(rest) {
            hasSlashes = rest.starts(with: "//".unicodeScalars) && scheme != "javascript"
            if hasSlashes { rest = rest.dropFirst(2) }
        }
        let isHostFirst = written.map { !Self.slashed.contains(String(String.UnicodeScalarView($0))) } ?? false
        if hasSlashes || (isHostFirst && scheme != "javascript") { rest = takeHost(from: rest)[...] }
        let end = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        let isEscaped = !isPlainPath && scheme != "javascript"
        let whole = isEscaped ? Self.escaping(rest[..<end]) : String(String.UnicodeScalarView(rest[..<end]))
        path = whole.isEmpty ? nil : whole
        if path == nil, let scheme, Self.slashed.contains(scheme), host?.isEmpty == false { path = "/" }
    }

    /// The string without surrounding whitespace, and with slashes instead of backslashes before a query or fragment.
    private static func trimmed(_ text: String) -> [Unicode.Scalar] {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value < 33 || scalar.value == 0xA0 || scalar.value == 0xFEFF
        }
        var scalars = Array(text.unicodeScalars.drop(while: isSpace))
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        let end = scalars.firstIndex { $0 == "?" || $0 == "#" } ?? scalars.endIndex
        for index in scalars[..<end].indices where scalars[index] == "\\" { scalars[index] = "/" }
        return scalars
    }

    /// Whether a string only consists of a path and a query, which are not escaped.
    private static func isPlainPath(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        let beforeQuery = text.prefix { $0 != "?" }
        return text.first == "/" && !text.starts(with: "///".unicodeScalars) && !beforeQuery.contains("@")
            && !text.contains { $0 == "#" || $0.properties.isWhitespace }
    }

    private static func scheme(of text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
        let scheme = text.prefix {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || ".+-".unicodeScalars.contains($0))
        }
        return !scheme.isEmpty && text[scheme.endIndex...].first == ":" ? scheme : nil
    }

    /// Whether a string without a scheme has a user, such as `//user@host`; otherwise, it has no host.
    private static func startsWithUser(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard text.starts(with: "//".unicodeScalars) else { return false }
        let user = text.dropFirst(2).prefix { $0 != "@" && $0 != "/" }
        guard !user.isEmpty, text[user.endIndex...].first == "@" else { return false }
        return text[user.endIndex...].dropFirst().first.map { $0 != "@" && $0 != "/" } ?? false
    }

    /// Parses the host at the start of a string.
    ///
    /// - Returns: the text after the host; an invalid port is the start of the path.
    private mutating func takeHost(from text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        let end = text.firstIndex { "#/?".unicodeScalars.contains($0) } ?? text.endIndex
        let authority = text[..<end].filter { !"\t\n\r".unicodeScalars.contains($0) }
        let user = authority.lastIndex(of: "@").map { $0 + 1 } ?? 0
        let stop = authority[user...].firstIndex(where: Self.notInHosts.contains) ?? authority.endIndex
        var name = authority[user..<stop]
        var rest = Array(authority[stop...] + text[end...])
        if let colon = name.lastIndex(of: ":"), name[colon...].dropFirst().allSatisfy({ ("0"..."9").contains($0) }) {
            name = name[..<colon]
        }
        if name.first == "[", name.last == "]" {
            name = name.dropFirst().dropLast()
            if rest.first != "/" { rest.insert("/", at: 0) }
        } else if let colon = name.firstIndex(of: ":") {
            rest = ["/"] + name[colon...] + rest
            name = name[..<colon]
        }
        let host = String(String.UnicodeScalarView(name)).lowercased()
        self.host = host.utf16.count > 255 ? "" : host
        return rest
    }

    private static func escaping(_ text: ArraySlice<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text {
            guard escaped.contains(scalar) else {
                result.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            result.append(contentsOf: ("%" + (digits.count < 2 ? "0" : "") + digits).unicodeScalars)
        }
        return String(result)
    }
}
