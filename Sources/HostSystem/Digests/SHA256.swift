import CCrypto

/// Calculates a SHA-256 digest incrementally (FIPS 180-4).
package struct SHA256: ~Copyable {
    private let context: OpaquePointer?

    /// Starts a digest of empty content.
    package init() {
        context = libcrypto_context_new()
        let outcome = libcrypto_digest_init(context, libcrypto_sha256())
        precondition(outcome == 1, "libcrypto offers no SHA-256")
    }

    deinit { libcrypto_context_free(context) }

    /// Adds bytes to the content.
    package mutating func update(_ bytes: Span<UInt8>) {
        _ = bytes.withUnsafeBytes { libcrypto_digest_update(context, $0.baseAddress, $0.count) }
    }

    /// Adds a string in UTF-8 to the content.
    package mutating func update(_ text: String) {
        update(Array(text.utf8).span)
    }

    /// Finishes the digest and returns it.
    package consuming func finalize() -> SHA256Digest {
        SHA256Digest(
            // libcrypto writes 32 bytes for SHA-256 and returns whether it succeeded.
            bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                var length: UInt32 = 0
                libcrypto_digest_final(context, buffer.baseAddress, &length)
                count = Int(length)
            }
        )
    }

    /// The digest of a sequence of bytes.
    package static func digest(of bytes: Span<UInt8>) -> SHA256Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The digest of a sequence of bytes.
    package static func digest(of bytes: [UInt8]) -> SHA256Digest { digest(of: bytes.span) }

    /// The digest of a string in UTF-8.
    package static func digest(of text: String) -> SHA256Digest { digest(of: Array(text.utf8)) }
}

/// A SHA-256 digest of some content.
package struct SHA256Digest: Hashable, Sendable {
    /// The 32 bytes of the digest.
    package let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Parses 64 hexadecimal digits in upper or lower case; returns `nil` for other strings.
    package init?(hexadecimal text: some StringProtocol) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in text.utf8 {
            guard let digit = Hexadecimal.value(of: byte) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard bytes.count == 32, high == nil else { return nil }
        self.bytes = bytes
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package var hexadecimal: String { Hexadecimal.text(of: bytes) }

    /// The digest in Base64 (RFC 4648 section 4).
    package var base64: String { Base64.encode(bytes) }

    /// The digest in URL-safe Base64, without padding (RFC 4648 section 5).
    package var base64URL: String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension SHA256Digest: CustomStringConvertible {
    package var description: String { hexadecimal }
}
