extension Diagnostic {
    /// The most problems of a configuration that are reported; the others are counted.
    package static let maximumCount = 100

    /// A last diagnostic that says how many problems are not shown; empty if all are.
    ///
    /// - Parameters:
    ///   - shown: the number of problems that are shown.
    ///   - all: the number of all problems.
    ///   - severity: how severe it is.
    /// - Returns: one diagnostic, or none.
    package static func more(than shown: Int, of all: Int, _ severity: Severity = .error) -> [Diagnostic] {
        guard all > shown else { return [] }
        let hidden = all - shown
        return [
            Diagnostic(
                severity,
                .moreProblems,
                hidden == 1
                    ? "there is 1 more problem, which is not shown"
                    : "there are \(hidden) more problems, which are not shown",
                help: ["solve those that are shown, and run the command again"]
            )
        ]
    }
}
