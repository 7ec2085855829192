import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `invoke local`: runs a function of the service on this machine, with the same requirements as in Lambda.
struct FunctionInvokeLocal: FuroshikiCommand {
    var command: Command {
        var command = Command("invoke local", "Run a function on this machine", options: Self.options)
        command.examples = [
            "invoke local -f hello --data '{\"id\": 1}'", "invoke local -f hello --path event.json",
            "invoke local -f hello --docker",
        ]
        return command
    }

    private static let options = [
        .function, CommandOption("data", "d", "Event, as a string"),
        CommandOption("path", "p", "JSON or YAML file that contains the event"),
        CommandOption("raw", nil, .flag, "Pass the data on as a string"),
        CommandOption("context", "Context of the invocation, as a string"),
        CommandOption("contextPath", "x", "JSON or YAML file that contains the context"),
        CommandOption("env", "e", .repeated, "Environment variable, written as NAME=VALUE"),
        CommandOption("docker", nil, .flag, "Run the function in a container of its runtime's image"),
        CommandOption("docker-arg", nil, .repeated, "Further argument of docker run, such as '-p 9229:9229'"),
    ]

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        if run.invocation.has("docker") { return try await ContainerInvocationRun(run, configuration).run() }
        let function = try LocalFunction(run.invocation.text("function") ?? "", of: configuration.service)
        let environment = try function.environment(
            over: configuration.environment,
            overrides: run.invocation.texts("env")
        )
        let input = InvocationInput(run)
        let event = try input.event()
        let context = try input.context()
        var requirements: [LocalPath] = []
        if function.usesPython {
            let request = BundleRequest(requirementsOf: configuration, function: function.function.key)
            if request.installsRequirements {
                requirements = try await run.bundler(in: configuration.environment)
                    .installRequirements(
                        of: request,
                        onWait: { run.terminal.log(waiting: $0, from: request.directory) }
                    )
                    .installed.map(\.directory)
            }
        }
        do {
            try await function.run(
                event: event,
                context: context,
                isResultAlone: run.terminal.isJSON,
                environment: environment,
                requirements: requirements,
                on: run.machine
            )
        } catch let error as FunctionTimeout {
            run.terminal.write(error.payload)
            throw error
        }
    }
}

/// The event and the context that the command line gives to a function.
struct InvocationInput {
    private let run: CommandRun

    /// Creates the input of a run.
    init(_ run: CommandRun) { self.run = run }

    /// The event as JSON: `--data`, a file, standard input unless it is a terminal, or an empty object.
    func event() throws -> [UInt8] {
        if let given = try value(of: "data", path: "path") { return given }
        guard !run.machine.streams.isTerminal(.input) else { return Array("{}".utf8) }
        let text = String(decoding: try run.machine.streams.readInput(), as: UTF8.self)
        return text.isEmpty ? Array("{}".utf8) : value(of: text)
    }

    /// The members of the context; empty if none is given.
    func context() throws -> OrderedMap<JSONValue> {
        try value(of: "context", path: "contextPath").map { try JSONValue(parsing: $0) }?.objectValue ?? [:]
    }

    /// The JSON that one of two options gives, as text or as a file; `nil` if neither is given.
    func value(of option: String, path: String) throws -> [UInt8]? {
        if let text = run.invocation.text(option) { return value(of: text) }
        guard let name = run.invocation.text(path) else { return nil }
        let bytes = try run.machine.files.read(run.directory / name)
        switch LocalPath(name).fileExtension {
        case "yml", "yaml": return JSONWriter().bytes(of: try ConfigurationText.yaml(bytes, file: name)?.json ?? .null)
        case "json":
            _ = try ConfigurationText.json(bytes, file: name)
            return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        default:
            return value(of: String(decoding: bytes, as: UTF8.self).trimmingWhitespace)
        }
    }

    /// The JSON that a string contains; the string itself as JSON if it contains none, or with `--raw`.
    private func value(of text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if !run.invocation.has("raw"), (try? JSONValue(parsing: bytes)) != nil { return bytes }
        return JSONWriter().bytes(of: .string(text))
    }
}

extension String {
    /// The string without whitespace at its ends.
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
