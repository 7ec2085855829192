import AWSClient
import AWSVariables
import CloudFormation
import ConfigurationValues
import Deployment
import Diagnostics
import FunctionImages
import HostSystem
import LambdaBundle
import LambdaRuntimes
import OrderedJSON
import ServerlessConfig
import ServiceDoctor
import ServiceLifecycle

/// `doctor`: checks the credentials, the tools, the service and its stack, or prints the IAM policy of the service.
struct ProgramDoctor: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "doctor",
            "Check credentials, tools, the configuration and the deployed stack",
            options: [
                CommandOption("policy", nil, .flag, "Print the smallest IAM policy that deploys and uses this service"),
                CommandOption("for", nil, .repeated, "Command that the policy allows, such as 'deploy' (default: all)"),
            ]
        )
        command.examples = ["doctor", "doctor --policy", "doctor --policy --for deploy --for info"]
        return command
    }

    func run(_ run: CommandRun) async throws {
        if run.invocation.has("policy") { return try await showPolicy(run) }
        var findings: [DoctorReport.Finding] = []
        var configuration: ResolvedConfiguration?
        do {
            let survey = try await run.survey()
            configuration = survey.resolved
            let readiness = try await ReadinessReport(
                of: survey,
                version: Version.current,
                today: CalendarDate(milliseconds: run.machine.wallClock.nowMilliseconds),
                bundler: run.bundler(in: survey.resolved?.environment ?? run.machine.environment)
            )
            findings += DoctorReport.findings(readiness, version: Version.current)
        } catch let error as DiagnosticError {
            let isMissing = error.diagnostics.allSatisfy { $0.code == .missingConfigurationFile }
            findings +=
                isMissing && run.invocation.text("config") == nil
                ? DoctorReport.findings(nil, version: Version.current)
                : DoctorReport.findings(error, version: Version.current)
        }
        let host = run.machine.services(in: configuration?.environment ?? run.machine.environment)
        let service = configuration?.service
        async let tools = ToolChecks(on: host, for: service).findings()
        findings += try await accountFindings(service, host, run)
        findings += try await tools
        let report = DoctorReport(findings)
        DoctorTable(report).show(on: run.terminal)
        guard !report.isHealthy else { return }
        throw DiagnosticError(.setupProblems, "something does not work, as the table shows")
    }

    private func accountFindings(
        _ service: Service?,
        _ host: HostServices,
        _ run: CommandRun
    ) async throws -> [DoctorReport.Finding] {
        do {
            let client = try client(service, host.environment, run)
            return try await AccountChecks(client, for: service, on: host).findings()
        } catch let error as CredentialsError {
            return AccountChecks.findings(of: error)
        }
    }

    private func client(_ service: Service?, _ environment: Environment, _ run: CommandRun) throws -> AWSClient {
        let region = service?.region ?? run.invocation.text("region") ?? "us-east-1"
        let access = RemoteVariableAccess(
            region: region,
            stage: service?.stage ?? run.invocation.text("stage") ?? "dev",
            optionProfile: run.invocation.text("aws-profile"),
            profile: run.invocation.text("aws-profile") ?? service?.provider["profile"]?.string,
            environment: environment
        )
        let machine = run.machine
        return try AWSSession(access, host: { machine.services(in: $0) }, prompt: run.promptForCode)
            .client(region: region)
    }

    // MARK: Policy

    private func showPolicy(_ run: CommandRun) async throws {
        let survey = try await run.survey()
        guard let configuration = survey.resolved else { throw DiagnosticError(survey.diagnostics) }
        let service = configuration.service
        let host = run.machine.services(in: configuration.environment)
        let template = try await Self.template(run.packaging(of: configuration), on: host)
        let policy = try ServicePolicy(
            of: service,
            template,
            commands: run.invocation.texts("for"),
            account: try await account(service, host.environment, run),
            variables: survey.remoteVariables
        )
        if let warning = policy.warning { run.terminal.report([warning]) }
        run.terminal.write(policy.document)
    }

    /// The number of the account, if there are credentials that work.
    private func account(_ service: Service, _ environment: Environment, _ run: CommandRun) async throws -> String? {
        do {
            return try await client(service, environment, run).sts.callerIdentity().account
        } catch let error where !(error is CancellationError) {
            run.terminal.debug("the account is not known: \(error)")
            return nil
        }
    }

    /// The template of the service, without the artifacts.
    private static func template(_ start: PackageState, on host: HostServices) async throws -> JSONValue {
        let events: Set<LifecycleEvent> = [
            .initialize, .setupProviderConfiguration, .compileLayers, .compileFunctions, .compileEvents,
        ]
        let packaging = Lifecycle<PackageState>
            .package(
                on: host,
                Bundler(host),
                images: { service in
                    try FunctionImages.placeholders(of: service.functions, in: service)
                }
            )
        let steps = packaging.steps.filter { events.contains($0.event) }
        let state = try await Lifecycle(steps).run(from: start)
        guard let context = state.context else {
            throw DiagnosticError(.unexpectedError, "the template was not made")
        }
        return try TemplateCompiler.mergingUserResources(of: context, into: state.template)
    }
}
