extension DiagnosticExplanation {
    /// Explanations of diagnostics about serverless.yml and the files that it refers to.
    static let configuration: [DiagnosticExplanation] = []
}
