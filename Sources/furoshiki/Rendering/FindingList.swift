import Diagnostics
import OrderedJSON
import ServiceLifecycle

/// The findings of `check` and `doctor`, as rows of a table and as JSON.
struct FindingList {
    private struct Finding {
        let area: String
        let status: ReadinessReport.Status
        let text: String
        let help: [String]
        let code: DiagnosticCode?
        let place: SourcePlace?
    }

    private let findings: [Finding]
    private let areaWidth: Int

    /// Lists the findings of a report.
    init<Area>(_ reported: [ReportFinding<Area>]) {
        findings = reported.map {
            Finding(
                area: $0.area.rawValue,
                status: $0.status,
                text: $0.text,
                help: $0.help,
                code: $0.code,
                place: $0.place
            )
        }
        areaWidth = Area.allCases.map(\.rawValue.count).max() ?? 0
    }

    /// The table: each area is named once, and remedies are below their finding.
    ///
    /// - Parameters:
    ///   - columns: the columns of the terminal; `nil` if lines may have any length.
    ///   - helpCount: the maximum number of remedies of a finding.
    /// - Returns: lines with their ends.
    func text(columns: Int?, helpCount: Int) -> String {
        var area: String?
        let rows = findings.flatMap { finding -> [(String, String)] in
            let name = finding.area == area ? "" : finding.area
            area = finding.area
            let blanks = String(repeating: " ", count: max(0, areaWidth - name.count))
            let place = finding.status < .warning ? "" : finding.place.map { "\($0): " } ?? ""
            return [(name + blanks + "  " + finding.status.rawValue, place + finding.text)]
                + finding.help.prefix(helpCount).map { ("", "→ " + $0) }
        }
        return TextLayout.list(rows, indentedBy: 0, width: columns).map { $0 + "\n" }.joined()
    }

    /// The findings as an array of objects.
    var json: JSONValue {
        .array(
            findings.map { finding in
                var members: OrderedMap<JSONValue> = [
                    "check": .string(finding.area), "status": .string(finding.status.rawValue),
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
        )
    }
}
