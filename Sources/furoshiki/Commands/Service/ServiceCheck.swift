import Diagnostics
import HostSystem
import LambdaRuntimes
import ServerlessConfig
import ServiceLifecycle

/// `check`: reports whether a service can be packaged, before anything is resolved, downloaded or written.
struct ServiceCheck: FuroshikiCommand {
    let command = Command(
        "check",
        "Check whether a service is ready to be packaged, without downloading or writing anything"
    )

    func run(_ run: CommandRun) async throws {
        let survey = try await run.survey()
        let report = try await ReadinessReport(
            of: survey,
            version: Version.current,
            today: CalendarDate(milliseconds: run.machine.wallClock.nowMilliseconds),
            bundler: run.bundler(in: survey.resolved?.environment ?? run.machine.environment)
        )
        ReadinessTable(report).show(on: run.terminal)
        guard !report.isReady else { return }
        throw DiagnosticError(.serviceNotReady, "the service is not ready to be packaged")
    }
}
