package import HostSystem
import Synchronization

/// A package index (PEP 503, 691) on the loopback interface, which serves a directory and can be made to fail.
package struct LocalIndex: Sendable {
    /// The directory with the files to serve.
    package let folder: LocalPath
    /// The TCP port that the index listens on.
    package let port: Int

    /// The URL of the index.
    package var address: String { "http://127.0.0.1:\(port)/simple" }

    /// Runs a body while an index serves a directory, which is read again for every request.
    package static func with<Result: Sendable>(
        _ folder: LocalPath,
        _ body: @escaping @Sendable (LocalIndex) async throws -> Result
    ) async throws -> Result {
        try LiveFileSystem().createDirectory(folder)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var request = ProcessRequest("python3", [script.string, folder.string], environment: .current())
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
            return try await body(LocalIndex(folder: folder, port: port))
        }
    }

    /// The error of an index that did not start.
    private struct NotStarted: Error {}

    /// Makes the index fail, by file name, normalized project name, or `*` for all; see `index_server.py`.
    package func setFailures(_ failures: [String: String]) throws {
        let entries = failures.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
        try LiveFileSystem().write("{\(entries)}", to: folder / "failures.json")
    }

    /// The requests so far, each as a line with method, path and range.
    package var requests: [String] {
        let text = (try? LiveFileSystem().readText(folder / "requests.log")) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    private static let script = LocalPath(#filePath).parent / "Resources/index_server.py"
}
