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
        var area: DoctorReport.Area?
        let rows = report.findings.flatMap { finding -> [(String, String)] in
            let name = finding.area == area ? "" : finding.area.rawValue
            area = finding.area
            let lead = Self.padded(name, to: Self.areaWidth) + "  " + finding.status.rawValue
            let place = finding.status < .warning ? "" : finding.place.map { "\($0): " } ?? ""
            return [(lead, place + finding.text)] + finding.help.prefix(2).map { ("", "→ " + $0) }
        }
        let lines = TextLayout.list(rows, indentedBy: 0, width: columns)
        return lines.map { $0 + "\n" }.joined() + "\n" + style.text(verdict, report.isHealthy ? .success : .error)
            + "\n"
    }

    private var verdict: String {
        let (errors, warnings) = (report.count(of: .error), report.count(of: .warning))
        if errors == 0, warnings == 0 { return "Everything works" }
        let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return (errors == 0 ? "Nothing is broken: " : "Something is broken: ") + parts.joined(separator: ", ")
    }

    private static let areaWidth = DoctorReport.Area.allCases.map(\.rawValue.count).max() ?? 0

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
        return [
            "healthy": .bool(report.isHealthy), "errors": .number(Double(report.count(of: .error))),
            "warnings": .number(Double(report.count(of: .warning))), "checks": .array(checks),
        ]
    }
}
