/// What takes a server's answer; called on the transport's thread, then read when the transfer has ended.
protocol TransferSink: AnyObject, Sendable {
    /// Where a range that is asked for begins, 0 for the whole.
    var offset: Int64 { get }
    /// Whether the content may come compressed.
    var acceptsCompression: Bool { get }
    /// Takes the status line: what came before belongs to a redirect or an interim answer.
    func begin(status: Int)
    /// Takes a header field.
    func receive(header: HTTPHeader)
    /// Takes a piece of the content.
    func receive(_ bytes: Span<UInt8>) throws
}

/// Keeps an answer in memory.
final class ResponseSink: TransferSink, @unchecked Sendable {
    // Sendable: only the transport's thread writes, and the asking task reads after that thread has resumed it.
    private(set) var response = HTTPResponse(status: 0)
    private let address: WebAddress
    private let limitBytes: Int
    let offset: Int64 = 0
    let acceptsCompression = true

    init(address: WebAddress, limitBytes: Int) {
        self.address = address
        self.limitBytes = limitBytes
    }

    func begin(status: Int) { response = HTTPResponse(status: status) }

    func receive(header: HTTPHeader) { response.headers.append(header) }

    func receive(_ bytes: Span<UInt8>) throws {
        guard response.body.count + bytes.count <= limitBytes else {
            throw HTTPError(
                .tooLarge(limitBytes: Int64(limitBytes)),
                address: address,
                detail: "the answer is larger than \(limitBytes) bytes"
            )
        }
        bytes.withUnsafeBufferPointer { response.body.append(contentsOf: $0) }
    }
}

/// Writes an answer to a file while its digest runs.
final class DownloadSink: TransferSink, @unchecked Sendable {
    // Sendable: only the transport's thread writes, and the asking task reads after that thread has resumed it.
    private let download: HTTPDownload
    private let address: WebAddress
    private var response = HTTPResponse(status: 0)
    private var hash: SHA256?
    private var file: OutputFile?
    private var size: Int64
    private var total: Int64?
    let offset: Int64
    let acceptsCompression = false

    /// Opens what is there already, and reads it for its digest; blocks.
    init(address: WebAddress, _ download: HTTPDownload) throws {
        self.download = download
        self.address = address
        var hash = SHA256()
        var held: Int64 = 0
        if download.resumes, LiveFileSystem().isFile(download.destination) {
            let part = try MappedFile(download.destination)
            part.withBytes { hash.update($0) }
            held = Int64(part.count)
        }
        self.hash = consume hash
        size = held
        offset = held
    }

    func begin(status: Int) { response = HTTPResponse(status: status) }

    func receive(header: HTTPHeader) { response.headers.append(header) }

    func receive(_ bytes: Span<UInt8>) throws {
        guard response.isSuccess else {
            // The beginning of a server's complaint is enough.
            if response.body.count < 1 << 16 { bytes.withUnsafeBufferPointer { response.body.append(contentsOf: $0) } }
            return
        }
        let file = try self.file ?? open()
        guard size + Int64(bytes.count) <= download.limitBytes else {
            throw HTTPError(
                .tooLarge(limitBytes: download.limitBytes),
                address: address,
                detail: "the answer is larger than \(download.limitBytes) bytes"
            )
        }
        try file.write(bytes)
        hash?.update(bytes)
        size += Int64(bytes.count)
        download.progress?(size, total)
    }

    /// Ends the download; blocks.
    ///
    /// - Returns: `nil` where the file must be downloaded from its beginning; it is empty then.
    func finish() throws -> HTTPDownloadResult? {
        if response.status == 416, offset > 0 {
            // All was here already if the server names just this size (RFC 9110 section 15.5.17).
            let known = response.header("Content-Range")?.split(separator: "/").last.flatMap { Int64($0) }
            guard known == size else {
                try OutputFile(appendingTo: download.destination).truncate()
                return nil
            }
            response.status = 206
        } else if response.isSuccess {
            let file = try self.file ?? open()
            try file.close(durably: download.isDurable)
        }
        let digest = hash.take()?.finalize() ?? SHA256().finalize()
        return HTTPDownloadResult(response: response, sha256: digest, size: size)
    }

    private func open() throws -> OutputFile {
        let file: OutputFile
        if offset > 0, response.status == 206 {
            file = try OutputFile(appendingTo: download.destination)
        } else {
            // The server sends all from the beginning, whatever was asked for.
            file = try OutputFile(creating: download.destination)
            hash = SHA256()
            size = 0
        }
        total = response.header("Content-Length").flatMap { Int64($0) }.map { $0 + size }
        self.file = file
        return file
    }
}
