import CCurl

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A request that libcurl runs; it is created, used and freed only on the thread of the loop.
final class CurlTransfer {
    /// The handle of the transfer in libcurl.
    let easy: UnsafeMutableRawPointer
    private let request: HTTPRequest
    private let sink: any TransferSink
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var upload: FileDescriptor?
    /// The part of the file that is sent.
    private var uploadRange: Range<Int64> = 0..<0
    /// The offset in the file of the next byte to send.
    private var uploadOffset: Int64 = 0
    private var failure: (any Error)?
    private var reportedBytes: Int64 = -1
    /// Whether libcurl has begun to send the request.
    private var isSent = false

    /// Sets the transfer up.
    ///
    /// - Throws: `HTTPError` if libcurl is not available, `FileSystemError` if the content cannot be opened.
    init(_ request: HTTPRequest, settings: CurlTransport.Settings, sink: any TransferSink) throws {
        guard CurlGlobal.isReady, let easy = libcurl_easy_init() else { throw HTTPError.noLibrary(request.address) }
        self.easy = easy
        self.request = request
        self.sink = sink
        try setUpBody()
        setUpAddress(settings)
        setUpHeaders()
        setUpTimeouts()
        setUpCallbacks()
    }

    deinit {
        libcurl_easy_cleanup(easy)
        libcurl_slist_free_all(headers)
    }

