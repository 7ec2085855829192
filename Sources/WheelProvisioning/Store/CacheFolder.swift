package import Diagnostics
package import HostSystem
import ZipArchive

/// The cache directory, which turns errors of its files into diagnostics about the cache.
package struct CacheFolder: Sendable {
    /// The path of the cache directory, absolute.
    package let path: LocalPath
    /// The place of `cacheLocation`; `nil` for the user's cache directory.
    let place: SourcePlace?
    /// The directory for temporary files.
    let temporaryDirectory: LocalPath

    /// Describes a cache directory.
    ///
    /// - Parameters:
    ///   - path: The path of the directory, absolute.
    ///   - place: The place of `cacheLocation`; `nil` for the user's cache directory.
    ///   - temporaryDirectory: The directory for temporary files.
    package init(path: LocalPath, place: SourcePlace? = nil, temporaryDirectory: LocalPath) {
        self.path = path
        self.place = place
        self.temporaryDirectory = temporaryDirectory
    }

    /// The help to use another directory.
    private var relocation: String {
        place == nil
            ? "set XDG_CACHE_HOME, or cacheLocation in custom.pythonRequirements, to another directory"
            : "set cacheLocation in custom.pythonRequirements to another directory"
    }

    /// Makes a diagnostic error of any error; if it is about a file of the cache, the message names the cache.
    package func describe(_ error: any Error) -> DiagnosticError {
        guard let cause = Self.fileSystemError(error) else { return DiagnosticError(describing: error) }
        if cause.path.isWithin(path) || cause.operation == .create && path.isWithin(cause.path) {
            let reason = cause.isFullDisk ? "is full" : cause.isRefused ? "cannot be written" : "cannot be used"
            return DiagnosticError(
                .unusableCache,
                "the cache '\(path)' \(reason): \(cause)",
                at: place,
                help: [
                    cause.isFullDisk
                        ? "free some space on its disk, then run the command again"
                        : "give the current user permission to write to it",
                    relocation,
                ]
            )
        }
        // The service itself may be in the temporary directory, so only files with our prefix count.
        let ours = (temporaryDirectory / "furoshiki-").string
        guard cause.path.string.hasPrefix(ours) else { return DiagnosticError(describing: error) }
        return DiagnosticError(
            .unusableTemporaryDirectory,
            "\(cause)",
            help: [
                cause.isFullDisk
                    ? "free some space on the disk of the temporary directory"
                    : "give the current user permission to write to the temporary directory",
                "set TMPDIR to another directory",
            ]
        )
    }

    private static func fileSystemError(_ error: any Error) -> FileSystemError? {
        if let error = error as? FileSystemError { return error }
        return (error as? ZipError)?.fileSystemError
    }
}
