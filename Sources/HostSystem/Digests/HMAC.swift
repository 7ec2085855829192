internal import CCrypto

/// Calculates keyed-hash message authentication codes with SHA-256 (RFC 2104, FIPS 198-1).
package enum HMACSHA256 {
    /// The 32 bytes of the code of a message.
    package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(libcrypto_maximum_digest_size))
        var length: UInt32 = 0
        // An empty key must not be a null pointer, which would mean the key of the previous call.
        let keyBytes = key.isEmpty ? [0] : key
        let result = libcrypto_hmac_sha256(keyBytes, Int32(key.count), message, message.count, &code, &length)
        precondition(result != nil, "libcrypto offers no SHA-256")
        return Array(code.prefix(Int(length)))
    }

    /// The 32 bytes of the code of a string in UTF-8.
    package static func code(of message: String, key: [UInt8]) -> [UInt8] {
        code(of: Array(message.utf8), key: key)
    }
}
