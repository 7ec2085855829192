package import HostSystem
import Synchronization

/// A simple package index on the loopback interface, of files in a folder, that can be told to fail.
package struct LocalIndex: Sendable {
    /// The folder of the files that it serves.
    package let folder: LocalPath
    /// Its port.
    package let port: Int

    /// The address of the index.
    package var address: String { "http://127.0.0.1:\(port)/simple" }

    /// Runs a body while an index serves the files that are in a folder, or come to be.
    package static func with<Result: Sendable>(
        _ folder: LocalPath,
        _ body: @escaping @Sendable (LocalIndex) async throws -> Result
    ) async throws -> Result {
        try LiveFileSystem().createDirectory(folder)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var request = ProcessRequest("python3", [script.string, folder.string], environment: .current())
        // The server ends with its input, which is a pipe that stays open for as long as it runs.
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

    /// The index did not start.
    private struct NotStarted: Error {}

    /// Tells the index to fail for files, projects (by normalized name) or `*`.
    package func setFaults(_ faults: [String: String]) throws {
        let entries = faults.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
        try LiveFileSystem().write("{\(entries)}", to: folder / "faults.json")
    }

    /// What was asked so far, a line each: method, path, range.
    package var requests: [String] {
        let text = (try? LiveFileSystem().readText(folder / "requests.log")) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    private static let script = LocalPath(#filePath).parent / "Resources/index_server.py"
}
