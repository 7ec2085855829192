/// An error of ours that can tell itself to a user.
package protocol DiagnosticConvertible: Error {
    /// All that is to be told, in order; at least one is an error.
    var diagnostics: [Diagnostic] { get }
}

extension DiagnosticError: DiagnosticConvertible {}

extension DiagnosticError {
    /// Makes a user-facing error of any error: its own diagnostics where it has them, else its description.
    package init(describing error: any Error) {
        if let error = error as? any DiagnosticConvertible {
            self.init(error.diagnostics)
        } else {
            self.init("\(error)", category: .system)
        }
    }
}
