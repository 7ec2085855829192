/// A header field (RFC 9110 section 6.3).
package struct HTTPHeader: Hashable, Sendable {
    private enum Content: Hashable, Sendable {
        case plain(String)
        case secret(Secret)
    }

    /// The name, as it is sent.
    package let name: String
    private let content: Content

    /// Creates a field with a value that may be shown.
    package init(_ name: String, _ value: String) {
        self.name = name
        content = .plain(value)
    }

    /// Creates a field with a value that must not be shown, such as that of `Authorization`.
    package init(_ name: String, _ value: Secret) {
        self.name = name
        content = .secret(value)
    }

    /// The value, also if it must not be shown.
    package var value: String {
        switch content {
        case .plain(let value): value
        case .secret(let secret): secret.revealed
        }
    }

    /// Whether the value must not be shown.
    package var isSecret: Bool { if case .secret = content { true } else { false } }
}

extension HTTPHeader: CustomStringConvertible {
    package var description: String {
        switch content {
        case .plain(let value): "\(name): \(value)"
        case .secret(let secret): "\(name): \(secret)"
        }
    }
}
