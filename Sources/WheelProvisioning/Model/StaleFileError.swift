import Diagnostics
import HostSystem

/// An error about a file that the index no longer has, or has with different content than an earlier resolution says.
///
/// The index may have changed since the resolution, so the requirements are resolved again before it is reported.
struct StaleFileError: Error, DiagnosticConvertible {
    let diagnostics: [Diagnostic]

    /// Makes a stale-file error of the diagnostics of an error.
    init(_ error: DiagnosticError) { diagnostics = error.diagnostics }
}
