package import HostSystem
import OrderedJSON

/// A server on the loopback interface that keeps the requests that it receives; see `echo_server.py`.
package struct EchoServer: Sendable {
    /// A request that the server received.
    package struct Request: Sendable {
        /// The method, in capitals.
        package let method: String
        /// The path with its query.
        package let path: String
        /// The header fields by their names in lower case.
        package let headers: [String: String]
        /// The size of the content in bytes.
        package let size: Int
    }

    /// A self-signed certificate for `127.0.0.1` and its key (PEM).
    package struct Certificate: Sendable {
        /// The file of the certificate.
        package let file: LocalPath
        /// The file of the key.
        package let key: LocalPath

        /// Creates a certificate in a directory with the program `openssl`.
        package init(in folder: LocalPath) async throws {
            file = folder / "certificate.pem"
            key = folder / "key.pem"
            let arguments = [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key.string, "-out", file.string,
            ]
            let result = try await LiveProcessRunner()
                .run(ProcessRequest("openssl", arguments, environment: .current()))
            guard result.isSuccess else { throw NoCertificate(output: result.errorText) }
        }
    }

    private struct NoCertificate: Error {
        let output: String
    }

    private let origin: String
    private let log: LocalPath

    /// Runs a body while a server runs.
    ///
    /// - Parameters:
    ///   - certificate: the certificate of a server with TLS; `nil` for one without TLS.
    ///   - body: gets the server.
    /// - Returns: the result of the body.
    /// - Throws: the error of the body.
    package static func with<Result: Sendable>(
        _ certificate: Certificate? = nil,
        _ body: @escaping @Sendable (EchoServer) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder in
            let log = folder / "requests.log"
            let files = certificate.map { [$0.file.string, $0.key.string] } ?? []
            let scheme = certificate == nil ? "http" : "https"
            return try await LoopbackServer.with("echo_server.py", [log.string] + files) { port in
                try await body(EchoServer(origin: "\(scheme)://127.0.0.1:\(port)", log: log))
            }
        }
    }

    /// The URL of a path on the server.
    package func address(_ path: String) -> WebAddress {
        guard let address = WebAddress(origin + path) else { preconditionFailure("'\(path)' is not a path") }
        return address
    }

    /// The requests so far, in order.
    package var requests: [Request] {
        let text = (try? LiveFileSystem().readText(log)) ?? ""
        return text.split(separator: "\n")
            .compactMap { line in
                guard let entry = try? JSONValue(parsing: Array(line.utf8)),
                    let method = entry["method"]?.stringValue, let path = entry["path"]?.stringValue
                else { return nil }
                var headers: [String: String] = [:]
                for (name, value) in entry["headers"]?.objectValue ?? [:] { headers[name] = value.stringValue }
                return Request(method: method, path: path, headers: headers, size: Int(entry["size"]?.numberValue ?? 0))
            }
    }
}
