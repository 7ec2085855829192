import Synchronization

/// Receives a response on the thread of the transport; its result is read after the transfer has ended.
protocol TransferSink: AnyObject, Sendable {
    /// The start of the requested range, or 0 for the complete content.
    var offset: Int64 { get }
    /// Whether the server can compress the content.
    var acceptsCompression: Bool { get }
    /// Receives the status line; earlier data belongs to a redirect or an interim response.
    func begin(status: Int)
    /// Receives a header field.
    func receive(header: HTTPHeader)
    /// Receives a chunk of the content.
    func receive(_ bytes: Span<UInt8>) throws
}

/// Keeps a response in memory.
final class ResponseSink: TransferSink {
    private let kept = Mutex(HTTPResponse(status: 0))
    private let address: WebAddress
    private let limitBytes: Int
    let offset: Int64 = 0
    let acceptsCompression = true

    /// Creates a receiver that accepts content up to a limit.
    init(address: WebAddress, limitBytes: Int) {
        self.address = address
        self.limitBytes = limitBytes
    }

    /// The data received so far.
    var response: HTTPResponse { kept.withLock { $0 } }

    func begin(status: Int) { kept.withLock { $0 = HTTPResponse(status: status) } }

    func receive(header: HTTPHeader) { kept.withLock { $0.headers.append(header) } }

    func receive(_ bytes: Span<UInt8>) throws {
        try kept.withLock { response in
            guard bytes.count <= limitBytes - response.body.count else {
                throw HTTPError.tooLarge(limitBytes: Int64(limitBytes), address: address)
            }
            response.appendBody(bytes)
        }
    }
}

/// Writes a response to a file and calculates its digest.
final class DownloadSink: TransferSink {
    /// The state that the thread of the transport modifies, and the requesting task reads after the transfer.
    private struct State: ~Copyable {
        var response = HTTPResponse(status: 0)
        var hash: SHA256
        var file: OutputFile?
        /// The size of the file in bytes.
        var size: Int64
        /// The final size in bytes, if the server has sent it.
        var total: Int64?
    }

    /// The maximum number of bytes of an error response to keep.
    private static let errorContentBytes = 1 << 16

    private let download: HTTPDownload
    private let address: WebAddress
    private let state: Mutex<State>
    let offset: Int64
    let acceptsCompression = false

    /// Opens the file and adds its content to the digest; blocks.
    init(address: WebAddress, _ download: HTTPDownload) throws {
        self.download = download
        self.address = address
        var hash = SHA256()
        var held: Int64 = 0
        if download.resumes, LiveFileSystem().isFile(download.destination) {
            try LiveFileSystem()
                .read(download.destination) { piece throws(FileSystemError) in
                    hash.update(piece)
                    held += Int64(piece.count)
                }
        }
        state = Mutex(State(hash: hash, size: held))
        offset = held
    }

    func begin(status: Int) { state.withLock { $0.response = HTTPResponse(status: status) } }

    func receive(header: HTTPHeader) { state.withLock { $0.response.headers.append(header) } }

    func receive(_ bytes: Span<UInt8>) throws {
        let progress: (size: Int64, total: Int64?)? = try state.withLock { state in
            guard state.response.isSuccess else {
                if state.response.body.count < Self.errorContentBytes { state.response.appendBody(bytes) }
                return nil
            }
            let file = try state.file ?? open(&state)
            guard Int64(bytes.count) <= download.limitBytes - state.size else {
                throw HTTPError.tooLarge(limitBytes: download.limitBytes, address: address)
            }
            try file.write(bytes)
            state.hash.update(bytes)
            state.size += Int64(bytes.count)
            return (state.size, state.total)
        }
        if let progress { download.progress?(progress.size, progress.total) }
    }

    /// Finishes the download; blocks.
    ///
    /// - Returns: `nil` if the file is now empty and has to be downloaded from the start.
    func finish() throws -> HTTPDownloadResult? {
        try state.withLock { state in
            if state.response.status == 416, offset > 0 {
                // The file was already complete if the server reports exactly this size (RFC 9110 section 15.5.17).
                let range = state.response.header("Content-Range")
                guard range?.split(separator: "/").last.flatMap({ Int64($0) }) == state.size else {
                    try OutputFile(appendingTo: download.destination).truncate()
                    return nil
                }
                state.response.status = 206
            } else if state.response.isSuccess {
                let file = try state.file ?? open(&state)
                try file.close(durably: download.isDurable)
            }
            var hash = SHA256()
            swap(&hash, &state.hash)
            return HTTPDownloadResult(response: state.response, sha256: hash.finalize(), size: state.size)
        }
    }

    private func open(_ state: inout State) throws -> OutputFile {
        let file: OutputFile
        if offset > 0, state.response.status == 206 {
            file = try OutputFile(appendingTo: download.destination)
        } else {
            // The server ignores the range and sends the complete content.
            file = try OutputFile(creating: download.destination)
            state.hash = SHA256()
            state.size = 0
        }
        let remaining = state.response.header("Content-Length").flatMap { Int64($0) }
        state.total = remaining.map { $0.addingReportingOverflow(state.size).partialValue }
        // Nothing of a response that cannot fit is received.
        if let total = state.total, total > download.limitBytes {
            throw HTTPError.tooLarge(limitBytes: download.limitBytes, address: address)
        }
        state.file = file
        return file
    }
}

extension HTTPResponse {
    /// Writes a chunk of the content to the file.
    fileprivate mutating func appendBody(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { body.append(contentsOf: $0) }
    }
}

extension HTTPError {
    /// The error of a response that exceeds the limit.
    fileprivate static func tooLarge(limitBytes: Int64, address: WebAddress) -> HTTPError {
        HTTPError(
            .tooLarge(limitBytes: limitBytes),
            address: address,
            detail: "the response is larger than \(limitBytes) bytes"
        )
    }
}
