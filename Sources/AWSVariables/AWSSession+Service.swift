package import AWSClient
package import HostSystem
package import ServerlessConfig

extension AWSSession {
    /// Chooses the profile of a service, in the order of Serverless v3.
    ///
    /// That is `--aws-profile`, the variables of the stage (`AWS_<STAGE>_PROFILE`, `AWS_<STAGE>_ACCESS_KEY_ID`), the variables
    /// that the AWS CLI reads, `provider.profile`, and the profile `default`.
    ///
    /// - Parameters:
    ///   - access: the account and region of the service.
    ///   - host: returns the services of the system for environment variables.
    ///   - prompt: asks the user for the code of a device for multi-factor authentication.
    /// - Throws: ``CredentialsError``, `FileSystemError`.
    package init(
        _ access: RemoteVariableAccess,
        host: (Environment) -> HostServices,
        prompt: @escaping CodePrompt = { _ in nil }
    ) throws {
        var environment = access.environment
        let prefix = "AWS_\(access.stage.uppercased())_"
        let choice: ProfileChoice
        if let profile = access.optionProfile {
            choice = .explicit(profile)
        } else if let profile = environment.nonEmpty("\(prefix)PROFILE") {
            choice = .explicit(profile)
        } else if environment.nonEmpty("\(prefix)ACCESS_KEY_ID") != nil {
            environment.variables["AWS_ACCESS_KEY_ID"] = environment[prefix + "ACCESS_KEY_ID"]
            environment.variables["AWS_SECRET_ACCESS_KEY"] = environment[prefix + "SECRET_ACCESS_KEY"]
            environment.variables["AWS_SESSION_TOKEN"] = environment[prefix + "SESSION_TOKEN"]
            choice = .environment
        } else if let profile = access.profile {
            choice = .fallback(profile)
        } else {
            choice = .environment
        }
        try self.init(choice, host: host(environment), prompt: prompt)
    }
}
