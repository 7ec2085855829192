package import Diagnostics
import HostSystem
package import ZipArchive

extension ZipError: DiagnosticConvertible {
    /// The diagnostics of an archive that is invalid, or cannot be read or written.
    package var diagnostics: [Diagnostic] {
        if let fileSystemError { return fileSystemError.diagnostics }
        let name = LocalPath(archive).lastComponent
        if reason == .changedWhileRead {
            return [
                Diagnostic(
                    .error,
                    .fileChanged,
                    "'\(archive)' was changed while it was read",
                    help: ["run the command again when no other program writes to the file"]
                )
            ]
        }
        return [
            Diagnostic(
                .error,
                .invalidArchive,
                "'\(name)': " + (entry.map { "entry '\($0.onOneLine)' " } ?? "the archive ") + "\(reason)",
                notes: [
                    "the archive is corrupt or malicious", "in \(archive)" + (offset.map { " at byte \($0)" } ?? ""),
                ],
                help: [
                    "require another version, or remove the requirement",
                    "if the file was damaged on the disk, run 'requirements cleanCache' and try again",
                ]
            )
        ]
    }
}

extension ZipError {
    /// The system call that failed; `nil` if the archive itself is invalid.
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
