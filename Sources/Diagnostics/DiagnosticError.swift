/// An error that consists of diagnostics, at least one of which has the severity `error`.
package struct DiagnosticError: Error, Hashable, Sendable {
    /// The diagnostics, in the order in which they are shown.
    package let diagnostics: [Diagnostic]

    /// Makes an error of several diagnostics.
    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    /// Makes an error of one diagnostic.
    package init(
        _ code: DiagnosticCode,
        _ message: String,
        at place: SourcePlace? = nil,
        notes: [String] = [],
        help: [String] = [],
        toolOutput: String? = nil
    ) {
        diagnostics = [
            Diagnostic(.error, code, message, at: place, notes: notes, help: help, toolOutput: toolOutput)
        ]
    }

    /// The error with a note added to its first diagnostic, unless it has the note already.
    package func noting(_ note: String) -> DiagnosticError {
        var diagnostics = diagnostics
        if !diagnostics.isEmpty, !diagnostics[0].notes.contains(note) { diagnostics[0].notes.append(note) }
        return DiagnosticError(diagnostics)
    }

    /// The error with a place for each diagnostic that has none.
    package func placed(at place: SourcePlace?) -> DiagnosticError {
        var diagnostics = diagnostics
        for index in diagnostics.indices where diagnostics[index].place == nil { diagnostics[index].place = place }
        return DiagnosticError(diagnostics)
    }
}

extension DiagnosticError: CustomStringConvertible {
    package var description: String {
        diagnostics.map { diagnostic in
            (diagnostic.place.map { "\($0): " } ?? "") + "\(diagnostic.severity.rawValue): \(diagnostic.message)"
        }
        .joined(separator: "\n")
    }
}
