import Diagnostics
import LocalCommands
import OrderedJSON

/// `generate-event`: prints a sample event of an AWS service, such as `invoke local` accepts.
struct EventGenerate: FuroshikiCommand {
    let command = Command(
        "generate-event",
        "Print a sample event of an AWS service",
        options: [
            CommandOption(
                "type",
                "t",
                "Event source: \(SampleEvent.allCases.map(\.rawValue).joined(separator: ", "))",
                isRequired: true
            ),
            CommandOption("body", "b", "Message, request body, data or members of the event"),
        ]
    )

    func run(_ run: CommandRun) async throws {
        let source = try SampleEvent(named: run.invocation.text("type") ?? "")
        run.terminal.write(try source.event(body: run.invocation.text("body")))
    }
}
