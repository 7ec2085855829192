/// Asks servers through libcurl, all transfers on one thread; nothing of libcurl is set up before the first request.
package struct CurlTransport: HTTPTransport {
    /// What the environment says about servers.
    struct Settings: Sendable {
        let certificates: String?
        let certificateFolder: String?
        let proxies: [String: String]
        let directHosts: String?
        let netrc: String?
        let userAgent: String
    }

    private let settings: Settings
    private let loop = CurlLoop()

    /// Makes a transport that takes proxies, the netrc file and trusted certificates from the environment.
    ///
    /// Trusted are the certificates in the first of `SSL_CERT_FILE`, `PIP_CERT`, `REQUESTS_CA_BUNDLE`,
    /// `AWS_CA_BUNDLE` and `CURL_CA_BUNDLE` that names a file, else the system's.
    package init(environment: Environment, files: any FileSystem, userAgent: String) {
        let names = ["SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "AWS_CA_BUNDLE", "CURL_CA_BUNDLE"]
        func first(_ names: [String]) -> String? { names.lazy.compactMap(environment.nonEmpty).first }
        let all = first(["all_proxy", "ALL_PROXY"])
        settings = Settings(
            certificates: names.lazy.compactMap(environment.nonEmpty).first { files.isFile(LocalPath($0)) },
            certificateFolder: environment.nonEmpty("SSL_CERT_DIR"),
            proxies: [
                // `HTTP_PROXY` may come from a request header in a server's environment, so nobody reads it.
                "http": first(["http_proxy"]) ?? all ?? "",
                "https": first(["https_proxy", "HTTPS_PROXY"]) ?? all ?? "",
            ],
            directHosts: first(["no_proxy", "NO_PROXY"]),
            netrc: environment.nonEmpty("NETRC") ?? environment.home.map { "\($0 / ".netrc")" },
            userAgent: userAgent
        )
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let sink = ResponseSink(address: request.address, limitBytes: request.limitBytes)
        try await run(request, into: sink)
        return sink.response
    }

    package func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
        for _ in 0..<2 {
            let sink = try await offPool { try DownloadSink(address: request.address, download) }
            try await run(request, into: sink)
            if let result = try await offPool({ try sink.finish() }) { return result }
            // The server has less than the file held: what is there belongs to something else.
        }
        throw HTTPError(.other, address: request.address, detail: "the server answers no range of the file")
    }

    private func run(_ request: HTTPRequest, into sink: any TransferSink) async throws {
        try Task.checkCancellation()
        let order = CurlLoop.Order(request: request, settings: settings, sink: sink)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.add(order, continuation)
            }
        } onCancel: {
            loop.cancel(order)
        }
    }
}
