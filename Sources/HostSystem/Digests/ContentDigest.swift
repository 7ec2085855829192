import CCrypto

/// A digest by the name of its algorithm, for hashes that others chose, over bytes that come piece by piece.
package struct ContentDigest: ~Copyable {
    private let context: OpaquePointer?

    /// Begins a digest by an algorithm that libcrypto knows, such as `sha384`; `nil` for any other.
    package init?(algorithm: String) {
        let context = EVP_MD_CTX_new()
        guard let kind = EVP_get_digestbyname(algorithm), EVP_DigestInit_ex(context, kind, nil) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        _ = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// Ends the digest: its bytes in lower-case hexadecimal digits.
    package consuming func finalize() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &length)
        return Hexadecimal.text(of: digest.prefix(Int(length)))
    }
}
