import Diagnostics

extension [Diagnostic] {
    /// Replaces the diagnostics with a code, of which each artifact may have one, with one for all.
    ///
    /// - Parameters:
    ///   - code: the code.
    ///   - summary: makes the diagnostic from the notes and the help of all, without duplicates.
    /// - Returns: the diagnostics, with the summary in the place of the first one.
    func summarizing(
        _ code: DiagnosticCode,
        _ summary: (_ notes: [String], _ help: [String]) -> Diagnostic
    ) -> [Diagnostic] {
        guard let first = firstIndex(where: { $0.code == code }) else { return self }
        var (notes, help): ([String], [String]) = ([], [])
        for diagnostic in self where diagnostic.code == code {
            for note in diagnostic.notes where !notes.contains(note) { notes.append(note) }
            for line in diagnostic.help where !help.contains(line) { help.append(line) }
        }
        return self[..<first].filter { $0.code != code } + [summary(notes, help)]
            + self[first...].filter { $0.code != code }
    }
}
