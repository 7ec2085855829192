import AWSClient
import CloudFormation
import ConfigurationValues
import ContainerEngine
import ContainerInvocation
import Deployment
import Diagnostics
import FunctionImages
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `invoke local --docker`: runs a function in a container, with the artifact and the layers that a deployment would have.
struct ContainerInvocationRun {
    private let run: CommandRun
    private let configuration: ResolvedConfiguration
    private let function: LocalFunction
    private let host: HostServices
    private var service: Service { configuration.service }

    /// Prepares the run of the function that `--function` names.
    init(_ run: CommandRun, _ configuration: ResolvedConfiguration) throws {
        self.run = run
        self.configuration = configuration
        host = run.machine.services(in: configuration.environment)
        let name = run.invocation.text("function") ?? ""
        function = try LocalFunction(name, of: configuration.service, inContainer: true)
    }

    /// Runs the function; its result goes to standard output, everything else to standard error.
    ///
    /// - Throws: `DiagnosticError` if the function fails or cannot be started, ``FunctionTimeout``.
    func run() async throws {
        let input = InvocationInput(run)
        let event = try input.event()
        let context = try input.context()
        let variables = try variables(context)
        let program = try ContainerProgram.find(host)
        let directory = host.environment.temporaryDirectory
        let response = try await TemporaryDirectory.with(in: directory, files: host.files) { folder in
            var container = try await container(with: program, folder)
            container.variables = variables
            container.arguments = run.invocation.texts("docker-arg").flatMap(Self.words)
            return try await container.invoke(
                event,
                clientContext: Self.clientContext(context),
                with: program,
                on: host
            ) { [streams = run.machine.streams] piece in
                streams.write(String(decoding: piece, as: UTF8.self), to: .error)
            }
        }
        try show(response)
    }

    /// The words of `--docker-arg`: as in Serverless v3, an option and, after the first blank, its value.
    static func words(of argument: String) -> [String] {
        argument.split(separator: " ", maxSplits: 1).map(String.init)
    }

    // MARK: Input

