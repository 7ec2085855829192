extension DiagnosticExplanation {
    /// Explanations of diagnostics about requirement and lock files.
    static let requirementFormats: [DiagnosticExplanation] = []
}
