/// Folders that live as long as a scope.
package enum TemporaryDirectory {
    /// Makes an empty folder into which nobody else may look, and removes it with all its content when the body ends,
    /// however it ends.
    ///
    /// - Parameters:
    ///   - parent: where the folder is made.
    ///   - prefix: how its name begins.
    ///   - files: the file system.
    ///   - body: gets the folder's path.
    /// - Returns: what the body returns.
    /// - Throws: `FileSystemError`, and what the body throws.
    package static func with<Result>(
        in parent: LocalPath,
        prefix: String = "furoshiki",
        files: any FileSystem,
        _ body: (LocalPath) async throws -> Result
    ) async throws -> Result {
        let folder = parent / "\(prefix)-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try files.createDirectory(folder)
        do {
            try files.setMode(0o700, of: folder)
            let result = try await body(folder)
            try files.remove(folder)
            return result
        } catch {
            // The body's error says more than one of cleaning up.
            try? files.remove(folder)
            throw error
        }
    }
}
