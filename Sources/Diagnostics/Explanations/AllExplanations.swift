extension DiagnosticExplanation {
    /// The explanations of all codes, in the order of the areas.
    package static let all: [DiagnosticExplanation] =
<<<<<<< HEAD
        system + aws + deployment + program + configuration + requirementFormats + wheels + bundle + template
=======
        system + aws + program + localCommands + configuration + requirementFormats + wheels + bundle + template
>>>>>>> e7a7a35 (LocalCommands, furoshiki: Add generate-event, config credentials and create; enforce timeouts in invoke local)
}

extension DiagnosticCode {
    /// The explanation of the code; tests prove that every code has one.
    package var explanation: DiagnosticExplanation? { DiagnosticExplanation.all.first { $0.code == self } }
}
