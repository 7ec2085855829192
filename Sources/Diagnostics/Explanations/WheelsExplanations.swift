extension DiagnosticExplanation {
    /// Explanations of diagnostics about indexes, downloads, resolution and builds.
    static let wheels: [DiagnosticExplanation] = []
}
