/// Directories that are removed at the end of a scope.
package enum TemporaryDirectory {
    /// Creates a directory that only the user can access, and removes it after the body returns or throws.
    ///
    /// - Parameters:
    ///   - parent: the parent directory.
    ///   - prefix: the start of the directory's name.
    ///   - files: the file system.
    ///   - body: called with the path of the directory.
    /// - Returns: the result of the body.
    /// - Throws: `FileSystemError`, and errors of the body.
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
            // The error of the body is more important than one while removing the directory.
            try? files.remove(folder)
            throw error
        }
    }
}
