import Diagnostics
import OrderedJSON
import ServiceDoctor
import ServiceLifecycle

/// The output of `doctor`: a table with a verdict, or a JSON object.
struct DoctorTable {
    private let report: DoctorReport

    /// Creates the output of a report.
    init(_ report: DoctorReport) { self.report = report }

    /// Writes the report to standard output.
    func show(on terminal: Terminal) {
        if terminal.isJSON { return terminal.write(json) }
        terminal.write(text(columns: terminal.columns, terminal.outputStyle))
    }

    /// The table, and the verdict below it.
    ///
    /// - Parameters:
    ///   - columns: the columns of the terminal; `nil` if lines may have any length.
    ///   - style: the colors of the stream.
    /// - Returns: lines with their ends.
    func text(columns: Int?, _ style: TextStyle = .plain) -> String {
        FindingList(report.findings).text(columns: columns, helpCount: 2) + "\n"
            + style.text(verdict, report.isHealthy ? .success : .error)
            + "\n"
    }

    private var verdict: String {
        let (errors, warnings) = (report.count(of: .error), report.count(of: .warning))
        if errors == 0, warnings == 0 { return "Everything works" }
        let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return (errors == 0 ? "Nothing is broken: " : "Something is broken: ") + parts.joined(separator: ", ")
    }

    private var json: JSONValue {
        [
            "healthy": .bool(report.isHealthy), "errors": .number(Double(report.count(of: .error))),
            "warnings": .number(Double(report.count(of: .warning))), "checks": FindingList(report.findings).json,
        ]
    }
}
