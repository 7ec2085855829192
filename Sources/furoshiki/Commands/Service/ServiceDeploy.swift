import ConfigurationValues
import Deployment
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle
import StackDiff

/// `deploy`: packages a service, and makes its stack as the configuration says.
struct ServiceDeploy: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "deploy",
            "Deploy the service",
            options: [
                CommandOption("package", "p", "Directory of a package that was made earlier"),
                CommandOption("force", nil, .flag, "Deploy even if nothing has changed"), .conceal,
                CommandOption("wait", nil, .flag, "Wait for another operation on the stack"),
                CommandOption("confirm", nil, .flag, "Ask before resources are replaced or deleted"),
                CommandOption("refuse", "Changes that end the deployment before it begins: replace, delete, or both"),
                CommandOption("aws-s3-accelerate", nil, .flag, "Upload through S3 Transfer Acceleration"),
                CommandOption(
                    "enforce-hash-update",
                    nil,
                    .flag,
                    "Publish a new version of every function, with a temporary description"
                ),
                .minifiedTemplate,
            ]
        )
        .redirected(to: "deploy function", ifGiven: "function")
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let review = try review(run)
        let start = run.machine.clock.now
        var configuration = try await run.configuration(for: .package)
        if run.invocation.has("enforce-hash-update") { configuration.service.replaceDescriptions() }
        let service = configuration.service
        _ = try OldVersions(of: service)
        let context = try run.deployment(configuration)
        run.terminal.log("Deploying \(service.name) to stage \(service.stage) (\(service.region))")
        var options = DeployState.Options()
        options.packageDirectory = run.packageDirectory(of: service)
        options.isForced = run.invocation.has("force")
        options.waitsForOthers = run.invocation.has("wait")
        if case .flag(let accelerates) = run.invocation.values["aws-s3-accelerate"] {
            options.accelerates = accelerates
        }
        let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
        let lifecycle = Lifecycle.deploy(
            options,
            review: review,
            on: context.host,
            run.bundler(in: configuration.environment),
            images: run.images(of: configuration)
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

    /// What is done if resources would be replaced or deleted.
    private func review(_ run: CommandRun) throws -> ChangeReview {
        let refused = try run.invocation.text("refuse").map { text in try ChangeReview.Refusal.list(text) } ?? []
        guard run.invocation.has("confirm") else { return ChangeReview(refusing: refused) }
        let (streams, terminal) = (run.machine.streams, run.terminal)
        guard !terminal.isJSON, streams.isTerminal(.input), streams.isTerminal(.error) else {
            throw DiagnosticError(
                .confirmationNeedsTerminal,
                "'--confirm' needs a terminal to ask on",
                help: ["use '--refuse replace,delete', which fails if something would be replaced or deleted"]
            )
        }
        return ChangeReview(refusing: refused) { losses in
            terminal.log("The deployment would \(ChangeReview.summary(of: losses)):", at: .error)
            for loss in losses {
                terminal.log("  " + terminal.style.text(loss.line, loss.holdsData ? .error : .warning), at: .error)
            }
            let answer = try await offPool { streams.ask("Deploy? Type 'yes' to continue: ", isSecret: false) }
            return answer?.lowercased() == "yes"
        }
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

extension Service {
    /// Gives every function a description for one deployment, so that each gets a new version.
    ///
    /// Serverless v3 does this to move to another way of hashing versions.
    fileprivate mutating func replaceDescriptions() {
        var root = root
        for function in functions {
            root["functions"]?[function.key]?["description"] = ConfigurationValue(
                .string("temporary-description-to-enforce-hash-update")
            )
        }
        self = Service(root: root, directory: directory, stage: stage, region: region)
    }
}
