import Deployment
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `metrics`: shows how often functions ran, failed and were throttled, and how long they took.
struct FunctionMetricsCommand: FuroshikiCommand {
    let command = Command(
        "metrics",
        "Show metrics of the service or of single functions",
        options: [
            CommandOption("function", "f", .repeated, "Key of a function in the configuration; may be repeated"),
            CommandOption("startTime", "Start of the period: a time, or an age such as 2h (default: 24h)"),
            CommandOption("endTime", "End of the period (default: now)"),
        ]
    )

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let functions = try run.functions(of: configuration.service)
        let now = run.machine.wallClock.nowMilliseconds
        func time(_ option: String) throws -> Int64? {
            try run.invocation.text(option).map { try PointInTime.milliseconds(of: $0, option: option, now: now) }
        }
        let end = try time("endTime") ?? now
        let start = try time("startTime") ?? end - 86_400_000
        let metrics = try await FunctionMetrics.find(of: functions, from: start, to: end, run.deployment(configuration))
        if run.terminal.isJSON { return run.terminal.write(metrics.json) }
        let isService = run.invocation.texts("function").isEmpty
        let period = [start, end].map { InstantText.iso8601(milliseconds: $0) }.joined(separator: " - ")
        let name = isService ? "Service wide metrics" : functions.map(\.key).joined(separator: ", ")
        run.terminal.write("\(name)\n\(period)\n\n")
        if functions.isEmpty { return run.terminal.write("There are no functions\n") }
        let milliseconds = (metrics.averageMilliseconds * 100).rounded() / 100
        run.terminal.write(
            """
            invocations: \(JSONWriter.text(of: metrics.invocations))
            throttles: \(JSONWriter.text(of: metrics.throttles))
            errors: \(JSONWriter.text(of: metrics.errors))
            duration (avg.): \(JSONWriter.text(of: milliseconds))ms

            """
        )
    }
}
