/// The hash that a file must have, with its algorithm.
package struct FileHash: Hashable, Sendable, Comparable {
    /// The name of the algorithm in Python's `hashlib`, in lower case, such as `sha256`.
    package let algorithm: String
    /// The digest in lower-case hexadecimal digits.
    package let digest: String

    /// Makes a hash of a digest in hexadecimal digits.
    package init(algorithm: String, digest: String) {
        self.algorithm = algorithm.lowercased()
        self.digest = digest.lowercased()
    }

    /// Parses `algorithm:digest`, or `algorithm=digest` as in addresses.
    ///
    /// `nil` if the algorithm is not one that pip accepts (sha256, sha384, sha512), or the length is wrong.
    package init?(_ text: some StringProtocol) {
        guard let separator = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
        self.init(
            algorithm: String(text[..<separator]),
            digest: String(text[text.index(after: separator)...])
        )
        let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
        guard lengths[algorithm] == digest.utf8.count, digest.utf8.allSatisfy(Self.isHexadecimal) else { return nil }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.algorithm, left.digest) < (right.algorithm, right.digest)
    }
}

extension FileHash: CustomStringConvertible {
    package var description: String { "\(algorithm):\(digest)" }
}
