import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `invoke local`: calls a function of the service on this machine, with the requirements that it has in Lambda.
enum FunctionInvokeLocal: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        if run.invocation.has("docker") {
            throw DiagnosticError("'invoke local --docker' is not in this version of Furoshiki yet", category: .system)
        }
        let configuration = try await run.configuration()
        let function = try LocalFunction(run.invocation.text("function") ?? "", of: configuration.service)
        let environment = try function.environment(
            over: configuration.environment,
            overrides: run.invocation.texts("env")
        )
        let event = try event(run)
        let context = try value(of: "context", path: "contextPath", run).map { try JSONValue(parsing: $0) }
        var requirements: [LocalPath] = []
        if function.usesPython {
            let request = BundleRequest(requirementsOf: configuration, function: function.function.key)
            if request.installsRequirements {
                requirements = try await Bundler.live(in: configuration.environment)
                    .installRequirements(of: request)
                    .installed.map(\.directory)
            }
        }
        try await function.run(
            event: event,
            context: context?.objectValue ?? [:],
            isResultAlone: run.terminal.isJSON,
            environment: environment,
            requirements: requirements,
            processes: LiveProcessRunner()
        )
    }

    /// The event as JSON: `--data`, a file, the standard input unless it is a terminal, or an empty object.
    private static func event(_ run: CommandRun) throws -> [UInt8] {
        if let given = try value(of: "data", path: "path", run) { return given }
        guard isatty(0) == 0 else { return Array("{}".utf8) }
        let text = try LiveFileSystem().readText("/dev/stdin")
        return text.isEmpty ? Array("{}".utf8) : value(text, run)
    }

    private static func value(of option: String, path: String, _ run: CommandRun) throws -> [UInt8]? {
        if let text = run.invocation.text(option) { return value(text, run) }
        guard let name = run.invocation.text(path) else { return nil }
        let bytes = try LiveFileSystem().read(run.directory / name)
        switch LocalPath(name).fileExtension {
        case "yml", "yaml": return JSONWriter().bytes(of: try ConfigurationText.yaml(bytes, file: name)?.json ?? .null)
        case "json":
            _ = try ConfigurationText.json(bytes, file: name)
            return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        default:
            return value(String(decoding: bytes, as: UTF8.self).trimmingWhitespace, run)
        }
    }

    /// What a text stands for: JSON where it is that and is not to be left as it is.
    private static func value(_ text: String, _ run: CommandRun) -> [UInt8] {
        let bytes = Array(text.utf8)
        if !run.invocation.has("raw"), (try? JSONValue(parsing: bytes)) != nil { return bytes }
        return JSONWriter().bytes(of: .string(text))
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
