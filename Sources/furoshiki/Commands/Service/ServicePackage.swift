import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `package`: makes the artifacts and the CloudFormation templates of a service.
struct ServicePackage: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "package",
            "Package a service into artifacts and a CloudFormation template",
            options: [
                CommandOption("package", "p", "Directory to write to (default: .serverless)"), .minifiedTemplate,
                CommandOption(
                    "report",
                    nil,
                    .optionalValue,
                    "Write a page that shows what is in the artifacts (default: report.html in the directory)"
                ),
            ]
        )
        command.repeatsErrorsOnOutput = true
        command.examples = [
            "package", "package --stage prod --region eu-central-1", "package --package build --verbose",
            "package --report",
        ]
        return command
    }

    let activity: String? = "Reading the configuration"

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration(for: .package)
        let service = configuration.service
        run.terminal.log("Packaging \(service.name) for stage \(service.stage) (\(service.region))")
        let request = BundleRequest(
            service,
            configurationFile: configuration.file.relative(to: service.directory).string,
            outputDirectory: run.invocation.text("package").map { service.directory / $0 },
            environment: configuration.environment
        )
        run.terminal.log("Configuration: \(configuration.file)", at: .info)
        run.terminal.log("Package: \(request.outputDirectory)", at: .info)
        run.terminal.log("Cache: \(request.cacheDirectory?.string ?? "-")", at: .info)
        let bundleReport = try RequestedReport(run, of: service, in: request.outputDirectory)
        let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
        let lifecycle = Lifecycle.package(
            on: run.machine.services(in: configuration.environment),
            run.bundler(in: configuration.environment),
            images: run.images(of: configuration)
        ) { progress.report($0) }
        let state = try await lifecycle.runAlone(
            from: PackageState(
                service: service,
                request: request,
                isMinified: run.invocation.has("minify-template")
            ),
            in: run.machine.files,
            onWait: { run.terminal.log(waiting: request.outputDirectory, from: service.directory) },
            observe: { run.terminal.debug($0.rawValue) }
        )
        run.terminal.report(state.findings)
        guard let report = state.report else { return }
        let summary = PackageSummary(report, of: service, in: request.outputDirectory)
        for artifact in summary.contents {
            run.terminal.log("\(artifact.fileName):", list: artifact.distributions, at: .info)
        }
        let analysis = try await bundleReport?
            .write(
                report,
                on: run.machine.services(in: configuration.environment)
            )
        summary.show(on: run.terminal, analysis)
        run.terminal.summarize(summary.markdown)
        let warnings = run.terminal.warningCount
        run.terminal.log(
            run.terminal.style.text("Packaged \(service.name)", .success)
                + (warnings > 0 ? " with \(Quantity.text(warnings, "warning"))" : "")
                + "; the \(report.artifacts.isEmpty ? "templates" : "artifacts") are in "
                + request.outputDirectory.shown(from: service.directory)
        )
        if let file = bundleReport?.file { run.terminal.log("The report is in \(file.shown(from: service.directory))") }
    }
}

extension Terminal {
    /// Shows that another run of the program writes to a directory, and that this one waits for it.
    func log(waiting directory: LocalPath, from service: LocalPath) {
        log("Waiting for another run of Furoshiki, which writes to \(directory.shown(from: service))")
    }
}

extension LocalPath {
    /// The path for messages: relative to the directory of the service if it is in it.
    fileprivate func shown(from service: LocalPath) -> String {
        isWithin(service) ? relative(to: service).string : string
    }
}