    /// The environment variables that Lambda sets, those of the function, and the credentials of this process.
    private func variables(_ context: OrderedMap<JSONValue>) throws -> [String: String] {
        var base = Environment([:])
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            base.variables[name] = configuration.environment.nonEmpty(name)
        }
        base.variables["AWS_LAMBDA_FUNCTION_TIMEOUT"] = JSONWriter.text(of: function.timeout?.number ?? 6)
        var result = try function.environment(over: base, overrides: run.invocation.texts("env")).variables
        // The image sets its own directories.
        result["LAMBDA_TASK_ROOT"] = nil
        result["LAMBDA_RUNTIME_DIR"] = nil
        let names = [
            "functionName": "AWS_LAMBDA_FUNCTION_NAME", "functionVersion": "AWS_LAMBDA_FUNCTION_VERSION",
            "memory": "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "timeout": "AWS_LAMBDA_FUNCTION_TIMEOUT",
            "logGroupName": "AWS_LAMBDA_LOG_GROUP_NAME", "logStreamName": "AWS_LAMBDA_LOG_STREAM_NAME",
        ]
        for (member, name) in names {
            guard let value = context[member] else { continue }
            result[name] = value.stringValue ?? JSONWriter().text(of: value)
        }
        return result
    }

    /// The client context: the user's, or all members of the context, which a runtime gives to the function as `custom`.
    private static func clientContext(_ context: OrderedMap<JSONValue>) -> [UInt8]? {
        if context.isEmpty { return nil }
        let client = context["clientContext"] ?? ["custom": .object(context)]
        return JSONWriter().bytes(of: client)
    }

    // MARK: Container

    private func container(with program: ContainerProgram, _ folder: LocalPath) async throws -> ContainerFunction {
        guard let image = function.function.image, image.isTruthy else {
            return try await runtimeContainer(with: program, folder)
        }
        let context = try run.deployment(configuration)
        let images = FunctionImages(of: service, aws: context.aws, host: host) { [terminal = run.terminal] progress in
            if case .building(let name) = progress { terminal.log("Building image \(name)") }
        }
        guard let (name, local) = try await images.localImage(of: function.function, with: program) else {
            throw DiagnosticError(.unexpectedError, "\(function.function.label) has no image")
        }
        var container = ContainerFunction(image: name, identity: local.identity)
        let store = ImageStore(program)
        func words(_ key: String, _ property: String) async throws -> [String] {
            if let value = image[key], value.isTruthy {
                return value.list?.compactMap(\.string) ?? [value.string ?? ""]
            }
            let text = try await store.description(of: local.identity, format: "{{json .Config.\(property)}}")
            return (try? JSONValue(parsing: text))?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        container.command = try await words("entryPoint", "Entrypoint") + words("command", "Cmd")
        container.workingDirectory = image["workingDirectory"]?.string
        return container
    }

    private func runtimeContainer(
        with program: ContainerProgram,
        _ folder: LocalPath
    ) async throws -> ContainerFunction {
        let runtime = function.runtime
        guard let name = RuntimeImage.name(of: runtime.name) else {
            throw DiagnosticError(
                .runtimeHasNoImage,
                "AWS publishes no image for the runtime '\(runtime.name)' of \(function.function.label)",
                at: runtime.setting.place
            )
        }
        let architecture = service.architecture(of: function.function)
        let files = try await files(folder)
        let image: ImageStore.Image
        do {
            image = try await ImageStore(program).pulledImage(name, platform: architecture.imagePlatform)
        } catch let error as DiagnosticError {
            throw error.placed(at: runtime.setting.place ?? function.function.node.keyPlace)
                .noting("\(function.function.label) has the runtime '\(runtime.name)' for \(architecture.name)")
        }
        var container = ContainerFunction(image: name, identity: image.identity)
        container.files = files
        container.command = ["/lambda-entrypoint.sh", function.handler]
        return container
    }

    /// Packages the function and its layers in a directory for temporary files.
    private func files(_ folder: LocalPath) async throws -> FunctionFiles {
        let used = (function.function.node["layers"] ?? service.provider["layers"])?.list ?? []
        let references = Set(used.compactMap { $0["Ref"]?.string })
        var request = BundleRequest(requirementsOf: configuration, function: function.function.key)
        request.outputDirectory = folder / "package"
        request.layers.removeAll { !references.contains(Naming.layerID($0.key)) }
        let report = try await run.bundler(in: configuration.environment).bundle(request)
        var files = FunctionFiles()
        files.hasOwnRuntime = function.runtime.name.hasPrefix("provided")
        files.artifact = report.functions[function.function.key].map { report.artifacts[$0].path }
        let shared = report.requirementLayers.first { $0.functions.contains(function.function.key) }?.key
        for (index, layer) in used.enumerated() {
            if let reference = layer["Ref"]?.string {
                let own = report.layers.first { Naming.layerID($0.key) == reference }
                let requirements = reference == Naming.layerID("pythonRequirements") ? shared : nil
                guard let artifact = own?.value ?? requirements.flatMap({ report.layers[$0] }) else { continue }
                files.layers.append(report.artifacts[artifact].path)
            } else if let arn = layer.string {
                files.layers.append(try await download(arn, layer, to: folder / "layer\(index).zip"))
            }
        }
        return files
    }

    /// Downloads a layer that is in AWS.
    private func download(_ arn: String, _ node: ConfigurationValue, to path: LocalPath) async throws -> LocalPath {
        let layer = try LayerDownload(arn, at: node)
        run.terminal.log("Downloading layer \(layer.name)")
        try await layer.write(to: path, run.deployment(configuration))
        return path
    }

    // MARK: Result

    private func show(_ response: [UInt8]) throws {
        let value = try? JSONValue(parsing: response)
        if value == nil, String(decoding: response, as: UTF8.self).hasPrefix("Task timed out after") {
            let error = FunctionTimeout(
                label: function.function.label,
                seconds: function.timeout?.number ?? 6,
                place: function.timeout?.place
            )
            run.terminal.write(error.payload)
            throw error
        }
        // As it is: other languages have larger integers.
        run.terminal.write(String(decoding: response, as: UTF8.self) + "\n")
        // Lambda reports the error of a function as a result with these members.
        if value?["errorMessage"] != nil, value?["errorType"] != nil {
            throw DiagnosticError(.functionFailed, "\(function.function.label) failed")
        }
    }
}
