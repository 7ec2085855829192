package import Diagnostics

/// A client of servers.
package protocol HTTPTransport: Sendable {
    /// Sends a request and returns the response.
    ///
    /// - Throws: `HTTPError` if there is no complete response, `CancellationError`.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
    /// Sends a request and writes the content of the response to a file on the machine's disk.
    ///
    /// - Throws: `HTTPError` if there is no complete response, `FileSystemError`, `CancellationError`.
    func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult
}

/// The error of a request without a complete response.
package struct HTTPError: Error, Hashable, Sendable {
    /// The kinds of errors.
    package enum Cause: Hashable, Sendable {
        /// The name of the host cannot be resolved.
        case unknownHost
        /// The host or the proxy cannot be connected to.
        case notConnected
        /// The connection ended before the response was complete.
        case interrupted
        /// A time limit was exceeded.
        case timedOut
        /// The certificate of the server is not trusted.
        case untrusted
        /// The response is larger than the limit.
        case tooLarge(limitBytes: Int64)
        /// The library that sends requests is not installed.
        case unavailable
        /// Any other error of the library that sends requests.
        case other
    }

    /// The kind of error.
    package let cause: Cause
    /// The address of the request, without credentials.
    package let address: WebAddress
    /// The description of the error by the transport.
    package let detail: String

    /// Creates an error; credentials in the address are removed.
    package init(_ cause: Cause, address: WebAddress, detail: String) {
        self.cause = cause
        self.address = address.withoutCredentials
        self.detail = detail
    }

    /// Whether the same request may succeed if it is sent again.
    package var isTransient: Bool {
        switch cause {
        case .notConnected, .interrupted, .timedOut, .unknownHost: true
        case .untrusted, .tooLarge, .unavailable, .other: false
        }
    }

    /// Whether the request may have reached the server.
    package var mayHaveBeenSent: Bool {
        switch cause {
        case .unknownHost, .notConnected, .unavailable: false
        case .interrupted, .timedOut, .untrusted, .tooLarge, .other: true
        }
    }
}

extension HTTPError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot get '\(address)': \(detail)" }

    package var diagnostics: [Diagnostic] { [Diagnostic(.error, code, description, help: help)] }

    private var code: DiagnosticCode {
        switch cause {
        case .unknownHost: .unknownHost
        case .notConnected: .connectionFailed
        case .interrupted: .connectionInterrupted
        case .timedOut: .requestTimedOut
        case .untrusted: .untrustedCertificate
        case .tooLarge: .responseTooLarge
        case .unavailable: .missingLibcurl
        case .other: .requestFailed
        }
    }

    private var help: [String] {
        switch cause {
        case .unknownHost, .notConnected:
            ["check the network connection, and the proxy if there is one (https_proxy, no_proxy)"]
        case .untrusted:
            ["set SSL_CERT_FILE to a file with the certificates of your network"]
        case .unavailable:
            [
                "install libcurl: the package libcurl4 on Debian and Ubuntu, libcurl on Alpine and Fedora",
                "if libcurl is installed, check LD_LIBRARY_PATH",
            ]
        case .interrupted, .timedOut, .tooLarge, .other: []
        }
    }
}