    /// The result of a finished transfer.
    func outcome(_ code: CURLcode) -> Result<Void, any Error> {
        if let failure { return .failure(failure) }
        guard code != CURLE_OK else { return .success(()) }
        let cause: HTTPError.Cause =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST: .unknownHost
            case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .notConnected
            case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
                CURLE_HTTP2_STREAM, CURLE_SSL_CONNECT_ERROR:
                .interrupted
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: .untrusted
            default: .other
            }
        let words = String(cString: libcurl_easy_strerror(code))
        return .failure(
            HTTPError(cause, address: request.address, detail: words.prefix(1).lowercased() + words.dropFirst())
        )
    }

    private func setUpAddress(_ settings: CurlTransport.Settings) {
        let address = request.address
        curl_set_string(easy, CURLOPT_URL, address.string)
        curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        // A redirect from https to http is refused: the response could be read and changed on its way.
        curl_set_string(easy, CURLOPT_REDIR_PROTOCOLS_STR, address.scheme == "https" ? "https" : "http,https")
        curl_set_long(easy, CURLOPT_FOLLOWLOCATION, request.followsRedirects ? 1 : 0)
        curl_set_long(easy, CURLOPT_MAXREDIRS, 20)
        curl_set_long(easy, CURLOPT_PATH_AS_IS, request.keepsDotSegments ? 1 : 0)
        curl_set_long(easy, CURLOPT_UNRESTRICTED_AUTH, 0)
        curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        curl_set_string(easy, CURLOPT_USERAGENT, settings.userAgent)
        if sink.acceptsCompression { curl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "") }
        // As a range, not as libcurl's own resuming, which fails if the server ignores it and sends the whole content.
        if sink.offset > 0 { curl_set_string(easy, CURLOPT_RANGE, "\(sink.offset)-") }
        // With an empty string libcurl does not read the environment itself.
        curl_set_string(easy, CURLOPT_PROXY, request.usesProxy ? settings.proxies[address.scheme] ?? "" : "")
        if let hosts = settings.directHosts { curl_set_string(easy, CURLOPT_NOPROXY, hosts) }
        if let file = settings.certificates { curl_set_string(easy, CURLOPT_CAINFO, file) }
        if let folder = settings.certificateFolder { curl_set_string(easy, CURLOPT_CAPATH, folder) }
        if request.trust == .anyServer {
            curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 0)
            curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 0)
        }
        let own = address.user.map { HTTPCredentials(user: $0, password: address.password ?? Secret("")) }
        if let credentials = request.credentials ?? own {
            curl_set_string(easy, CURLOPT_USERNAME, credentials.user)
            curl_set_string(easy, CURLOPT_PASSWORD, credentials.password.revealed)
        } else if request.usesNetrc, let netrc = settings.netrc {
            curl_set_long(easy, CURLOPT_NETRC, Int(CURL_NETRC_OPTIONAL.rawValue))
            curl_set_string(easy, CURLOPT_NETRC_FILE, netrc)
        }
    }

    private func setUpHeaders() {
        for header in request.headers {
            // libcurl sends a field without a value only if it is written with a semicolon in place of the colon.
            let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
            headers = libcurl_slist_append(headers, line)
        }
        let names = Set(request.headers.map { $0.name.lowercased() })
        // libcurl would add these fields to a request with content.
        if !names.contains("expect") { headers = libcurl_slist_append(headers, "Expect:") }
        if request.body != .none, !names.contains("content-type") {
            headers = libcurl_slist_append(headers, "Content-Type:")
        }
        curl_set_list(easy, CURLOPT_HTTPHEADER, headers)
    }

    private func setUpTimeouts() {
        let timeouts = request.timeouts
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.wholeMilliseconds)
        curl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
        curl_set_long(easy, CURLOPT_LOW_SPEED_TIME, max(1, timeouts.stall.wholeMilliseconds / 1000))
        if let total = timeouts.total { curl_set_long(easy, CURLOPT_TIMEOUT_MS, total.wholeMilliseconds) }
    }

    private func setUpBody() throws {
        switch request.body {
        case .none:
            if request.method == "POST" || request.method == "PUT" {
                curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, 0)
                curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "")
            }
        case .bytes(let bytes):
            curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            var copy = bytes + [0]
            copy.withUnsafeMutableBytes { _ = curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        case .file(let path):
            try setUpUpload(path, nil)
        case .filePart(let path, let offset, let length):
            try setUpUpload(path, offset..<offset + length)
        }
        if request.method == "HEAD" {
            curl_set_long(easy, CURLOPT_NOBODY, 1)
        } else if request.method != "GET" || request.body != .none {
            curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// Sets up a file as content; without a range, the whole file.
    private func setUpUpload(_ path: LocalPath, _ range: Range<Int64>?) throws {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .read)
        upload = file
        uploadRange = try range ?? 0..<Int64(file.size(.read))
        uploadOffset = uploadRange.lowerBound
        curl_set_long(easy, CURLOPT_UPLOAD, 1)
        curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(uploadRange.count))
    }

    private func setUpCallbacks() {
        // The loop holds the transfer as long as libcurl may call back, so the reference does not have to be retained.
        let own = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(easy, CURLOPT_WRITEDATA, own)
        curl_set_write_callback(easy) { bytes, size, count, context in
            CurlTransfer.of(context).receive(bytes, size * count)
        }
        curl_set_pointer(easy, CURLOPT_HEADERDATA, own)
        curl_set_header_callback(easy) { bytes, size, count, context in
            CurlTransfer.of(context).receiveHeader(bytes, size * count)
        }
        curl_set_pointer(easy, CURLOPT_READDATA, own)
        curl_set_read_callback(easy) { buffer, size, count, context in
            CurlTransfer.of(context).readUpload(buffer, size * count)
        }
        curl_set_pointer(easy, CURLOPT_SEEKDATA, own)
        curl_set_seek_callback(easy) { context, offset, origin in
            let transfer = CurlTransfer.of(context)
            // libcurl only counts from the start of the content.
            guard transfer.upload != nil, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
            transfer.uploadOffset = transfer.uploadRange.lowerBound + Int64(offset)
            return CURL_SEEKFUNC_OK
        }
        if !request.followsRedirects {
            curl_set_pointer(easy, CURLOPT_PREREQDATA, own)
            curl_set_prerequest_callback(easy) { context, _, _, _, _ in CurlTransfer.of(context).beginSending() }
        }
        guard request.uploadProgress != nil else { return }
        curl_set_long(easy, CURLOPT_NOPROGRESS, 0)
        curl_set_pointer(easy, CURLOPT_XFERINFODATA, own)
        curl_set_progress_callback(easy) { context, _, _, total, sent in
            CurlTransfer.of(context).reportUpload(Int64(sent), of: Int64(total))
            return 0
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransfer {
        guard let context else { preconditionFailure("libcurl lost its context") }
        // The reference that `setUpCallbacks` passed; the loop keeps the object alive.
        return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Lets libcurl send the request once.
    ///
    /// By itself, libcurl sends it again if a connection that it uses again is closed without a response. Whether that is
    /// right, only the caller knows: the request may have had its effect.
    private func beginSending() -> Int32 {
        guard isSent else {
            isSent = true
            return CURL_PREREQFUNC_OK
        }
        failure = HTTPError(
            .interrupted,
            address: request.address,
            detail: "the server closed the connection without a response"
        )
        return CURL_PREREQFUNC_ABORT
    }

    /// Reads the next bytes of the file that is sent.
    private func readUpload(_ buffer: UnsafeMutablePointer<CChar>?, _ limit: Int) -> Int {
        guard let upload else { return 0 }
        let count = min(limit, Int(uploadRange.upperBound - uploadOffset))
        guard count > 0 else { return 0 }
        let received = retryingOnInterrupt { pread(upload.number, buffer, count, off_t(uploadOffset)) }
        guard received >= 0 else { return Int(CURL_READFUNC_ABORT) }
        uploadOffset += Int64(received)
        return received
    }

    /// Reports how much of the content was sent; libcurl calls also if nothing has changed.
    private func reportUpload(_ sent: Int64, of total: Int64) {
        guard total > 0, sent != reportedBytes else { return }
        reportedBytes = sent
        request.uploadProgress?(sent, total)
    }

    private func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // Characters of C and bytes have the same layout.
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count).bindMemory(to: UInt8.self)
        do {
            // The bytes are valid until this callback returns, and a sink cannot keep a span.
            try sink.receive(Span(_unsafeElements: buffer))
            return count
        } catch {
            failure = error
            return Int(CURL_WRITEFUNC_ERROR)
        }
    }

    private func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // libcurl passes a whole line, which is valid until this callback returns.
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ")
            sink.begin(status: words.count > 1 ? Int(words[1].prefix(3)) ?? 0 : 0)
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            let end = value.lastIndex { !$0.isWhitespace }
            let name = String(line[..<colon])
            let text = end.map { String(value[...$0]) } ?? ""
            let isSecret = name.lowercased() == "set-cookie"
            sink.receive(header: isSecret ? HTTPHeader(name, Secret(text)) : HTTPHeader(name, text))
        }
        return count
    }
}

extension HTTPError {
    /// The error if libcurl is not installed or cannot be loaded.
    static func noLibrary(_ address: WebAddress) -> HTTPError {
        HTTPError(
            .unavailable,
            address: address,
            detail: "libcurl (libcurl.so.4) is not installed or cannot be loaded"
        )
    }
}

extension Duration {
    /// The number of whole milliseconds in the duration.
    var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
