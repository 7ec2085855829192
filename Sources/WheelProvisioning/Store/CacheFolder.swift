package import Diagnostics
package import HostSystem
import ZipArchive

/// The folder of caches, and what to tell when something of it cannot be read or written.
package struct CacheFolder: Sendable {
    /// The folder.
    package let path: LocalPath
    /// Where the service names it, `nil` where it is the user's.
    let place: SourcePlace?
    /// The folder for temporary files.
    let temporaryDirectory: LocalPath

    /// Describes a folder of caches.
    ///
    /// - Parameters:
    ///   - path: the folder, absolute.
    ///   - place: where the service names it, `nil` where it is the user's.
    ///   - temporaryDirectory: the folder for temporary files.
    package init(path: LocalPath, place: SourcePlace? = nil, temporaryDirectory: LocalPath) {
        self.path = path
        self.place = place
        self.temporaryDirectory = temporaryDirectory
    }

    /// What to do where the folder cannot be used.
    private var remedy: String {
        place == nil
            ? "or keep it elsewhere: set XDG_CACHE_HOME to a folder, or cacheLocation in custom.pythonRequirements"
            : "or let cacheLocation in custom.pythonRequirements name another folder"
    }

    /// Makes a user-facing error of any error; one about a file of the cache says what the cache is.
    package func describe(_ error: any Error) -> DiagnosticError {
        guard let cause = Self.fileSystemError(error) else { return DiagnosticError(describing: error) }
        if cause.path.isWithin(path) || cause.operation == .create && path.isWithin(cause.path) {
            let reason = cause.isFullDisk ? "is full" : cause.isRefused ? "cannot be written" : "cannot be used"
            return DiagnosticError(
                "the cache '\(path)' \(reason): \(cause)",
                category: .system,
                at: place,
                help: [
                    cause.isFullDisk
                        ? "make room on the disk that holds it, then run again"
                        : "let the user who runs this write there",
                    remedy,
                ]
            )
        }
        // The service itself may lie in the folder for temporary files; what is ours there has our name.
        let ours = (temporaryDirectory / "furoshiki-").string
        guard cause.path.string.hasPrefix(ours) else { return DiagnosticError(describing: error) }
        return DiagnosticError(
            "\(cause)",
            category: .system,
            help: [
                "make room in the folder for temporary files, or let the user who runs this write there",
                "or set TMPDIR to another folder",
            ]
        )
    }

    private static func fileSystemError(_ error: any Error) -> FileSystemError? {
        if let error = error as? FileSystemError { return error }
        return (error as? ZipError)?.fileSystemError
    }
}
