extension DiagnosticExplanation {
    /// Explanations of diagnostics about packaging options, artifacts and their inspection.
    static let bundle: [DiagnosticExplanation] = []
}
