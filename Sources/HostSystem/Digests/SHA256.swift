import CCrypto

/// A SHA-256 over bytes that come piece by piece (FIPS 180-4).
package struct SHA256: ~Copyable {
    private let context: OpaquePointer?

    /// Begins a digest.
    package init() {
        context = EVP_MD_CTX_new()
        let outcome = EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(outcome == 1, "libcrypto offers no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        _ = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// Adds a text as UTF-8.
    package mutating func update(_ text: String) {
        update(Array(text.utf8).span)
    }

    /// Ends the digest.
    package consuming func finalize() -> SHA256Digest {
        SHA256Digest(
            // libcrypto writes the 32 bytes of a SHA-256, and says that it did.
            bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                var length: UInt32 = 0
                EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
                count = Int(length)
            }
        )
    }

    /// The digest of bytes at hand.
    package static func digest(of bytes: Span<UInt8>) -> SHA256Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The digest of bytes at hand.
    package static func digest(of bytes: [UInt8]) -> SHA256Digest { digest(of: bytes.span) }

    /// The digest of a text as UTF-8.
    package static func digest(of text: String) -> SHA256Digest { digest(of: Array(text.utf8)) }
}

/// The 32 bytes of a SHA-256.
package struct SHA256Digest: Hashable, Sendable {
    /// The bytes.
    package let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 64 hexadecimal digits of either case; `nil` for any other text.
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

    /// 64 lower-case hexadecimal digits.
    package var hexadecimal: String { Hexadecimal.text(of: bytes) }

    /// Base 64 (RFC 4648 section 4).
    package var base64: String { Base64.encode(bytes) }

    /// Base 64 for addresses and names of files, without padding (RFC 4648 section 5).
    package var base64URL: String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension SHA256Digest: CustomStringConvertible {
    package var description: String { hexadecimal }
}
