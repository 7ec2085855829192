import HostSystem

/// A server in Python that runs while a body runs.
enum LoopbackServer {
    /// The error of a server that did not start.
    private struct NotStarted: Error {}

    /// Runs a body while a server runs.
    ///
    /// - Parameters:
    ///   - script: the name of the server in `Resources`; it prints its port, and ends when its standard input is closed.
    ///   - arguments: the arguments of the server.
    ///   - python: the Python that runs it.
    ///   - body: gets the port.
    /// - Returns: the result of the body.
    /// - Throws: the error of the body.
    static func with<Result: Sendable>(
        _ script: String,
        _ arguments: [String],
        python: String = "python3",
        _ body: @escaping @Sendable (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let path = LocalPath(#filePath).parent / "Resources" / script
        var request = ProcessRequest(python, [path.string] + arguments, environment: .current())
        // The server stops when its standard input is closed, which is a pipe of this process.
        request.input = .held
        request.gracePeriod = .milliseconds(200)
        request.output = .streamed { bytes in
            if let port = Int(String(decoding: bytes, as: UTF8.self).split(separator: "\n").first ?? "") {
                continuation.yield(port)
            }
        }
        let server = request
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                _ = try? await LiveProcessRunner().run(server)
                continuation.finish()
                return nil
            }
            guard let port = await ports.first(where: { _ in true }) else { throw NotStarted() }
            defer { group.cancelAll() }
            return try await body(port)
        }
    }
}
