package import Diagnostics

/// What is wrong with the handler of one function.
package struct HandlerFinding: Sendable {
    /// The message about this handler alone.
    package let diagnostic: Diagnostic
    /// The file that is missing, or the first of its directories that is, with `/` at its end; `nil` for other findings.
    package let missing: String?

    /// The number of causes that are named, as the files of many functions are most likely missing for one reason.
    private static let maximumCauses = 3

    /// The errors among findings, one for each missing file or directory, in the order in which they were found.
    ///
    /// - Parameter findings: the findings in all artifacts.
    /// - Returns: the errors of the first causes, and how many others there are.
    static func errors(among findings: [HandlerFinding]) -> [Diagnostic] {
        var causes: [String] = []
        var groups: [String: [Diagnostic]] = [:]
        for finding in findings where finding.diagnostic.severity == .error {
            let cause = finding.missing ?? finding.diagnostic.message
            if groups[cause] == nil { causes.append(cause) }
            if groups[cause]?.contains(finding.diagnostic) != true {
                groups[cause, default: []].append(finding.diagnostic)
            }
        }
        let shown = causes.prefix(maximumCauses).flatMap { cause in merged(groups[cause] ?? [], missing: cause) }
        return shown + Diagnostic.more(than: min(causes.count, maximumCauses), of: causes.count)
    }

    private static func merged(_ errors: [Diagnostic], missing: String) -> [Diagnostic] {
        guard let first = errors.first, errors.count > 1 else { return errors }
        var all = first
        let what = missing.hasSuffix("/") ? "files in the directory '\(missing.dropLast())'" : "the file '\(missing)'"
        all.message = "the handlers of \(errors.count) functions need \(what), which is not in the artifact"
        all.notes = Diagnostic.otherPlaces(of: errors.map(\.place)) + first.notes
        return [all]
    }
}
