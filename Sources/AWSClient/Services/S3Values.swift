package import HostSystem

/// An object in a list.
package struct S3ObjectSummary: Hashable, Sendable {
    /// The key of the object.
    package var key: String
    /// The size in bytes.
    package var sizeBytes: Int64
    /// When it was written, in milliseconds since 1970.
    package var modified: Int64?
    /// The entity tag, in quotes.
    package var tag: String
}

/// An object without its content.
package struct S3ObjectHead: Hashable, Sendable {
    /// The size in bytes.
    package var sizeBytes: Int64
    /// When it was written, in milliseconds since 1970.
    package var modified: Int64?
    /// The entity tag, in quotes.
    package var tag: String?
    /// The values of `x-amz-meta-…` by their names in lower case, without the prefix.
    package var metadata: [String: String]
    /// The version, if the bucket keeps versions.
    package var version: String?

    init(_ response: HTTPResponse) {
        // A part of an object has its size after a slash, as in `bytes 0-9/1234`.
        let total = response.header("Content-Range")?.split(separator: "/").last.flatMap { Int64($0) }
        sizeBytes = total ?? response.header("Content-Length").flatMap { Int64($0) } ?? Int64(response.body.count)
        modified = response.header("Last-Modified").flatMap { AWSTimestamp.http($0) }
        tag = response.header("ETag")
        version = response.header("x-amz-version-id")
        metadata = [:]
        for header in response.headers where header.name.lowercased().hasPrefix("x-amz-meta-") {
            metadata[String(header.name.lowercased().dropFirst("x-amz-meta-".count))] = header.value
        }
    }
}

/// How S3 encrypts an object.
package enum S3Encryption: Hashable, Sendable {
    /// With a key of S3 or KMS: `AES256` or `aws:kms`, with the identifier of the key.
    case server(algorithm: String, keyID: String?)
    /// With a key that every request brings.
    case customer(algorithm: String, key: Secret, isBase64: Bool)

    /// The fields of requests that write; reading needs only those of a customer's key.
    func headers(isWriting: Bool) -> [HTTPHeader] {
        switch self {
        case .server(let algorithm, let keyID):
            guard isWriting else { return [] }
            return [HTTPHeader("x-amz-server-side-encryption", algorithm)]
                + (keyID.map { [HTTPHeader("x-amz-server-side-encryption-aws-kms-key-id", $0)] } ?? [])
        case .customer(let algorithm, let key, let isBase64):
            let bytes = (isBase64 ? Base64.decode(key.revealed) : nil) ?? Array(key.revealed.utf8)
            return [
                HTTPHeader("x-amz-server-side-encryption-customer-algorithm", algorithm),
                HTTPHeader("x-amz-server-side-encryption-customer-key", Secret(Base64.encode(bytes))),
                HTTPHeader("x-amz-server-side-encryption-customer-key-MD5", S3API.md5(bytes)),
            ]
        }
    }
}

/// An object that is written.
package struct S3Upload: Sendable {
    /// The bucket of the object.
    package var bucket: String
    /// The key of the object.
    package var key: String
    /// The content: bytes, or a file that is streamed from disk.
    package var body: HTTPRequest.Body
    /// The digest of the content, if it is known; S3 refuses other content.
    package var digest: SHA256Digest?
    /// The type of the content.
    package var contentType: String?
    /// The values of `x-amz-meta-…`, by name without the prefix.
    package var metadata: [String: String] = [:]
    /// How S3 encrypts it; `nil` for the default of the bucket.
    package var encryption: S3Encryption?
    /// Whether the account that is expected to own the bucket is checked.
    package var expectedOwner: String?
    /// Gets the number of bytes that were sent, and their total; after a retry, the number starts again from 0.
    package var progress: (@Sendable (_ sentBytes: Int64, _ totalBytes: Int64) -> Void)?

    /// Creates an object with content.
    package init(bucket: String, key: String, body: HTTPRequest.Body) {
        self.bucket = bucket
        self.key = key
        self.body = body
    }

    /// The fields of the object, which are the same for a whole upload and for the start of one in parts.
    var headers: [HTTPHeader] {
        var headers = encryption?.headers(isWriting: true) ?? []
        if let contentType { headers.append(HTTPHeader("Content-Type", contentType)) }
        if let expectedOwner { headers.append(HTTPHeader("x-amz-expected-bucket-owner", expectedOwner)) }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            headers.append(HTTPHeader("x-amz-meta-\(name)", value))
        }
        return headers
    }
}
