/// A transport that uses libcurl, with all transfers on one thread; libcurl is loaded for the first request.
package struct CurlTransport: HTTPTransport {
    /// The settings of transfers that come from the environment.
    struct Settings: Sendable {
        /// The file of trusted certificates for one request; `nil` means those of the system.
        var certificates: String?
        /// The directory of trusted certificates (`SSL_CERT_DIR`).
        var certificateFolder: String?
        /// The proxies by the schemes of addresses; an empty string means none.
        let proxies: [String: String]
        /// The hosts that are contacted without a proxy, separated by commas.
        let directHosts: String?
        /// The user's netrc file.
        let netrc: String?
        /// The value of `User-Agent`.
        let userAgent: String
    }

    private let settings: Settings
    private let environment: Environment
    private let files: any FileSystem
    private let systemCertificates: SystemCertificates?
    private let loop = CurlLoop()

    /// Creates a transport that reads proxies, the netrc file and trusted certificates from the environment.
    ///
    /// - Parameters:
    ///   - environment: the environment variables.
    ///   - files: the file system with the certificates.
    ///   - userAgent: the value of `User-Agent`, such as `furoshiki/1.2.3`.
    ///   - systemCertificates: where the system keeps its certificates; `nil` if libcurl knows that.
    package init(
        environment: Environment,
        files: any FileSystem,
        userAgent: String,
        systemCertificates: SystemCertificates? = .ifNeeded
    ) {
        func first(_ names: [String]) -> String? { names.lazy.compactMap(environment.nonEmpty).first }
        let all = first(["all_proxy", "ALL_PROXY"])
        self.environment = environment
        self.files = files
        self.systemCertificates = systemCertificates
        settings = Settings(
            certificateFolder: environment.nonEmpty("SSL_CERT_DIR"),
            proxies: [
                // `HTTP_PROXY` can be set by a header of a request in a server's environment, so no program reads it.
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
            // The file on the server is shorter than the local part, which must be of another file.
        }
        throw HTTPError(.other, address: request.address, detail: "the server does not send a part of the file")
    }

    private func run(_ request: HTTPRequest, into sink: any TransferSink) async throws {
        try Task.checkCancellation()
        let request = try await request.prepared()
        var settings = settings
        settings.certificates = certificates(for: request.trust)
        if settings.certificates != nil {
            settings.certificateFolder = nil
        } else if let systemCertificates, request.trust != .anyServer {
            settings.certificates = systemCertificates.file(in: files)?.string
            settings.certificateFolder = settings.certificateFolder ?? systemCertificates.folder(in: files)?.string
        }
        let order = CurlLoop.Order(request: request, settings: settings, sink: sink)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.add(order, continuation)
            }
        } onCancel: {
            loop.cancel(order)
        }
    }

    private func certificates(for trust: ServerTrust) -> String? {
        switch trust {
        case .variables(let names):
            names.lazy.compactMap(environment.nonEmpty).first { files.isFile(LocalPath($0)) }
        case .file(let path): path.string
        case .anyServer: nil
        }
    }
}
