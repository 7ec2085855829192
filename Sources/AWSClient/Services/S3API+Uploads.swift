import HostSystem

extension S3API {
    /// The size from which a file is uploaded in parts.
    package static let partThresholdBytes: Int64 = 16 << 20
    /// The size of a part; S3 accepts 10,000 parts of at least 5 MiB.
    private static let partBytes: Int64 = 8 << 20
    /// The parts of one object that are sent at the same time, which fills the connection without much memory.
    private static let concurrentParts = 6

    /// Writes an object: a large file in parts at the same time, everything else in one request.
    ///
    /// A file is streamed from disk. If an upload in parts fails, the parts that are already there are removed.
    package func upload(_ object: S3Upload) async throws {
        guard case .file(let path) = object.body else { return try await put(object) }
        let files = client.host.files
        let size = try await offPool { try files.status(of: path).size }
        if size < Self.partThresholdBytes { try await put(object) } else { try await uploadInParts(object, path, size) }
    }

    /// Writes an object in one request.
    package func put(_ object: S3Upload) async throws {
        var call = Self.call("PutObject", "PUT", object.bucket, key: object.key)
        call.headers = object.headers
        call.body = object.body
        call.digest = try await digest(of: object)
        call.uploadProgress = object.progress
        _ = try await send(call)
    }

    private func digest(of object: S3Upload) async throws -> SHA256Digest? {
        guard object.digest == nil, case .file(let path) = object.body else { return object.digest }
        let files = client.host.files
        return try await offPool { try files.sha256(of: path).digest }
    }

    // MARK: Parts

    private func uploadInParts(_ object: S3Upload, _ path: LocalPath, _ size: Int64) async throws {
        var start = Self.call("CreateMultipartUpload", "POST", object.bucket, key: object.key)
        start.query = [("uploads", nil)]
        start.headers = object.headers
        guard let identifier = try await xml(start).text("UploadId") else {
            throw client.error(.invalidResponse(detail: "the response has no identifier of the upload"), of: start)
        }
        do {
            let progress = UploadProgress(total: size, report: object.progress)
            let partSize = max(Self.partBytes, (size + 9_999) / 10_000)
            let offsets = Array(stride(from: 0, to: size, by: Int(partSize)).enumerated())
            let tags = try await offsets.concurrentMap(limit: Self.concurrentParts) { number, offset in
                let part = UploadPart(number: number + 1, offset: offset, length: min(partSize, size - offset))
                return try await uploadPart(part, of: object, path, identifier, progress)
            }
            try await complete(object, identifier, tags, size)
        } catch {
            // Parts cost money until they are removed. The error of the upload is more important than one of this.
            try? await shieldedFromCancellation(limit: .seconds(20), clock: client.host.clock) {
                try await abortUpload(object.key, identifier, in: object.bucket)
            }
            throw error
        }
    }

    private func uploadPart(
        _ part: UploadPart,
        of object: S3Upload,
        _ path: LocalPath,
        _ identifier: String,
        _ progress: UploadProgress
    ) async throws -> String {
        var call = Self.call("UploadPart", "PUT", object.bucket, key: object.key)
        call.query = [("partNumber", String(part.number)), ("uploadId", identifier)]
        if case .customer = object.encryption { call.headers = object.encryption?.headers(isWriting: true) ?? [] }
        call.body = .filePart(path, offset: part.offset, length: part.length)
        call.digest = try await offPool { try SHA256.digest(ofFile: path, offset: part.offset, length: part.length) }
        call.uploadProgress = { sent, _ in progress.report(sent, ofPart: part.number) }
        let response = try await send(call)
        guard let tag = response.header("ETag") else {
            throw client.error(.invalidResponse(detail: "the response has no ETag"), of: call)
        }
        return tag
    }

    private func complete(_ object: S3Upload, _ identifier: String, _ tags: [String], _ size: Int64) async throws {
        let parts = tags.enumerated()
            .map { "<Part><PartNumber>\($0 + 1)</PartNumber><ETag>\(XMLText.escape($1))</ETag></Part>" }
        let body =
            "<CompleteMultipartUpload xmlns=\"\(Self.namespace)\">\(parts.joined())</CompleteMultipartUpload>"
        var call = Self.document("CompleteMultipartUpload", "POST", object.bucket, "", body)
        call.path = "/" + PercentCoding.encode(object.key, allowing: "/")
        call.query = [("uploadId", identifier)]
        call.mayFailLate = true
        do {
            _ = try await xml(call)
        } catch let error as AWSError where error.followsPossibleEffect && error.code == "NoSuchUpload" {
            // An earlier attempt, whose response was lost, has completed it.
            let found = try await head(object.key, in: object.bucket, encryption: object.encryption)
            guard found?.sizeBytes == size else { throw error }
        }
    }

    // MARK: Incomplete uploads

    /// Uploads in parts that were begun and neither completed nor aborted.
    ///
    /// - Returns: the keys of the objects with the identifiers of the uploads.
    package func incompleteUploads(
        in bucket: String,
        prefix: String
    ) async throws -> [(key: String, identifier: String)] {
        var uploads: [(key: String, identifier: String)] = []
        var mark: (key: String, identifier: String)?
        while true {
            var call = Self.call("ListMultipartUploads", "GET", bucket)
            call.query = [("uploads", nil), ("prefix", prefix)]
            if let mark { call.query += [("key-marker", mark.key), ("upload-id-marker", mark.identifier)] }
            let result = try await xml(call)
            uploads += result.all("Upload").map { ($0.text("Key") ?? "", $0.text("UploadId") ?? "") }
            guard result.text("IsTruncated") == "true", let key = result.text("NextKeyMarker") else { return uploads }
            mark = (key, result.text("NextUploadIdMarker") ?? "")
        }
    }

    /// Removes the parts of an upload that will not be completed.
    package func abortUpload(_ key: String, _ identifier: String, in bucket: String) async throws {
        var abort = Self.call("AbortMultipartUpload", "DELETE", bucket, key: key)
        abort.query = [("uploadId", identifier)]
        do {
            _ = try await send(abort)
        } catch let error as AWSError where error.code == "NoSuchUpload" {
            return
        }
    }
}

/// A part of a file that is uploaded.
private struct UploadPart: Sendable {
    /// The number, from 1.
    let number: Int
    /// The offset of its first byte.
    let offset: Int64
    /// The number of bytes.
    let length: Int64
}
