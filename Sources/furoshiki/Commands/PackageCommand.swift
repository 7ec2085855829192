import CloudFormation
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// `package`: makes the artifacts of a service and its templates.
enum PackageCommand {
    static func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let service = configuration.service
        run.terminal.talk("Packaging \(service.name) for stage \(service.stage) (\(service.region))")
        let files = LiveFileSystem()
        let request = BundleRequest(
            service,
            configurationFile: configuration.file.relative(to: service.directory).string,
            outputDirectory: run.invocation.text("package").map { service.directory / $0 },
            environment: configuration.environment
        )
        let host = BundleHost(
            files: files,
            processes: LiveProcessRunner(),
            transport: CurlTransport(environment: configuration.environment),
            environment: configuration.environment
        )
        let report = try await Bundler(host).bundle(request)
        run.terminal.tell(report.findings)
        let output = TemplateOutput(
            service: service,
            report: report,
            directory: request.outputDirectory,
            isMinified: run.invocation.has("minify-template")
        )
        run.terminal.tell(try await output.write(in: files, clock: .live))
        PackageSummary(report).show(on: run.terminal)
    }
}
