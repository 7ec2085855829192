import HostSystem

extension S3API {
    /// The last bytes of an object, in one call.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - bucket: the bucket.
    ///   - count: the number of bytes; a shorter object is returned as a whole.
    ///   - encryption: the key of the object, if every request has to bring it.
    /// - Returns: the object and its last bytes; `nil` if the object or the bucket does not exist.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func end(
        of key: String,
        in bucket: String,
        count: Int,
        encryption: S3Encryption? = nil
    ) async throws -> (head: S3ObjectHead, content: [UInt8])? {
        var call = Self.call("GetObject", "GET", bucket, key: key)
        call.headers = encryption?.headers(isWriting: false) ?? []
        call.headers.append(HTTPHeader("Range", "bytes=-\(count)"))
        call.limitBytes = count
        do {
            let response = try await send(call)
            return (S3ObjectHead(response), response.body)
        } catch let error as AWSError where error.isMissingObject {
            return nil
        }
    }
}
