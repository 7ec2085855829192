extension DiagnosticExplanation {
    /// Explanations of diagnostics about the CloudFormation template.
    static let template: [DiagnosticExplanation] = userResources + deploymentPackage
}
