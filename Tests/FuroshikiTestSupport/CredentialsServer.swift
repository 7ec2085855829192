import HostSystem

/// A server on the loopback interface that gives credentials, whose access keys describe what they were given for.
package enum CredentialsServer {
    /// Runs a body while a server runs.
    ///
    /// - Parameter body: gets the origin of the server, such as `http://127.0.0.1:1234`.
    /// - Returns: the result of the body.
    /// - Throws: the error of the body.
    package static func with<Result: Sendable>(
        _ body: @escaping @Sendable (_ origin: String) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.with("credentials_server.py", []) { port in try await body("http://127.0.0.1:\(port)")
        }
    }
}
