package import Diagnostics
import HostSystem
package import ZipArchive

extension ZipError: DiagnosticConvertible {
    /// Tells of an archive that is refused, or cannot be read or written.
    package var diagnostics: [Diagnostic] {
        if let fileSystemError { return fileSystemError.diagnostics }
        let name = LocalPath(archive).lastComponent
        return [
            Diagnostic(
                .error,
                "'\(name)': " + (entry.map { "entry '\($0)' " } ?? "the archive ") + "\(reason)",
                category: .bundle,
                notes: ["in \(archive)" + (offset.map { " at byte \($0)" } ?? "")],
                help: [
                    "the archive is broken or made to do harm: take another version, or do without it",
                    "where the disk may have spoilt it, run 'requirements cleanCache' and try again",
                ]
            )
        ]
    }
}

extension ZipError {
    /// The system call that failed; `nil` where the archive is at error.
    var fileSystemError: FileSystemError? {
        guard case .system(let operation, let code) = reason else { return nil }
        return FileSystemError(operation.ofFileSystem, LocalPath(archive), code: code)
    }
}

extension ZipError.Operation {
    fileprivate var ofFileSystem: FileSystemError.Operation {
        switch self {
        case .open, .read: .read
        case .write: .write
        case .rename: .rename
        }
    }
}
