import CCrypto

/// Digests by the name of their algorithm, for hashes that others chose.
package enum ContentDigest {
    /// The digest of bytes in lower-case hexadecimal digits.
    ///
    /// - Parameters:
    ///   - bytes: What is digested.
    ///   - algorithm: A name that libcrypto knows, such as `sha384`.
    /// - Returns: `nil` where the algorithm is not known.
    package static func hexadecimal(of bytes: Span<UInt8>, algorithm: String) -> String? {
        guard let kind = EVP_get_digestbyname(algorithm) else { return nil }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let outcome = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, &length, kind, nil) }
        guard outcome == 1 else { return nil }
        return Hexadecimal.text(of: digest.prefix(Int(length)))
    }
}
