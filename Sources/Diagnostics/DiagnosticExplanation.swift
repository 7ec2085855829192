/// The long form of a diagnostic: why it appears, an example, and how to solve it.
package struct DiagnosticExplanation: Hashable, Sendable {
    /// The code that is explained.
    package let code: DiagnosticCode
    /// What is wrong and how to solve it: one or more paragraphs of plain English.
    package let text: String
    /// An excerpt of a file, or a command, that leads to the diagnostic.
    package let example: String

    /// Creates the explanation of a code.
    init(_ code: DiagnosticCode, _ text: String, example: String) {
        self.code = code
        self.text = text
        self.example = example
    }
}
