import Diagnostics
import HostSystem

/// A file that its index no longer has, or has with other content than it was said to have.
///
/// What an earlier resolution says of it counts no more: the index may have changed since.
struct StaleFileError: Error, DiagnosticConvertible {
    let diagnostics: [Diagnostic]

    init(_ error: DiagnosticError) { diagnostics = error.diagnostics }
}
