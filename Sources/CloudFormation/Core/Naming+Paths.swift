extension Naming {
    /// A path as logical IDs hold it, such as `UsersIdVar` for `/users/{id}`.
    package static func normalizedPath(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map(normalizedPathPart).joined()
    }

    /// A part of a path: the first character in upper case and the rest in lower case, `-` as `Dash`, and `Var` after
    /// a parameter in braces.
    package static func normalizedPathPart(_ part: some StringProtocol) -> String {
        var text = part.lowercased().replacing("-", with: "Dash")
        // Lower case comes first, so that only the words added here have capitals inside.
        if let first = text.unicodeScalars.first {
            text = first.properties.uppercaseMapping + String(text.unicodeScalars.dropFirst())
        }
        if let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"), open < close {
            text = text[..<open] + text[text.index(after: open)..<close] + "Var" + text[text.index(after: close)...]
        }
        return capitalizedAlphanumeric(text)
    }
}
