import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// A function of a service that runs on this machine.
struct LocalFunction: Sendable {
    let service: Service
    let function: Function
    let handler: String
    let runtime: String

    /// Finds a function and what is needed to run it.
    ///
    /// - Throws: ``DiagnosticError`` where there is none of the name, or it cannot run here.
    init(_ name: String, of service: Service) throws(DiagnosticError) {
        guard let function = service.function(name) else {
            let keys = service.functions.map(\.key)
            let help = NearestNames.nearest(to: name, among: keys).map { "did you mean '\($0)'?" }
            throw DiagnosticError(
                "the service has no function '\(name)'",
                at: service.root["functions"]?.keyPlace,
                help: help.map { [$0] } ?? []
            )
        }
        guard function.image == nil, let handler = function.handler?.string else {
            throw DiagnosticError(
                "the function '\(name)' is a container image, which cannot be called on this machine",
                at: function.node.keyPlace
            )
        }
        self.service = service
        self.function = function
        self.handler = handler
        // Serverless v3 takes Node where nothing is said.
        runtime = service.runtime(of: function)?.string ?? "nodejs20.x"
    }

    private enum Language { case python, node }

    private func language() throws(DiagnosticError) -> Language {
        if runtime.hasPrefix("python") { return .python }
        if runtime.hasPrefix("nodejs") { return .node }
        throw DiagnosticError(
            "functions of the runtime '\(runtime)' cannot be called on this machine",
            at: service.runtime(of: function)?.place,
            notes: ["Python and Node can"]
        )
    }

    /// Whether the function gets Python requirements.
    var usesPython: Bool { runtime.hasPrefix("python") }

    /// Runs the function; what it prints and its result go to the program's own streams.
    ///
    /// - Throws: ``DiagnosticError`` where it raises or cannot be started.
    func run(
        event: JSONValue,
        context: OrderedMap<JSONValue>,
        environment: Environment,
        requirements: [LocalPath],
        processes: any ProcessRunner
    ) async throws {
        var whole: OrderedMap<JSONValue> = [
            "functionName": .string(function.name),
            "memory": .number((function.node["memorySize"] ?? service.provider["memorySize"])?.number ?? 1024),
            "timeout": .number((function.node["timeout"] ?? service.provider["timeout"])?.number ?? 6),
            "arn": .string("arn:aws:lambda:\(service.region):000000000000:function:\(function.name)"),
        ]
        for (key, value) in context { whole[key] = value }
        let root = function.node["module"]?.string.map { service.directory / $0 } ?? service.directory
        let paths = ([root, service.directory] + requirements).map { JSONValue.string($0.string) }
        let input: JSONValue = ["event": event, "context": .object(whole), "paths": .array(paths)]
        let language = try language()
        let split = handler.lastIndex(of: ".") ?? handler.endIndex
        var request: ProcessRequest
        switch language {
        case .python:
            request = ProcessRequest(
                runtime,
                ["-u", "-c", Self.text(PackageResources.run_function_py), handler],
                environment: environment
            )
        case .node:
            let parts = [String(handler[..<split]), String(handler[split...].dropFirst())]
            request = ProcessRequest(
                "node",
                ["-e", Self.text(PackageResources.run_function_cjs), "--"] + parts,
                environment: environment
            )
        }
        request.workingDirectory = service.directory
        request.input = .bytes(JSONWriter().bytes(of: input))
        request.output = .inherited
        request.errorOutput = .inherited
        let result: ProcessResult
        do {
            result = try await processes.run(request)
        } catch let error as ProcessStartError {
            throw DiagnosticError(
                "the function '\(function.key)' needs '\(request.program)', which cannot be started",
                category: .system,
                at: function.runtime?.place,
                notes: ["\(error)"],
                help: ["install it, so that it is on the PATH"]
            )
        }
        guard result.isSuccess else {
            throw DiagnosticError("the function '\(function.key)' failed", category: .system)
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The environment as Lambda sets it, then what the service says, then what the user says.
    ///
    /// - Throws: ``DiagnosticError`` for values that only a deployed stack has.
    func environment(over base: Environment, overrides: [String]) throws(DiagnosticError) -> Environment {
        var result = base
        let memory = (function.node["memorySize"] ?? service.provider["memorySize"])?.number ?? 1024
        let fixed: [(String, String)] = [
            ("LANG", "en_US.UTF-8"), ("LAMBDA_TASK_ROOT", "/var/task"), ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
            ("AWS_REGION", service.region), ("AWS_DEFAULT_REGION", service.region),
            ("AWS_LAMBDA_FUNCTION_NAME", function.name), ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", JSONWriter.text(of: memory)),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/\(function.name)"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        ]
        for (name, value) in fixed { result.variables[name] = value }
        for part in [service.provider["environment"], function.node["environment"]] {
            for (name, node) in part?.map ?? [:] {
                if node.map != nil {
                    throw DiagnosticError(
                        "the environment variable '\(name)' has a value that only a deployed stack has",
                        at: node.place,
                        help: ["give it a value here: --env \(name)=VALUE"]
                    )
                }
                result.variables[name] = node.isNull ? nil : node.string ?? JSONWriter().text(of: node.json)
            }
        }
        for override in overrides {
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            result.variables[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        return result
    }
}
