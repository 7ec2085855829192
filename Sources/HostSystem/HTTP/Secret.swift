/// A secret value, which is printed as `<redacted>`.
package struct Secret: Hashable, Sendable {
    /// The value, for the code that sends it.
    package let revealed: String

    /// Creates a secret from its value.
    package init(_ value: String) { revealed = value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Removes credentials from URLs in text that is printed.
package enum Redaction {
    /// Removes the user part from all `http` and `https` URLs in a string; `ssh://git@host` is unchanged.
    package static func removingCredentials(in text: String) -> String {
        replacingCredentials(in: text, with: "") {
            $0.suffix(4).elementsEqual("http".utf8) || $0.suffix(5).elementsEqual("https".utf8)
        }
    }

    /// Replaces the user part of all URLs such as `scheme://user:password@host` with `****`.
    package static func redactingCredentials(in text: String) -> String {
        replacingCredentials(in: text, with: "****@") { _ in true }
    }

    private static func replacingCredentials(
        in text: String,
        with replacement: String,
        where hasScheme: ([UInt8]) -> Bool
    ) -> String {
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            guard bytes[index...].starts(with: "://".utf8) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let isMeant = hasScheme(result)
            result.append(contentsOf: "://".utf8)
            index += 3
            guard isMeant else { continue }
            // The authority ends at the path, the query, or a character that ends a word in text.
            let authority = bytes[index...]
                .prefix { byte in
                    byte > 0x20 && !#"/?#"'<>"#.utf8.contains(byte)
                }
            if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
                result.append(contentsOf: replacement.utf8)
                index = at + 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
