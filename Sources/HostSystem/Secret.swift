/// A value that must not be shown: it describes itself as `<redacted>` wherever it is printed.
package struct Secret: Hashable, Sendable {
    /// The value itself, for the one place that sends it.
    package let revealed: String

    /// Makes a secret.
    package init(_ value: String) { revealed = value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Takes credentials out of addresses before somebody reads them.
package enum Redaction {
    /// A text in which no `http` address has a user part; other schemes keep theirs, as `ssh://git@host` needs it.
    package static func removingCredentials(in text: String) -> String {
        replacingCredentials(in: text, with: "") {
            $0.suffix(4).elementsEqual("http".utf8) || $0.suffix(5).elementsEqual("https".utf8)
        }
    }

    /// A text in which the user part of every `scheme://user:password@host` address is `****`.
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
            // The authority ends at the path, the query, or what ends a word in prose.
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
