import CCrypto

/// Calculates a digest incrementally, with an algorithm given by name.
package struct ContentDigest: ~Copyable {
    private let context: OpaquePointer?

    /// Starts a digest with an algorithm of libcrypto, such as `sha384`; returns `nil` for unknown ones.
    package init?(algorithm: String) {
        let context = libcrypto_context_new()
        guard let kind = libcrypto_digest_by_name(algorithm), libcrypto_digest_init(context, kind) == 1 else {
            libcrypto_context_free(context)
            return nil
        }
        self.context = context
    }

    deinit { libcrypto_context_free(context) }

    /// Adds bytes to the content.
    package mutating func update(_ bytes: Span<UInt8>) {
        _ = bytes.withUnsafeBytes { libcrypto_digest_update(context, $0.baseAddress, $0.count) }
    }

    /// Finishes the digest and returns it in lower-case hexadecimal.
    package consuming func finalize() -> String {
        var digest = [UInt8](repeating: 0, count: Int(libcrypto_maximum_digest_size))
        var length: UInt32 = 0
        libcrypto_digest_final(context, &digest, &length)
        return Hexadecimal.text(of: digest.prefix(Int(length)))
    }
}
