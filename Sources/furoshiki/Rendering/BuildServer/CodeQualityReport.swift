import Diagnostics
import HostSystem
import OrderedJSON

/// Diagnostics in the format for code quality that GitLab shows in merge requests
/// (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).
struct CodeQualityReport {
    /// The report as an array of entries.
    let json: JSONValue

    /// Creates the report of diagnostics, each with its place in the checkout; those without one are omitted, since each
    /// entry belongs to a file.
    init(_ diagnostics: [(diagnostic: Diagnostic, place: SourcePlace?)]) {
        var counts: [String: Int] = [:]
        json = .array(
            diagnostics.compactMap { diagnostic, place in
                guard let place else { return nil }
                // The line is not part of it, so that an entry remains the same when lines above are added.
                let identity = "\(diagnostic.code)\n\(place.file)\n\(diagnostic.message)"
                let number = counts[identity, default: 0]
                counts[identity] = number + 1
                let fingerprint = SHA256.digest(of: Array("\(identity)\n\(number)".utf8)).hexadecimal
                let text = ([diagnostic.message] + diagnostic.help).joined(separator: "; ")
                return [
                    "description": .string(text),
                    "check_name": .string(diagnostic.code.rawValue),
                    "fingerprint": .string(fingerprint),
                    "severity": .string(Self.severity(diagnostic.severity)),
                    "location": [
                        "path": .string(place.file),
                        "lines": ["begin": .number(Double(max(1, place.line)))],
                    ],
                ]
            }
        )
    }

    private static func severity(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: "critical"
        case .warning: "minor"
        case .note: "info"
        }
    }
}
