package import HostSystem

/// A profile with the files that configure it, which makes clients; the AWS CLI calls it a session.
package struct AWSSession: Sendable {
    /// How a profile was chosen.
    package enum ProfileChoice: Hashable, Sendable {
        /// For this run, so that credentials in environment variables are ignored.
        case explicit(String)
        /// As the default of a project: credentials and profiles in environment variables take precedence.
        case fallback(String)
        /// By the environment alone: `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`, or `default`.
        case environment
    }

    /// Asks the user for the code of a device for multi-factor authentication; the result is `nil` if nobody can be
    /// asked.
    package typealias CodePrompt = @Sendable (_ device: String) async throws -> Secret?

    /// The name of the profile.
    package let profile: String
    /// The files of profiles.
    package let configuration: SharedConfiguration
    /// The settings of clients.
    package let settings: AWSClient.Settings
    let host: HostServices
    /// Whether credentials in environment variables are ignored.
    let ignoresEnvironment: Bool
    let prompt: CodePrompt

    /// Reads the files of profiles; blocks shortly.
    ///
    /// - Parameters:
    ///   - choice: how the profile is chosen.
    ///   - host: the services of the system, whose environment has the variables of `.env` files.
    ///   - prompt: asks the user for a code; by default, nobody can be asked.
    /// - Throws: ``CredentialsError``, `FileSystemError`.
    package init(_ choice: ProfileChoice, host: HostServices, prompt: @escaping CodePrompt = { _ in nil }) throws {
        self.host = host
        self.prompt = prompt
        let environment = host.environment
        let named = environment.nonEmpty("AWS_DEFAULT_PROFILE") ?? environment.nonEmpty("AWS_PROFILE")
        let chosen: String? =
            switch choice {
            case .explicit(let name): name
            case .fallback(let name):
                named ?? (environment.nonEmpty("AWS_ACCESS_KEY_ID") == nil ? name : nil)
            case .environment: named
            }
        if case .explicit = choice { ignoresEnvironment = true } else { ignoresEnvironment = false }
        profile = chosen ?? "default"
        do {
            configuration = try SharedConfiguration.load(environment: environment, files: host.files)
        } catch let error as ProfileFile.ParseError {
            throw CredentialsError.invalidConfiguration(
                origin: error.path.string,
                detail: error.detail,
                line: error.line
            )
        }
        if chosen != nil, configuration.profiles[profile] == nil {
            throw CredentialsError.unknownProfile(profile, referrer: nil, known: Array(configuration.profiles.keys))
        }
        settings = try Self.settings(environment, configuration, profile)
    }

    private static func settings(
        _ environment: Environment,
        _ configuration: SharedConfiguration,
        _ profile: String
    ) throws -> AWSClient.Settings {
        let values = configuration.profiles[profile]?.values ?? [:]
        var settings = AWSClient.Settings()
        do throws(EndpointSettings.InvalidAddress) {
            settings.endpoints = try EndpointSettings(
                environment: environment,
                configuration: configuration,
                profile: profile
            )
        } catch {
            throw CredentialsError.invalidConfiguration(
                origin: error.origin,
                detail: "'\(error.text)' is not an http or https URL",
                line: nil
            )
        }
        if let path = environment.nonEmpty("AWS_CA_BUNDLE") ?? values["ca_bundle"], !path.isEmpty {
            settings.trust = .file(SharedConfiguration.expanded(path, home: environment.home))
        }
        if let text = environment.nonEmpty("AWS_MAX_ATTEMPTS") ?? values["max_attempts"] {
            guard let attempts = Int(text), attempts > 0 else {
                throw CredentialsError.invalidConfiguration(
                    origin: environment.nonEmpty("AWS_MAX_ATTEMPTS") == nil
                        ? "the setting 'max_attempts'" : "AWS_MAX_ATTEMPTS",
                    detail: "'\(text)' is not a number of attempts",
                    line: nil
                )
            }
            settings.attempts = attempts
        }
        if let text = environment.nonEmpty("AWS_CLIENT_TIMEOUT") {
            guard let milliseconds = Int(text), milliseconds > 0 else {
                throw CredentialsError.invalidConfiguration(
                    origin: "AWS_CLIENT_TIMEOUT",
                    detail: "'\(text)' is not a number of milliseconds",
                    line: nil
                )
            }
            settings.stall = .milliseconds(milliseconds)
        }
        return settings
    }

    /// A client of a region, which looks its credentials up when the first call needs them.
    package func client(region: String) -> AWSClient {
        AWSClient(
            region: region,
            credentials: CredentialChain(session: self, region: region),
            settings: settings,
            host: host
        )
    }
}
