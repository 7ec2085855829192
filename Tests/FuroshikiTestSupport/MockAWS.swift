import HostSystem

/// A mock of AWS (moto) on the loopback interface.
package enum MockAWS {
    /// The Python that has moto; `nil` if the variable that scripts/test sets is missing.
    private static var python: String? { Environment.current().nonEmpty("FUROSHIKI_TEST_PYTHON") }

    /// Whether the mock can run on this machine.
    package static var isAvailable: Bool { python != nil }

    /// Runs a body while the mock runs.
    ///
    /// - Parameter body: gets the origin of the mock, such as `http://127.0.0.1:1234`.
    /// - Returns: the result of the body.
    /// - Throws: the error of the body.
    package static func with<Result: Sendable>(
        _ body: @escaping @Sendable (_ origin: String) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.with("aws_server.py", [], python: python ?? "python3") { port in
            try await body("http://127.0.0.1:\(port)")
        }
    }
}
