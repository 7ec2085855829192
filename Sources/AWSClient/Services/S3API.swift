package import HostSystem

/// The operations of S3.
///
/// A bucket in another region is found by the redirect of S3, and called there.
package struct S3API: Sendable {
    let client: AWSClient

    /// Sends a call, again in the region of the bucket if that is another one.
    func send(_ call: AWSCall) async throws -> HTTPResponse {
        try await redirecting(call) { try await client.send($0) }
    }

    private func redirecting<Result>(
        _ call: AWSCall,
        _ send: (AWSCall) async throws -> Result
    ) async throws -> Result {
        do {
            return try await send(call)
        } catch let error as AWSError where error.isOtherRegion && call.operation != "CreateBucket" {
            guard let bucket = call.bucket else { throw error }
            var region = error.bucketRegion
            if region == nil { region = try await location(of: bucket) }
            guard let region, region != call.region ?? client.region else { throw error }
            var call = call
            call.region = region
            return try await send(call)
        }
    }

    /// The region that S3 names in its response to a request for a bucket, whether that succeeds or not.
    ///
    /// - Returns: `nil` if the bucket does not exist.
    private func location(of bucket: String) async throws -> String? {
        var call = Self.call("HeadBucket", "HEAD", bucket)
        call.isSigned = false
        do {
            return try await client.send(call).header("x-amz-bucket-region")
        } catch let error as AWSError {
            if error.status == 404 { return nil }
            return error.bucketRegion
        }
    }

    static func call(_ operation: String, _ method: String, _ bucket: String, key: String? = nil) -> AWSCall {
        var call = AWSCall(.s3, operation)
        call.method = method
        call.bucket = bucket
        call.path = "/" + (key.map { PercentCoding.encode($0, allowing: "/") } ?? "")
        return call
    }

    func xml(_ call: AWSCall) async throws -> XMLElement {
        try await redirecting(call) { call in
            try await client.send(call) { response throws(UnreadableResponse) in try UnreadableResponse.xml(response) }
        }
    }

    /// The MD5 of bytes in Base64, which protects some documents on their way.
    static func md5(_ bytes: [UInt8]) -> String {
        guard var digest = ContentDigest(algorithm: "md5") else { return "" }
        digest.update(bytes.span)
        let digits = Array(digest.finalize().utf8)
        let pairs = stride(from: 0, to: digits.count - 1, by: 2)
        return Base64.encode(
            pairs.compactMap { index in
                guard let high = Hexadecimal.value(of: digits[index]),
                    let low = Hexadecimal.value(of: digits[index + 1])
                else { return nil }
                return high << 4 | low
            }
        )
    }

    /// A call with an XML document as content.
    static func document(
        _ operation: String,
        _ method: String,
        _ bucket: String,
        _ query: String,
        _ xml: String
    )
        -> AWSCall
    {
        var call = call(operation, method, bucket)
        if !query.isEmpty { call.query = [(query, nil)] }
        let bytes = Array(xml.utf8)
        call.headers = [HTTPHeader("Content-Type", "application/xml"), HTTPHeader("Content-MD5", md5(bytes))]
        call.body = .bytes(bytes)
        return call
    }

    // MARK: Objects

    /// The objects whose keys start with a prefix, in the order of their keys.
    package func objects(in bucket: String, prefix: String = "") async throws -> [S3ObjectSummary] {
        try await client.pages { mark in
            var call = Self.call("ListObjectsV2", "GET", bucket)
            call.query = [("list-type", "2"), ("prefix", prefix), ("encoding-type", "url")]
            if let mark { call.query.append(("continuation-token", mark)) }
            let result = try await xml(call)
            let isEncoded = result.text("EncodingType") == "url"
            let items = result.all("Contents")
                .map { element in
                    let key = element.text("Key") ?? ""
                    return S3ObjectSummary(
                        key: isEncoded ? PercentCoding.decode(key.replacing("+", with: " ")) : key,
                        sizeBytes: element.text("Size").flatMap { Int64($0) } ?? 0,
                        modified: element.text("LastModified").flatMap { AWSTimestamp.iso8601($0) },
                        tag: element.text("ETag") ?? ""
                    )
                }
            return (items, result.text("IsTruncated") == "true" ? result.text("NextContinuationToken") : nil)
        }
    }

    /// An object without its content.
    ///
    /// - Returns: `nil` if the object or the bucket does not exist.
    package func head(_ key: String, in bucket: String, encryption: S3Encryption? = nil) async throws -> S3ObjectHead? {
        var call = Self.call("HeadObject", "HEAD", bucket, key: key)
        call.headers = encryption?.headers(isWriting: false) ?? []
        do {
            return S3ObjectHead(try await send(call))
        } catch let error as AWSError where error.isMissingObject {
            return nil
        }
    }

    /// The content of an object, or of a part of it.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - bucket: the bucket.
    ///   - range: the offsets of the bytes; `nil` for all.
    ///   - limitBytes: the maximum size that is accepted.
    ///   - encryption: the key of the object, if every request has to bring it.
    /// - Returns: the object and its content; `nil` if the object or the bucket does not exist.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func object(
        _ key: String,
        in bucket: String,
        range: ClosedRange<Int64>? = nil,
        limitBytes: Int = 64 << 20,
        encryption: S3Encryption? = nil
    ) async throws -> (head: S3ObjectHead, content: [UInt8])? {
        var call = Self.call("GetObject", "GET", bucket, key: key)
        call.headers = encryption?.headers(isWriting: false) ?? []
        if let range { call.headers.append(HTTPHeader("Range", "bytes=\(range.lowerBound)-\(range.upperBound)")) }
        call.limitBytes = limitBytes
        do {
            let response = try await send(call)
            return (S3ObjectHead(response), response.body)
        } catch let error as AWSError where error.isMissingObject {
            return nil
        }
    }

    /// Writes the content of an object to a file.
    package func download(
        _ key: String,
        in bucket: String,
        to download: HTTPDownload,
        encryption: S3Encryption? = nil
    ) async throws -> HTTPDownloadResult {
        var call = Self.call("GetObject", "GET", bucket, key: key)
        call.headers = encryption?.headers(isWriting: false) ?? []
        return try await redirecting(call) { try await client.download($0, download) }
    }

    /// Deletes objects, a thousand at a time; an object that does not exist counts as deleted.
    ///
    /// - Returns: the objects that could not be deleted, with the reason.
    package func delete(
        _ objects: [(key: String, version: String?)],
        in bucket: String
    ) async throws -> [(key: String, reason: String)] {
        var failures: [(key: String, reason: String)] = []
        for start in stride(from: 0, to: objects.count, by: 1000) {
            let items = objects[start..<min(start + 1000, objects.count)]
                .map { object in
                    let version = object.version.map { "<VersionId>\(XMLText.escape($0))</VersionId>" } ?? ""
                    return "<Object><Key>\(XMLText.escape(object.key))</Key>\(version)</Object>"
                }
            let body = "<Delete xmlns=\"\(Self.namespace)\">\(items.joined())<Quiet>true</Quiet></Delete>"
            let result = try await xml(Self.document("DeleteObjects", "POST", bucket, "delete", body))
            failures += result.all("Error")
                .map { ($0.text("Key") ?? "", $0.text("Message") ?? $0.text("Code") ?? "") }
        }
        return failures
    }

    static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
}

extension AWSClient {
    /// The operations of S3.
    package var s3: S3API { S3API(client: self) }
}

extension AWSError {
    /// Whether an object or its bucket does not exist.
    package var isMissingObject: Bool { service == .s3 && status == 404 }

    /// Whether the bucket is in another region than the one that was called.
    var isOtherRegion: Bool {
        guard service == .s3, let status else { return false }
        return [301, 307].contains(status) || code == "AuthorizationHeaderMalformed"
            || (status == 400 && (operation == "HeadBucket" || operation == "HeadObject"))
    }
}
