import AWSClient
import Deployment
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `logs`: shows the logs of deployed functions.
struct FunctionLogsCommand: FuroshikiCommand {
    let command = Command(
        "logs",
        "Show the logs of deployed functions",
        options: [
            .functions, CommandOption("tail", "t", .flag, "Stream new log events"),
            CommandOption("startTime", "Start of the log events: a time, or an age such as 10m"),
            CommandOption("filter", "Filter pattern for log events"),
            CommandOption("interval", "i", "Polling interval in milliseconds (default: 1000)"),
        ]
    )

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let functions = try run.functions(of: configuration.service)
        let context = try run.deployment(configuration)
        let now = run.machine.wallClock.nowMilliseconds
        let isTailing = run.invocation.has("tail")
        let start = try run.invocation.text("startTime")
            .map { try PointInTime.milliseconds(of: $0, option: "startTime", now: now) }
        let request = FunctionLogs.Request(
            functions: functions,
            start: start ?? now - (isTailing ? 10_000 : 600_000),
            pattern: run.invocation.text("filter"),
            isTailing: isTailing,
            interval: try Self.interval(run.invocation.text("interval"))
        )
        let terminal = run.terminal
        try await FunctionLogs(context)
            .read(request) { number, event in
                let key = functions[number].key
                if terminal.isJSON {
                    let line: JSONValue = [
                        "function": .string(key), "timestamp": .number(Double(event.timestamp)),
                        "message": .string(event.message),
                    ]
                    return terminal.write(JSONWriter().text(of: line) + "\n")
                }
                guard let text = LogLine.text(of: event.message) else { return }
                terminal.write(
                    functions.count > 1
                        ? "\(terminal.outputStyle.text(key, Self.colors[number % Self.colors.count])) \(text)\n"
                        : text + "\n"
                )
            }
    }

    /// The colors that tell the functions apart.
    private static let colors: [TextStyle.Role] = [.note, .success, .warning, .place, .error]

    private static func interval(_ text: String?) throws -> Duration {
        guard let text else { return .seconds(1) }
        guard let number = Int(text), number > 0 else {
            throw DiagnosticError(
                .invalidOptionValue,
                "the option '--interval' has the value '\(text)'",
                help: ["use a number of milliseconds"]
            )
        }
        return .milliseconds(number)
    }
}
