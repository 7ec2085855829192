import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServiceLifecycle

/// The output of `check`: a table with a verdict, or a JSON object.
struct ReadinessTable {
    private let report: ReadinessReport

    /// Creates the output of a report.
    init(_ report: ReadinessReport) { self.report = report }

    /// Writes the report to standard output.
    func show(on terminal: Terminal) {
        if terminal.isJSON { return terminal.write(json) }
        terminal.write(text(columns: terminal.columns))
    }

    /// The table, and the verdict below it.
    ///
    /// - Parameter columns: the columns of the terminal; `nil` if lines may have any length.
    /// - Returns: lines with their ends.
    func text(columns: Int?) -> String {
        FindingList(report.findings).text(columns: columns, helpCount: 1) + "\n" + verdict + "\n"
    }

    /// The verdict in one line.
    private var verdict: String {
        let errors = Quantity.text(report.count(of: .error), "error")
        let warnings = Quantity.text(report.count(of: .warning), "warning")
        guard report.isReady else { return "Not ready: \(errors), \(warnings)" }
        return report.count(of: .warning) == 0 ? "Ready" : "Ready, with \(warnings)"
    }

    private var json: JSONValue {
        var members: OrderedMap<JSONValue> = [
            "ready": .bool(report.isReady), "errors": .number(Double(report.count(of: .error))),
            "warnings": .number(Double(report.count(of: .warning))), "file": .string(report.file.string),
        ]
        if let service = report.service { members["service"] = .string(service) }
        members["checks"] = FindingList(report.findings).json
        return .object(members)
    }
}
