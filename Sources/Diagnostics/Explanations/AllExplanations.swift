extension DiagnosticExplanation {
    /// The explanations of all codes, in the order of the areas.
    package static let all: [DiagnosticExplanation] =
        system + aws + deployment + deploymentChanges + program + localCommands + configuration + requirementFormats
        + wheels + containers + bundle + template
}

extension DiagnosticCode {
    /// The explanation of the code; tests prove that every code has one.
    package var explanation: DiagnosticExplanation? { DiagnosticExplanation.all.first { $0.code == self } }
}
