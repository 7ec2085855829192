import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import LambdaRuntimes
import ServerlessConfig

extension ReadinessReport {
    /// The number of months before the end of a runtime's support from which it is reported.
    private static let monthsOfWarning = 6

    // MARK: Runtimes

    /// The runtimes of the functions that are not images, each with the functions that use it.
    static func runtimes(of service: Service, today: CalendarDate) -> [Finding] {
        var names: [String] = []
        var functions: [String: [String]] = [:]
        for function in service.functions where function.image == nil {
            let name = service.runtime(of: function).name
            if functions[name] == nil { names.append(name) }
            functions[name, default: []].append(function.key)
        }
        return names.compactMap { name in
            // Every other name is reported by the check of runtimes.
            guard case .known(let runtime) = RuntimeCatalog.match(name) else { return nil }
            let users = Quantity.text(functions[name]?.count ?? 0, "function")
            return finding(of: runtime, usedBy: users, today: today)
        }
    }

    private static func finding(of runtime: KnownRuntime, usedBy users: String, today: CalendarDate) -> Finding {
        guard let end = runtime.end else { return Finding(.runtimes, .ok, "\(runtime.name), \(users)") }
        let warningStart = end.deprecated.adding(months: -monthsOfWarning)
        let text: String
        if end.updateBlocked <= today {
            text = "functions cannot be updated since \(end.updateBlocked)"
        } else if end.createBlocked <= today {
            text = "functions cannot be created since \(end.createBlocked), and not updated from \(end.updateBlocked)"
        } else if end.deprecated <= today {
            text = "not supported since \(end.deprecated), functions cannot be created from \(end.createBlocked)"
        } else {
            let isNear = warningStart <= today
            return Finding(
                .runtimes,
                isNear ? .warning : .ok,
                "\(runtime.name), \(users): supported until \(end.deprecated)",
                help: isNear ? ["change 'runtime' to a later version before that day"] : [],
                code: isNear ? .deprecatedRuntime : nil
            )
        }
        return Finding(
            .runtimes,
            .warning,
            "\(runtime.name), \(users): \(text)",
            help: ["change 'runtime' to a later version; AWS may have moved these days: \(RuntimeCatalog.source)"],
            code: .deprecatedRuntime
        )
    }

    // MARK: Requirements

    /// What is known about the requirements of a service, and the problems that planning its artifacts finds.
    static func requirements(
        of configuration: ResolvedConfiguration,
        _ bundler: Bundler
    ) async throws -> (findings: [Finding], problems: [Diagnostic]) {
        let service = configuration.service
        let request = BundleRequest(
            service,
            configurationFile: configuration.file.relative(to: service.directory).string,
            outputDirectory: nil,
            environment: configuration.environment
        )
        let bundle: PreparedBundle
        do {
            bundle = try await bundler.prepare(request)
        } catch let error as DiagnosticError {
            return (undetermined(error.diagnostics), error.diagnostics)
        }
        var errors: [Diagnostic] = []
        let summaries = bundle.requirementSummaries(errors: &errors)
        let findings = summaries.isEmpty && !errors.isEmpty ? undetermined(errors) : summaries.flatMap(findings)
        return (findings, bundle.findings + errors)
    }

    /// The line of requirements that are not known because of errors; none if the errors are about requirements, and so
    /// are in this part of the report.
    private static func undetermined(_ errors: [Diagnostic]) -> [Finding] {
        guard !errors.contains(where: { area(of: $0) == .requirements }) else { return [] }
        return [Finding(.requirements, .note, "not determined, because the artifacts cannot be planned")]
    }

    private static func findings(of summary: PreparedBundle.RequirementSummary) -> [Finding] {
        let things = Quantity.text(summary.count, summary.isLock ? "distribution" : "requirement")
        let state = summary.isLock ? "" : ", which 'package' resolves"
        let whole = Finding(.requirements, .ok, "\(summary.source) for \(summary.target): \(things)\(state)")
        guard !summary.withoutWheel.isEmpty else { return [whole] }
        let names = summary.withoutWheel.prefix(5).joined(separator: ", ")
        let more = summary.withoutWheel.count > 5 ? " and \(summary.withoutWheel.count - 5) more" : ""
        return [
            whole,
            Finding(
                .requirements,
                .warning,
                "no wheel for \(summary.target): \(names)\(more)",
                help: [
                    "a wheel is built on this machine, which works for pure Python or if the machine is like the target"
                ]
            ),
        ]
    }
}
