import ConfigurationValues
import Diagnostics
package import HostSystem
package import LambdaBundle
package import LambdaRuntimes
package import ServerlessConfig
import ServicePlugins

/// What is known about a service before anything is resolved, downloaded or written: whether it can be packaged, and what
/// will be missing.
package struct ReadinessReport: Sendable {
    /// The part of a service that a finding is about, in the order of the report.
    package enum Area: String, Sendable, CaseIterable {
        case versions, plugins, variables, configuration, runtimes, requirements
    }

    /// Whether something is in order.
    package enum Status: String, Sendable, Comparable {
        case ok, note, warning, error

        private var rank: Int {
            switch self {
            case .ok: 0
            case .note: 1
            case .warning: 2
            case .error: 3
            }
        }

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    /// One line of the report.
    package typealias Finding = ReportFinding<Area>

    /// The configuration file, absolute.
    package let file: LocalPath
    /// The name of the service; `nil` if the configuration has errors.
    package let service: String?
    /// The findings, by area.
    package let findings: [Finding]

    /// Whether the service can be packaged.
    package var isReady: Bool { count(of: .error) == 0 }

    /// The number of findings with a status.
    package func count(of status: Status) -> Int { findings.count { $0.status == status } }
}

extension ReadinessReport {
    /// Examines a service.
    ///
    /// - Parameters:
    ///   - survey: the configuration, as far as it can be read.
    ///   - version: the version of this program.
    ///   - today: the day on which the support of runtimes is judged.
    ///   - bundler: plans the artifacts, which reads the requirement sources.
    /// - Throws: what planning throws other than diagnostics, `CancellationError`.
    package init(
        of survey: ConfigurationSurvey,
        version: String,
        today: CalendarDate,
        bundler: Bundler
    ) async throws {
        var findings = Self.versions(survey, version) + Self.plugins(survey)
        var problems = survey.diagnostics
        if let resolved = survey.resolved {
            problems += TemplatePrerequisites.errors(in: resolved.service.root)
            findings += Self.runtimes(of: resolved.service, today: today)
            let requirements = try await Self.requirements(of: resolved, bundler)
            findings += requirements.findings
            // Planning the artifacts finds some problems again, such as an unknown runtime.
            let known = problems
            problems += requirements.problems.filter { problem in
                !known.contains { $0.code == problem.code && $0.place == problem.place }
            }
        }
        findings += Self.variables(survey) + Self.findings(of: ConfigurationSurvey.withoutUnread(problems))
        for area in Area.allCases where !findings.contains(where: { $0.area == area }) {
            findings.append(Self.inOrder(area, survey))
        }
        self.init(
            file: survey.file,
            service: survey.resolved?.service.name,
            findings: Area.allCases.flatMap { area in findings.filter { $0.area == area } }
        )
    }

    /// The findings that diagnostics report, other than those that have lines of their own.
    private static func findings(of problems: [Diagnostic]) -> [Finding] {
        problems.compactMap { problem in
            let area = area(of: problem)
            // Plugins and versions have a line each; notes of other parts are not needed to judge a service.
            guard area != .plugins, area != .versions, problem.severity != .note || area == .runtimes else {
                return nil
            }
            return Finding(area, problem)
        }
    }

    /// The line of a part in which nothing was found.
    private static func inOrder(_ area: Area, _ survey: ConfigurationSurvey) -> Finding {
        let text: String
        switch area {
        case .versions: text = "no version is required"
        case .plugins: text = "no plugins"
        case .variables: text = survey.resolved == nil ? "not checked" : "all variables have values"
        case .configuration:
            let functions = survey.resolved?.service.functions.count
            text = functions.map { Quantity.text($0, "function") } ?? "not checked completely"
        case .runtimes: text = survey.resolved == nil ? "not checked" : "no functions with a runtime"
        case .requirements: text = survey.resolved == nil ? "not checked" : "no Python requirements"
        }
        return Finding(area, survey.resolved == nil && area != .plugins && area != .versions ? .note : .ok, text)
    }

    static func area(of problem: Diagnostic) -> Area {
        switch problem.code {
        case .unsupportedFrameworkVersion, .invalidVersionRange: .versions
        case .pluginNotRun, .pluginChangesPackage, .unknownPlugin: .plugins
        case .unknownRuntime, .deprecatedRuntime, .unlistedRuntime: .runtimes
        case .invalidVariableSyntax, .unknownVariableSource, .unresolvedVariable, .variableNeedsAWS,
            .remoteVariableFailed, .variableCycle, .variableNestingTooDeep, .invalidVariableArgument,
            .variableNotAString, .variableNotAvailable, .circularEnvFile:
            .variables
        default: problem.category == .resolution || problem.category == .build ? .requirements : .configuration
        }
    }

    // MARK: Versions and plugins

    private static func versions(_ survey: ConfigurationSurvey, _ version: String) -> [Finding] {
        let ours = "Furoshiki \(version), compatible with Serverless \(ConfigurationLoader.frameworkVersion)"
        let found = survey.diagnostics.filter { area(of: $0) == .versions }
        guard found.isEmpty else { return found.map { Finding(.versions, $0) } }
        let required = survey.root["frameworkVersion"]?.string.map { ", the service requires \($0)" } ?? ""
        return [Finding(.versions, .ok, ours + required)]
    }

    /// The variables that only AWS can answer, which are looked up when the service is packaged.
    private static func variables(_ survey: ConfigurationSurvey) -> [Finding] {
        guard !survey.remoteVariables.isEmpty else { return [] }
        let names = survey.remoteVariables.prefix(5).map { "${\($0)}" }.joined(separator: ", ")
        let more = survey.remoteVariables.count > 5 ? " and \(survey.remoteVariables.count - 5) more" : ""
        return [
            Finding(
                .variables,
                .warning,
                "\(Quantity.text(survey.remoteVariables.count, "value")) in AWS, not checked: \(names)\(more)",
                help: ["packaging needs credentials that can read them"],
                code: .variableNeedsAWS
            )
        ]
    }

    private static func plugins(_ survey: ConfigurationSurvey) -> [Finding] {
        survey.plugins.entries.map { entry in
            if entry.status == .builtIn { return Finding(.plugins, .ok, "\(entry.name): built in") }
            let reported = survey.plugins.diagnostic(about: entry.name, makesPackage: true)
            let status = reported.map { Status($0.severity) } ?? .ok
            return Finding(
                .plugins,
                status,
                "\(entry.name) (\(className(of: entry))): \(entry.losses.joined(separator: ", and "))",
                help: status == .error ? reported?.help ?? [] : [],
                code: reported?.code,
                at: reported?.place
            )
        }
    }

    private static func className(of entry: PluginReview.Entry) -> String {
        switch entry.status {
        case .builtIn: "built in"
        case .known(.commands): "commands only"
        case .known(.deployment): "acts at deployment"
        case .known(.package): "changes the package"
        case .unknown: "not known"
        case .missing: "not found"
        }
    }
}

extension ReadinessReport.Finding {
    /// The finding that a diagnostic reports.
    init(_ area: ReadinessReport.Area, _ diagnostic: Diagnostic) {
        self.init(area, ReadinessReport.Status(diagnostic.severity), diagnostic)
    }
}

extension ReadinessReport.Status {
    /// The status of something with a diagnostic.
    init(_ severity: Diagnostic.Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        case .note: self = .note
        }
    }
}
