import CloudFormation
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// `package`: makes the artifacts and the CloudFormation templates of a service.
struct ServicePackage: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "package",
            "Package a service into artifacts and a CloudFormation template",
            options: [
                CommandOption("package", "p", "Directory to write to (default: .serverless)"), .minifiedTemplate,
            ]
        )
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration(isBundled: true, hasTemplate: true)
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
        let files = run.machine.files
        let hadOutput = try DeploymentPackage.exists(at: request.outputDirectory, in: files)
        // Resolving requirements can take long, so a template that cannot be made is reported before.
        if request.installsRequirements { try TemplateOutput.check(service) }
        let progress = PackagingProgress(terminal: run.terminal)
        let report = try await run.bundler(in: configuration.environment).bundle(request) { progress.report($0) }
        run.terminal.report(report.findings)
        let output = TemplateOutput(
            service: service,
            report: report,
            directory: request.outputDirectory,
            isMinified: run.invocation.has("minify-template")
        )
        do {
            run.terminal.report(try await output.write(in: files, clock: run.machine.wallClock))
        } catch {
            // The error says more than one about the cleanup.
            try? DeploymentPackage.discard(at: request.outputDirectory, in: files, entirely: !hadOutput)
            throw error
        }
        let summary = PackageSummary(report, of: service, in: request.outputDirectory)
        for line in summary.contents { run.terminal.log(line, at: .info) }
        summary.show(on: run.terminal)
    }
}
