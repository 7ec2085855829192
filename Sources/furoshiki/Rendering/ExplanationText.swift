import Diagnostics
import OrderedJSON

/// Explanations of diagnostics as text, JSON and the document `docs/diagnostics.md`.
enum ExplanationText {
    /// The text of one explanation, wrapped for a terminal.
    ///
    /// - Parameters:
    ///   - explanation: the explanation.
    ///   - columns: the columns of the terminal; `nil` wraps at 100 columns.
    /// - Returns: the lines.
    static func text(of explanation: DiagnosticExplanation, columns: Int?) -> String {
        let paragraphs = paragraphs(of: explanation).map { TextLayout.paragraph($0, columns: columns) }
        let example = explanation.example.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "\n" : "    \($0)\n" }
        return explanation.code.rawValue + "\n\n" + paragraphs.joined(separator: "\n") + "\nExample:\n\n"
            + example.joined()
    }

    /// The list of all codes, each with the first sentence of its explanation.
    ///
    /// - Parameter columns: the columns of the terminal; `nil` if lines may have any length.
    /// - Returns: the lines.
    static func list(columns: Int?) -> String {
        let rows = DiagnosticExplanation.all.map { ($0.code.rawValue, firstSentence(of: $0)) }
        return TextLayout.list(rows, indentedBy: 0, width: columns).map { $0 + "\n" }.joined()
    }

    /// The JSON array of explanations.
    static func json(of explanations: [DiagnosticExplanation]) -> JSONValue {
        .array(
            explanations.map { explanation in
                [
                    "code": .string(explanation.code.rawValue),
                    "category": .string(explanation.code.category.rawValue),
                    "explanation": .string(paragraphs(of: explanation).joined(separator: "\n\n")),
                    "example": .string(explanation.example),
                ]
            }
        )
    }

    /// The Markdown document of all explanations, in the order of the areas.
    static var document: String {
        let sections = DiagnosticExplanation.all.map { explanation in
            let text = paragraphs(of: explanation).map { TextLayout.paragraph($0, columns: 120) }
                .joined(separator: "\n")
            return "## `\(explanation.code.rawValue)`\n\(text)\n```text\n\(explanation.example)\n```\n"
        }
        return """
            # Diagnostics

            Each error and warning of Furoshiki has a stable code. `furoshiki explain CODE` prints the explanation of a
            code, and `--json` includes the code of each diagnostic.

            This file is the output of `furoshiki explain --all`.


            """ + sections.joined(separator: "\n")
    }

    /// The paragraphs of an explanation, without line breaks.
    private static func paragraphs(of explanation: DiagnosticExplanation) -> [String] {
        var paragraphs: [[Substring]] = [[]]
        for line in explanation.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    }

    private static func firstSentence(of explanation: DiagnosticExplanation) -> String {
        let text = paragraphs(of: explanation).first ?? ""
        guard let end = text.firstRange(of: ". ") else { return text }
        return String(text[..<end.lowerBound]) + "."
    }
}
