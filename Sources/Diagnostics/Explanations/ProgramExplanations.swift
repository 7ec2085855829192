extension DiagnosticExplanation {
    /// Explanations of diagnostics about the command line and the program itself.
    static let program: [DiagnosticExplanation] = []
}
