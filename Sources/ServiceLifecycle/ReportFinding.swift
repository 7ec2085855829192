package import Diagnostics

/// One line of a report, such as that of `check`: whether a part of what was examined is in order.
package struct ReportFinding<Area: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
    /// The part that it is about.
    package let area: Area
    /// Whether it is in order.
    package let status: ReadinessReport.Status
    /// What was found, as a phrase without its end.
    package let text: String
    /// What the user can do, the most likely remedy first.
    package let help: [String]
    /// The code of the diagnostic that reports the same; `nil` if nothing is wrong.
    package let code: DiagnosticCode?
    /// The place in the configuration; `nil` if it is about no place in it.
    package let place: SourcePlace?

    /// Creates a finding from its parts.
    package init(
        _ area: Area,
        _ status: ReadinessReport.Status,
        _ text: String,
        help: [String] = [],
        code: DiagnosticCode? = nil,
        at place: SourcePlace? = nil
    ) {
        self.area = area
        self.status = status
        self.text = text
        self.help = help
        self.code = code
        self.place = place
    }

    /// The finding that a diagnostic reports.
    package init(_ area: Area, _ status: ReadinessReport.Status, _ diagnostic: Diagnostic) {
        self.init(
            area,
            status,
            diagnostic.message,
            help: diagnostic.help,
            code: diagnostic.code,
            at: diagnostic.place
        )
    }
}
