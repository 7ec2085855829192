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
        var area: ReadinessReport.Area?
        let rows = report.findings.flatMap { finding -> [(String, String)] in
            let name = finding.area == area ? "" : finding.area.rawValue
            area = finding.area
            let lead = Self.padded(name, to: Self.areaWidth) + "  " + finding.status.rawValue
            let place = finding.status < .warning ? "" : finding.place.map { "\($0): " } ?? ""
            return [(lead, place + finding.text)] + finding.help.prefix(1).map { ("", "→ " + $0) }
        }
        let lines = TextLayout.list(rows, indentedBy: 0, width: columns)
        return lines.map { $0 + "\n" }.joined() + "\n" + verdict + "\n"
    }

    /// The verdict in one line.
    private var verdict: String {
        let errors = Quantity.text(report.count(of: .error), "error")
        let warnings = Quantity.text(report.count(of: .warning), "warning")
        guard report.isReady else { return "Not ready: \(errors), \(warnings)" }
        return report.count(of: .warning) == 0 ? "Ready" : "Ready, with \(warnings)"
    }

    private static let areaWidth = ReadinessReport.Area.allCases.map(\.rawValue.count).max() ?? 0

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private var json: JSONValue {
        let checks = report.findings.map { finding -> JSONValue in
            var members: OrderedMap<JSONValue> = [
                "check": .string(finding.area.rawValue), "status": .string(finding.status.rawValue),
                "message": .string(finding.text),
            ]
            if let code = finding.code { members["code"] = .string(code.rawValue) }
            if let place = finding.place {
                members["file"] = .string(place.file)
                if place.line > 0 {
                    members["line"] = .number(Double(place.line))
                    members["column"] = .number(Double(place.column))
                }
            }
            if !finding.help.isEmpty { members["help"] = .array(finding.help.map { .string($0) }) }
            return .object(members)
        }
        var members: OrderedMap<JSONValue> = [
            "ready": .bool(report.isReady), "errors": .number(Double(report.count(of: .error))),
            "warnings": .number(Double(report.count(of: .warning))), "file": .string(report.file.string),
        ]
        if let service = report.service { members["service"] = .string(service) }
        members["checks"] = .array(checks)
        return .object(members)
    }
}
