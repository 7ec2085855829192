/// An error that can be shown to a user as diagnostics.
package protocol DiagnosticConvertible: Error {
    /// The diagnostics, in the order in which they are shown; at least one has the severity `error`.
    var diagnostics: [Diagnostic] { get }
}

extension DiagnosticError: DiagnosticConvertible {}

extension DiagnosticError {
    /// Makes a diagnostic error of any error: of its own diagnostics if it has them, otherwise of its description.
    package init(describing error: any Error) {
        if let error = error as? any DiagnosticConvertible {
            self.init(error.diagnostics)
        } else {
            self.init(.unexpectedError, "\(error)")
        }
    }
}
