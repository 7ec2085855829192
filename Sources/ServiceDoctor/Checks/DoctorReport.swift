package import Diagnostics
package import ServiceLifecycle

/// What was found out about this machine, the account and the deployed service.
package struct DoctorReport: Sendable {
    /// The part that a finding is about, in the order of the report.
    package enum Area: String, Sendable, CaseIterable {
        case versions, credentials, tools, configuration, plugins, stack
    }

    /// One line of the report.
    package typealias Finding = ReportFinding<Area>

    /// The findings, by area.
    package let findings: [Finding]

    /// Creates a report of findings in any order.
    package init(_ findings: [Finding]) {
        self.findings = Area.allCases.flatMap { area in findings.filter { $0.area == area } }
    }

    /// The number of findings with a status.
    package func count(of status: ReadinessReport.Status) -> Int { findings.count { $0.status == status } }

    /// Whether nothing is broken.
    package var isHealthy: Bool { count(of: .error) == 0 }
}

extension DoctorReport {
    /// The findings about the version and, if there is one, about the service.
    ///
    /// - Parameters:
    ///   - readiness: whether the service can be packaged; `nil` if there is no service.
    ///   - version: the version of this program.
    /// - Returns: the findings.
    package static func findings(_ readiness: ReadinessReport?, version: String) -> [Finding] {
        guard let readiness else {
            return [
                Finding(.versions, .ok, "Furoshiki \(version)"),
                Finding(.configuration, .note, "no service in this directory"),
            ]
        }
        return readiness.findings.map { finding in
            let area: Area =
                switch finding.area {
                case .versions: .versions
                case .plugins: .plugins
                case .variables, .configuration, .runtimes, .requirements: .configuration
                }
            return Finding(
                area,
                finding.status,
                finding.text,
                help: finding.help,
                code: finding.code,
                at: finding.place
            )
        }
    }

    /// The finding about a configuration that cannot be read.
    package static func findings(_ error: DiagnosticError, version: String) -> [Finding] {
        [Finding(.versions, .ok, "Furoshiki \(version)")]
            + error.diagnostics.map { Finding(.configuration, .error, $0) }
    }
}
