package import HostSystem

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
        return try await LoopbackServer.with("index_server.py", [folder.string]) { port in
            try await body(LocalIndex(folder: folder, port: port))
        }
    }

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
}
