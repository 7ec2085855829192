internal import CCrypto

/// The MD5 digest (RFC 1321), for compatibility with names from other programs; not for security.
package enum MD5 {
    /// The digest of a string in UTF-8, in lower-case hexadecimal.
    package static func hexadecimal(of text: String) -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        let bytes = Array(text.utf8)
        let isDone = libcrypto_digest(bytes, bytes.count, &digest, libcrypto_md5())
        // This only fails without memory, or if the library was built without MD5.
        precondition(isDone == 1, "libcrypto has no MD5")
        return Hexadecimal.text(of: digest)
    }
}
