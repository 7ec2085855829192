import Diagnostics

/// A command line that cannot be understood.
struct UsageError: Error {
    /// What is wrong, each an error of the category `usage`.
    let diagnostics: [Diagnostic]
    /// The command that was recognized; `nil` if none was.
    let command: Command?
    /// Whether `--json` was given.
    let isJSON: Bool
}

extension UsageError: DiagnosticConvertible {}
