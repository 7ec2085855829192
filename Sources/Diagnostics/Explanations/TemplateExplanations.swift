extension DiagnosticExplanation {
    /// Explanations of diagnostics about the CloudFormation template.
    static let template: [DiagnosticExplanation] =
        functionResources + eventResources + apiResources + userResources + deploymentPackage
}
