internal import CCrypto

/// The MD5 digest (RFC 1321), for names that other programs made with it; it protects nothing.
package enum MD5 {
    /// The digest of a text's UTF-8 bytes in lower-case hexadecimal digits.
    package static func hexadecimal(of text: String) -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        let bytes = Array(text.utf8)
        let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_md5(), nil)
        // It fails only where the library was built without MD5 or out of memory.
        precondition(isDone == 1, "libcrypto has no MD5")
        return Hexadecimal.text(of: digest)
    }
}
