package import HostSystem
package import ZipArchive

extension ZipError: DiagnosticConvertible {
    /// Tells of an archive that is refused, or cannot be read or written.
    package var diagnostics: [Diagnostic] {
        if case .system(let operation, let code) = reason {
            return FileSystemError(operation.ofFileSystem, LocalPath(archive), code: code).diagnostics
        }
        let name = LocalPath(archive).lastComponent
        return [
            Diagnostic(
                .error,
                "'\(name)': " + (entry.map { "entry '\($0)' " } ?? "the archive ") + "\(reason)",
                category: .bundle,
                notes: ["in \(archive)" + (offset.map { " at byte \($0)" } ?? "")],
                help: ["the archive is broken or made to do harm; get it anew, or do without the distribution"]
            )
        ]
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
