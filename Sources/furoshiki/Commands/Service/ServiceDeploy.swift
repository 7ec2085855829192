import Deployment
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `deploy`: packages a service, and makes its stack as the configuration says.
struct ServiceDeploy: FuroshikiCommand {
    /// Options of Serverless v3 that change how a service is deployed, so that they are refused and not ignored.
    private static let unimplemented = [
        CommandOption("aws-s3-accelerate", nil, .flag, "Upload through S3 Transfer Acceleration (not implemented yet)"),
        CommandOption(
            "enforce-hash-update",
            nil,
            .flag,
            "Publish a new version of every function (not implemented yet)"
        ),
    ]

    var command: Command {
        var command = Command(
            "deploy",
            "Deploy the service",
            options: [
                CommandOption("package", "p", "Directory of a package that was made earlier"),
                CommandOption("force", nil, .flag, "Deploy even if nothing has changed"), .conceal,
                CommandOption("wait", nil, .flag, "Wait for another operation on the stack"),
                .minifiedTemplate,
            ] + Self.unimplemented
        )
        .redirected(to: "deploy function", ifGiven: "function")
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        if let option = Self.unimplemented.first(where: { run.invocation.has($0.name) }) {
            throw DiagnosticError(
                .unimplementedCommand,
                "'deploy --\(option.name)' is not implemented yet",
                help: ["deploy without --\(option.name), or with Serverless v3"]
            )
        }
        let start = run.machine.clock.now
        let configuration = try await run.configuration(for: .package)
        let service = configuration.service
        let context = try run.deployment(configuration)
        run.terminal.log("Deploying \(service.name) to stage \(service.stage) (\(service.region))")
        var options = DeployState.Options()
        options.packageDirectory = run.invocation.text("package").map { service.directory / $0 }
        options.isForced = run.invocation.has("force")
        options.waitsForOthers = run.invocation.has("wait")
        let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
        let lifecycle = Lifecycle.deploy(
            options,
            on: context.host,
            run.bundler(in: configuration.environment)
        ) { progress.report($0) }
        let packaging = run.packaging(of: configuration, isMinified: run.invocation.has("minify-template"))
        let state = try await lifecycle.runAlone(
            from: DeployState(context, packaging: packaging, options: options),
            in: run.machine.files,
            onWait: { run.terminal.log(waiting: packaging.directory, from: service.directory) },
            observe: { run.terminal.debug($0.rawValue) }
        )
        run.terminal.report(state.packaging.findings)
        show(state, after: run.machine.clock.now - start, run)
    }

    private func show(_ state: DeployState, after duration: Duration, _ run: CommandRun) {
        let time = DurationText.short(duration)
        if state.isUnchanged {
            run.terminal.log("No changes to deploy. Deployment skipped. (\(time))")
            if run.terminal.isJSON { run.terminal.write(["isUnchanged": true]) }
            return
        }
        run.terminal.log("Service deployed to stack \(state.context.names.stack) (\(time))")
        guard let information = state.information else { return }
        let isConcealed = run.invocation.has("conceal")
        if run.terminal.isJSON { return run.terminal.write(information.json(isConcealed: isConcealed)) }
        run.terminal.write(
            ServiceInformationText(
                information: information,
                isConcealed: isConcealed,
                hasOutputs: run.terminal.level >= .info,
                hasHeading: false,
                sizes: state.artifactSizes
            )
            .text
        )
    }
}

extension CommandRun {
    /// The state of a package before the first step.
    ///
    /// - Parameters:
    ///   - configuration: the resolved configuration.
    ///   - isMinified: whether the template is written without white space.
    /// - Returns: the state.
    func packaging(of configuration: ResolvedConfiguration, isMinified: Bool = false) -> PackageState {
        let service = configuration.service
        return PackageState(
            service: service,
            request: BundleRequest(
                service,
                configurationFile: configuration.file.relative(to: service.directory).string,
                outputDirectory: nil,
                environment: configuration.environment
            ),
            isMinified: isMinified
        )
    }
}
