import CCrypto

/// Calculates a digest incrementally, with an algorithm given by name.
package struct ContentDigest: ~Copyable {
    private let context: OpaquePointer?

    /// Starts a digest with an algorithm of libcrypto, such as `sha384`; returns `nil` for unknown ones.
    package init?(algorithm: String) {
        let context = EVP_MD_CTX_new()
        guard let kind = EVP_get_digestbyname(algorithm), EVP_DigestInit_ex(context, kind, nil) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes to the content.
    package mutating func update(_ bytes: Span<UInt8>) {
        _ = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// Finishes the digest and returns it in lower-case hexadecimal.
    package consuming func finalize() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &length)
        return Hexadecimal.text(of: digest.prefix(Int(length)))
    }
}
