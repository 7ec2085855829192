import CloudFormation
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// A function of a service that can run on this machine.
struct LocalFunction: Sendable {
    /// The service of the function.
    let service: Service
    let function: ServiceFunction
    /// The handler, such as `app.main`; empty for a container image.
    let handler: String
    /// The runtime, which may be the default one.
    let runtime: FunctionRuntime

    /// Finds a function by its key.
    ///
    /// - Parameters:
    ///   - name: the key of the function.
    ///   - service: the service.
    ///   - inContainer: whether it runs in a container, as every function can.
    /// - Throws: ``DiagnosticError`` if the service has no such function, or if the function cannot run on this machine.
    init(_ name: String, of service: Service, inContainer: Bool = false) throws(DiagnosticError) {
        guard let function = service.function(name) else { throw Self.unknown(name, of: service) }
        let handler = function.handler?.string ?? (inContainer ? "" : nil)
        guard let handler, inContainer || function.image == nil else {
            throw DiagnosticError(
                .functionNotLocal,
                "function '\(name)' is a container image and cannot run on this machine",
                at: function.node.keyPlace,
                help: ["run its image in a container: add '--docker'"]
            )
        }
        self.service = service
        self.function = function
        self.handler = handler
        runtime = service.runtime(of: function)
    }

    /// The error of a key that no function of the service has.
    static func unknown(_ name: String, of service: Service) -> DiagnosticError {
        DiagnosticError(
            .unknownFunction,
            "the service has no function '\(name)'",
            at: service.root["functions"]?.keyPlace,
            help: NearestNames.help(for: name, among: service.functions.map(\.key))
        )
    }

    private var unsupportedRuntime: DiagnosticError {
        DiagnosticError(
            .functionNotLocal,
            "\(function.label) uses the runtime '\(runtime.name)', which cannot run on this machine",
            at: runtime.setting.place,
            notes: ["'invoke local' supports Python and Node.js"],
            help: ["run it in the image of its runtime: add '--docker'"]
        )
    }

    /// Whether the function is written in Python, so that it may have requirements.
    var usesPython: Bool { runtime.language == .python }

    /// The directories of the service's own layers that the function uses.
    private var layers: [LocalPath] {
        let used = (function.node["layers"] ?? service.provider["layers"])?.list ?? []
        let names = used.compactMap { $0["Ref"]?.string }
        return service.layers.compactMap { layer in
            guard names.contains(Naming.layerID(layer.key)) else { return nil }
            return layer.node["path"]?.string.map { service.directory / $0 }
        }
    }

    /// Runs the function; its output and its result go to the program's own streams.
    ///
    /// - Parameters:
    ///   - event: the event as JSON.
    ///   - context: members of the context that are added to those of Lambda, or replace them.
    ///   - isResultAlone: whether the output of the function goes to standard error, so that standard output has only the
    ///     result.
    ///   - environment: the environment variables of the function.
    ///   - requirements: the directories that contain the function's requirements.
    ///   - machine: runs the interpreter.
    /// - Throws: ``DiagnosticError`` if the function fails or cannot be started, ``FunctionTimeout``.
    func run(
        event: [UInt8],
        context: OrderedMap<JSONValue>,
        isResultAlone: Bool,
        environment: Environment,
        requirements: [LocalPath],
        on machine: Machine
    ) async throws {
        var whole: OrderedMap<JSONValue> = [
            "functionName": .string(function.name),
            "memory": .number((function.node["memorySize"] ?? service.provider["memorySize"])?.number ?? 1024),
            "timeout": .number(timeout?.number ?? 6),
            "arn": .string("arn:aws:lambda:\(service.region):000000000000:function:\(function.name)"),
        ]
        for (key, value) in context { whole[key] = value }
        let root = function.node["module"]?.string.map { service.directory / $0 } ?? service.directory
        let paths = [root, service.directory] + requirements + layers.map { $0 / "python" }
        let rest: JSONValue = [
            "context": .object(whole), "isResultAlone": .bool(isResultAlone),
            "paths": .array(paths.map { .string($0.string) }),
        ]
        // The event is passed on as it was written: other languages have larger integers.
        let input = Array("{\"event\":".utf8) + event + Array(",".utf8) + JSONWriter().bytes(of: rest).dropFirst()
        switch runtime.language {
        case .python:
            let program = PythonInterpreter.program(for: runtime.name, in: environment, files: machine.files)
            let arguments = ["-u", "-c", Self.text(PackageResources.run_function_py), handler]
            try await run(ProcessRequest(program, arguments, environment: environment), input, on: machine)
        case .node:
            let variables = environment.addingNodeModules(of: layers)
            // Code that is passed as an argument would share its names with the modules that it loads.
            try await TemporaryDirectory.with(in: environment.temporaryDirectory, files: machine.files) { directory in
                let runner = directory / "run_function.cjs"
                try machine.files.write(PackageResources.run_function_cjs, to: runner)
                try await run(
                    ProcessRequest("node", [runner.string, handler], environment: variables),
                    input,
                    on: machine
                )
            }
        case .other: throw unsupportedRuntime
        }
    }

    /// Runs the interpreter and reports how it ends.
    private func run(_ request: ProcessRequest, _ input: [UInt8], on machine: Machine) async throws {
        var request = request
        request.workingDirectory = service.directory
        request.input = .bytes(input)
        request.output = .inherited
        request.errorOutput = .inherited
        // Lambda also stops the processes of a function when it returns or its time is over.
        request.endsDescendants = true
        let start = machine.clock.now
        let result: ProcessResult
        do {
            result = try await machine.processes.run(request)
        } catch let error as ProcessStartError {
            throw DiagnosticError(
                .interpreterNotStarted,
                "cannot run \(function.label) with '\(request.program)'",
                at: function.runtime?.place,
                notes: ["\(error)"],
                help: ["install '\(request.program)' in a directory that is on the PATH"]
            )
        }
        if result.isSuccess { return }
        let seconds = timeout?.number ?? 6
        if FunctionTimeout.isReached(result.status, after: machine.clock.now - start, limit: .seconds(seconds)) {
            throw FunctionTimeout(label: function.label, seconds: seconds, place: timeout?.place)
        }
        throw DiagnosticError(.functionFailed, "\(function.label) failed")
    }

    /// The value of the function's timeout in seconds; `nil` for Lambda's default.
    var timeout: ConfigurationValue? { function.node["timeout"] ?? service.provider["timeout"] }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Environment {
    /// This environment with `NODE_PATH`, so that Node.js finds the modules of layers as in Lambda.
    fileprivate func addingNodeModules(of layers: [LocalPath]) -> Environment {
        guard !layers.isEmpty else { return self }
        let folders = layers.map { ($0 / "nodejs/node_modules").string } + [nonEmpty("NODE_PATH")].compactMap(\.self)
        var result = self
        result.variables["NODE_PATH"] = folders.joined(separator: ":")
        return result
    }
}
