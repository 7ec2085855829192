import AWSClient
import Deployment
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `invoke`: runs a deployed function.
struct FunctionInvoke: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "invoke",
            "Invoke a deployed function",
            options: [
                .function, CommandOption("data", "d", "Event, as a string"),
                CommandOption("path", "p", "JSON or YAML file that contains the event"),
                CommandOption("type", "t", "Invocation type: RequestResponse, Event or DryRun"),
                CommandOption("qualifier", "q", "Version or alias to invoke"),
                CommandOption("log", "l", .flag, "Show the last part of the log"),
                CommandOption("raw", nil, .flag, "Pass the data on as a string"),
                CommandOption("context", "Client context, as a string"),
                CommandOption("contextPath", "JSON or YAML file that contains the client context"),
            ]
        )
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let context = try run.deployment(configuration)
        for function in try run.functions(of: configuration.service) {
            let input = InvocationInput(run)
            var invocation = LambdaAPI.Invocation(function: function.name)
            invocation.kind = try Self.kind(run.invocation.text("type"))
            invocation.qualifier = run.invocation.text("qualifier")
            invocation.returnsLog = run.invocation.has("log") && invocation.kind == .requestResponse
            invocation.clientContext = try input.value(of: "context", path: "contextPath")
                .map { String(decoding: $0, as: UTF8.self) }
            invocation.payload = try input.event()
            do {
                try Self.show(try await context.aws.lambda.invoke(invocation), of: function.key, run.terminal)
            } catch let error as AWSError where error.status == 404 {
                throw DiagnosticError.functionNotDeployed(function)
            }
        }
    }

    private static func kind(_ text: String?) throws -> LambdaAPI.Invocation.Kind {
        guard let text else { return .requestResponse }
        if let kind = LambdaAPI.Invocation.Kind(rawValue: text) { return kind }
        throw DiagnosticError(
            .invalidOptionValue,
            "the option '--type' has the value '\(text)'",
            help: ["use RequestResponse, Event or DryRun"]
        )
    }

    private static func show(_ result: LambdaAPI.InvocationResult, of key: String, _ terminal: Terminal) throws {
        if !result.payload.isEmpty {
            let text = String(decoding: result.payload, as: UTF8.self)
            let value = try? JSONValue(parsing: result.payload)
            terminal.write((value.map { JSONWriter(indentation: 4).text(of: $0) } ?? text) + "\n")
        }
        if let log = result.log, !terminal.isJSON {
            terminal.write(String(repeating: "-", count: 68) + "\n")
            for line in log.split(separator: "\n") {
                if let text = LogLine.text(of: String(line)) { terminal.write(text + "\n") }
            }
        }
        if result.error != nil {
            throw DiagnosticError(.invocationFailed, "the function '\(key)' failed; its result has the error")
        }
    }
}
