import Deployment
import Diagnostics
import HostSystem
import PackageDirectory
import ServerlessConfig
import ServiceLifecycle
import StackDiff

/// `diff`: shows what a deployment would change, and changes nothing.
struct ServiceDiff: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "diff",
            "Show what a deployment would change (exit status 2 if there is a difference)",
            options: [
                CommandOption("package", "p", "Directory of a package that was made earlier"),
                CommandOption(
                    "template",
                    "Template in JSON, or directory of a package, to compare with instead of the deployed stack"
                ),
                CommandOption(
                    "drift",
                    nil,
                    .flag,
                    "Compare with the resources as they are now, not as they were deployed"
                ),
                CommandOption("format", "Output format: text, json or markdown (default: text)"),
            ]
        )
        command.examples = [
            "diff --stage prod", "diff --drift", "diff --format markdown", "diff --template deployed.json",
        ]
        return command
    }

    /// The forms of the output.
    private enum Format: String, CaseIterable {
        case text, json, markdown
    }

    func run(_ run: CommandRun) async throws {
        let format = try format(run)
        let drift = run.invocation.has("drift")
        if drift, run.invocation.text("template") != nil {
            throw DiagnosticError(
                .conflictingOptions,
                "'--drift' and '--template' exclude each other",
                help: ["only the deployed stack can have drifted: give only one of them"]
            )
        }
        let configuration = try await run.configuration(for: .package)
        let difference: StackDifference
        if let path = run.invocation.text("template") {
            difference = try await self.difference(from: run.directory / path, configuration, run)
        } else {
            difference = try await self.difference(configuration, comparesDrift: drift, run)
        }
        switch format {
        case .json: run.terminal.write(DifferenceJSON(difference: difference).value)
        case .markdown: run.terminal.write(DifferenceMarkdown(difference: difference).text)
        case .text:
            let isVerbose = run.terminal.level >= .info
            let text = DifferenceText(difference: difference, style: run.terminal.outputStyle, listsAll: isVerbose)
            run.terminal.write(text.text)
        }
        if !difference.isEmpty { run.terminal.end(with: .difference) }
    }

    private func format(_ run: CommandRun) throws -> Format {
        guard let name = run.invocation.text("format") else { return run.terminal.isJSON ? .json : .text }
        guard let format = Format(rawValue: name) else {
            throw DiagnosticError(
                .invalidOptionValue,
                "the option '--format' has the value '\(name)', which is not a format of 'diff'",
                help: ["use \(Format.allCases.map(\.rawValue).joined(separator: ", "))"]
            )
        }
        return run.terminal.isJSON ? .json : format
    }

    /// The difference to the deployed stack.
    private func difference(
        _ configuration: ResolvedConfiguration,
        comparesDrift: Bool,
        _ run: CommandRun
    ) async throws -> StackDifference {
        let service = configuration.service
        let context = try run.deployment(configuration)
        run.terminal.log("Comparing \(service.name) with the stack \(context.names.stack) (\(service.region))")
        var options = DeployState.Options()
        options.packageDirectory = run.packageDirectory(of: service)
        let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
        let lifecycle = Lifecycle.diff(
            options,
            comparesDrift: comparesDrift,
            on: context.host,
            run.bundler(in: configuration.environment),
            images: run.images(of: configuration, asDeployed: true)
        ) { progress.report($0) }
        let packaging = run.packaging(of: configuration)
        let state = try await lifecycle.runAlone(
            from: DeployState(context, packaging: packaging, options: options),
            in: run.machine.files,
            onWait: { run.terminal.log(waiting: packaging.directory, from: service.directory) },
            observe: { run.terminal.debug($0.rawValue) }
        )
        run.terminal.report(state.packaging.findings)
        guard let difference = state.difference else {
            throw DiagnosticError(.unexpectedError, "the comparison has no result")
        }
        return difference
    }

    /// The difference to a template or another package, which needs no credentials.
    private func difference(
        from path: LocalPath,
        _ configuration: ResolvedConfiguration,
        _ run: CommandRun
    ) async throws -> StackDifference {
        let service = configuration.service
        let host = run.machine.services(in: configuration.environment)
        var state = run.packaging(of: configuration)
        if let directory = run.packageDirectory(of: service) {
            state.package = try DeploymentPackage(readingFrom: directory, in: host.files)
        } else {
            let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
            let directory = state.directory
            state =
                try await Lifecycle.package(
                    on: host,
                    run.bundler(in: configuration.environment),
                    images: run.images(of: configuration, asDeployed: false)
                ) { progress.report($0) }
                .runAlone(
                    from: state,
                    in: run.machine.files,
                    onWait: { run.terminal.log(waiting: directory, from: service.directory) },
                    observe: { run.terminal.debug($0.rawValue) }
                )
            run.terminal.report(state.findings)
        }
        guard let package = state.package else {
            throw DiagnosticError(.unexpectedError, "the package was not made")
        }
        let artifacts = try await PackagedArtifacts.find(in: state, package, on: host)
        return try await PackageComparison(of: service, origins: state.origins, on: host)
            .difference(package, artifacts, from: path)
    }
}
