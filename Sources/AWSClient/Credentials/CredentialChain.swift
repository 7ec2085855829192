import Diagnostics
import HostSystem

/// The places where credentials are looked for, in the order of the AWS CLI.
struct CredentialChain: AWSCredentialsProvider {
    let session: AWSSession
    /// The region of the calls that get credentials.
    let region: String

    var host: HostServices { session.host }
    var environment: Environment { session.host.environment }
    var configuration: SharedConfiguration { session.configuration }

    func credentials() async throws -> AWSCredentials {
        let profile = session.profile
        if !session.ignoresEnvironment, let found = try environmentCredentials() { return found }
        if let found = try await roleCredentials(of: profile, visited: [profile]) { return found }
        if let found = try await profileCredentials(profile, ignoresEnvironment: session.ignoresEnvironment) {
            return found
        }
        if let found = try await containerCredentials() { return found }
        if let found = try await instanceCredentials() { return found }
        throw CredentialsError.missing(places: places)
    }

    /// The sources that a profile itself can have.
    func profileCredentials(_ profile: String, ignoresEnvironment: Bool) async throws -> AWSCredentials? {
        if let found = try await webIdentityCredentials(of: profile, ignoresEnvironment: ignoresEnvironment) {
            return found
        }
        if let found = try await loginCredentials(of: profile) { return found }
        let origin = "the AWS profile '\(profile)'"
        let own = configuration.credentialProfiles[profile]?.values ?? [:]
        if let found = try Self.staticCredentials(own, origin: origin) { return found }
        if let found = try await processCredentials(of: profile) { return found }
        return try Self.staticCredentials(configuration.configProfiles[profile]?.values ?? [:], origin: origin)
    }

    /// The places that have no credentials, for an error.
    private var places: [String] {
        var places: [String] = []
        if !session.ignoresEnvironment { places.append("environment variables") }
        let files = [configuration.credentialsPath, configuration.configPath].compactMap { $0.map { "'\($0)'" } }
        places.append(
            "the profile '\(session.profile)'" + (files.isEmpty ? "" : " in \(files.joined(separator: " and "))")
        )
        places.append("the environment of a container")
        let isDisabled = environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true"
        places.append(isDisabled ? "no instance metadata (AWS_EC2_METADATA_DISABLED)" : "instance metadata")
        return places
    }

    // MARK: Access keys

    /// The access key in environment variables.
    func environmentCredentials() throws -> AWSCredentials? {
        guard let key = environment.nonEmpty("AWS_ACCESS_KEY_ID") else { return nil }
        guard let secret = environment.nonEmpty("AWS_SECRET_ACCESS_KEY") else {
            throw CredentialsError.incomplete(origin: "the environment", missing: "AWS_SECRET_ACCESS_KEY")
        }
        let token = environment.nonEmpty("AWS_SECURITY_TOKEN") ?? environment.nonEmpty("AWS_SESSION_TOKEN")
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: token.map { Secret($0) },
            origin: "environment variables"
        )
    }

    /// The access key in the settings of a profile.
    static func staticCredentials(_ values: [String: String], origin: String) throws -> AWSCredentials? {
        guard let key = values["aws_access_key_id"] else { return nil }
        guard let secret = values["aws_secret_access_key"] else {
            throw CredentialsError.incomplete(origin: origin, missing: "aws_secret_access_key")
        }
        let token = values["aws_security_token"] ?? values["aws_session_token"]
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: token.map { Secret($0) },
            origin: origin
        )
    }

    // MARK: Calls

    /// A client for the calls that get credentials.
    func client(region: String, _ credentials: AWSCredentials? = nil) -> AWSClient {
        let none = AWSCredentials(accessKeyID: "", secretAccessKey: Secret(""), origin: "")
        return AWSClient(
            region: region,
            credentials: StaticCredentials(credentials ?? none),
            settings: session.settings,
            host: host
        )
    }

    /// Names the source of credentials in the error of a call.
    static func naming<Result>(_ origin: String, _ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as AWSError {
            throw CredentialsError.failed(
                origin: origin,
                reason: "\(error)",
                help: error.diagnostics.flatMap(\.help)
            )
        } catch let error as FileSystemError {
            throw CredentialsError.failed(origin: origin, reason: "\(error)")
        }
    }
}
