package import Diagnostics

/// Asks servers.
package protocol HTTPTransport: Sendable {
    /// Sends a request and keeps the answer.
    ///
    /// - Throws: `HTTPError` where there is no answer, `CancellationError`.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
    /// Sends a request and writes the answer's content to a file.
    ///
    /// - Throws: `HTTPError` where there is no whole answer, `FileSystemError`, `CancellationError`.
    func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult
}

/// A request that got no answer, or no whole one.
package struct HTTPError: Error, Hashable, Sendable {
    /// Why.
    package enum Cause: Hashable, Sendable {
        /// The host's name is not known.
        case unknownHost
        /// No connection to the host, or to the proxy.
        case notConnected
        /// The connection ended before the answer did.
        case interrupted
        /// It took too long, or nothing came for too long.
        case timedOut
        /// The server's certificate is not trusted.
        case untrusted
        /// The answer is larger than allowed.
        case tooLarge(limitBytes: Int64)
        /// What sends requests is not on this machine.
        case unavailable
        /// Anything else that the transport tells.
        case other
    }

    /// Why.
    package let cause: Cause
    /// The address that was asked, without credentials.
    package let address: WebAddress
    /// The transport's own words.
    package let detail: String

    /// Makes an error.
    package init(_ cause: Cause, address: WebAddress, detail: String) {
        self.cause = cause
        self.address = address.withoutCredentials
        self.detail = detail
    }

    /// Whether the same request may succeed when it is sent again.
    package var isTransient: Bool {
        switch cause {
        case .notConnected, .interrupted, .timedOut, .unknownHost: true
        case .untrusted, .tooLarge, .unavailable, .other: false
        }
    }
}

extension HTTPError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot get '\(address)': \(detail)" }

    package var diagnostics: [Diagnostic] {
        var help: [String] = []
        if cause == .unknownHost || cause == .notConnected {
            help.append("look at the network, and at the proxy where there is one: https_proxy, no_proxy")
        }
        if cause == .untrusted {
            help.append("name the certificates that your network needs in SSL_CERT_FILE")
        }
        if cause == .unavailable {
            help.append(
                "install libcurl: the package libcurl4 of Debian and Ubuntu, libcurl of Alpine and Fedora; where it is "
                    + "installed, see what LD_LIBRARY_PATH puts in its place"
            )
        }
        return [Diagnostic(.error, description, category: .system, help: help)]
    }
}
