import CloudFormation
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// `package`: makes the artifacts of a service and its templates.
enum ServicePackage: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration(isBundled: true, hasTemplate: true)
        let service = configuration.service
        run.terminal.say("Packaging \(service.name) for stage \(service.stage) (\(service.region))")
        let request = BundleRequest(
            service,
            configurationFile: configuration.file.relative(to: service.directory).string,
            outputDirectory: run.invocation.text("package").map { service.directory / $0 },
            environment: configuration.environment
        )
        run.terminal.say("Configuration: \(configuration.file)", at: .info)
        run.terminal.say("Package: \(request.outputDirectory)", at: .info)
        run.terminal.say("Cache: \(request.cacheDirectory?.string ?? "-")", at: .info)
        let files = LiveFileSystem()
        let hadOutput = try DeploymentPackage.exists(at: request.outputDirectory, in: files)
        // Whoever waits for wheels wants to know before whether there will be a template.
        if request.installsRequirements { try TemplateOutput.check(service) }
        let progress = PackagingProgress(terminal: run.terminal)
        let report = try await Bundler.live(in: configuration.environment).bundle(request) { progress.tell($0) }
        run.terminal.tell(report.findings)
        let output = TemplateOutput(
            service: service,
            report: report,
            directory: request.outputDirectory,
            isMinified: run.invocation.has("minify-template")
        )
        do {
            run.terminal.tell(try await output.write(in: files, clock: .live))
        } catch {
            // The error says more than what is left.
            try? DeploymentPackage.discard(at: request.outputDirectory, in: files, entirely: !hadOutput)
            throw error
        }
        let summary = PackageSummary(report, of: service, in: request.outputDirectory)
        for line in summary.contents { run.terminal.say(line, at: .info) }
        summary.show(on: run.terminal)
    }
}
