import AWSClient
import AWSVariables
import ConfigurationValues
import Deployment
import HostSystem
import ServerlessConfig

extension CommandRun {
    /// What a command needs to work with the deployed service.
    ///
    /// - Parameter configuration: the resolved configuration.
    /// - Returns: the context, which asks AWS nothing yet.
    /// - Throws: `CredentialsError` if the profile does not exist.
    func deployment(_ configuration: ResolvedConfiguration) throws -> DeploymentContext {
        let service = configuration.service
        let host = machine.services(in: configuration.environment)
        let access = RemoteVariableAccess(
            region: service.region,
            stage: service.stage,
            optionProfile: invocation.text("aws-profile"),
            profile: invocation.text("aws-profile") ?? service.provider["profile"]?.string,
            environment: configuration.environment
        )
        let session = try AWSSession(access, host: { machine.services(in: $0) }, prompt: promptForCode)
        let client = session.client(region: service.region)
        let progress = DeploymentProgressLines(terminal: terminal)
        return DeploymentContext(service, aws: client, host: host) { progress.report($0) }
    }

    /// The directory of a package that was made earlier: that of `--package`, or `package.path` of the configuration, as in
    /// Serverless v3.
    ///
    /// - Parameter service: the service.
    /// - Returns: `nil` if the service has to be packaged.
    func packageDirectory(of service: Service) -> LocalPath? {
        (invocation.text("package") ?? service.package?["path"]?.string).map { service.directory / $0 }
    }

    /// The functions that `--function` names, or all if it is not given.
    ///
    /// - Throws: `DiagnosticError` if the service has no such function.
    func functions(of service: Service) throws -> [ServiceFunction] {
        let keys = invocation.texts("function") + (invocation.text("function").map { [$0] } ?? [])
        if keys.isEmpty { return service.functions }
        return try keys.map { key in
            guard let function = service.function(key) else { throw LocalFunction.unknown(key, of: service) }
            return function
        }
    }
}
