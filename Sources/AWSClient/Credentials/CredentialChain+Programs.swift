import HostSystem
import OrderedJSON

extension CredentialChain {
    /// The credentials that a program prints: that of `credential_process`, or the AWS CLI for profiles of `aws login`.
    func processCredentials(of profile: String) async throws -> AWSCredentials? {
        let values = configuration.profiles[profile]?.values ?? [:]
        if values["login_session"] != nil { return try await exportedCredentials(of: profile) }
        guard let command = values["credential_process"] else { return nil }
        let origin = "'credential_process' of the AWS profile '\(profile)'"
        guard let words = ShellWords.split(command), let program = words.first else {
            throw CredentialsError.failed(origin: origin, reason: "the command line has an open quote or is empty")
        }
        return try await output(of: program, Array(words.dropFirst()), origin: origin)
    }

    /// The credentials of a profile of `aws login`, whose token only the AWS CLI can renew.
    private func exportedCredentials(of profile: String) async throws -> AWSCredentials {
        let origin = "the login of the AWS profile '\(profile)'"
        guard let program = environment.findProgram("aws", files: host.files) else {
            throw CredentialsError.failed(
                origin: origin,
                reason: "a profile of 'aws login' needs the AWS CLI, which is not on PATH",
                help: ["install the AWS CLI, version 2.32 or later"]
            )
        }
        let arguments = ["configure", "export-credentials", "--profile", profile, "--format", "process"]
        do {
            return try await output(of: program.string, arguments, origin: origin)
        } catch CredentialsError.failed(_, let reason, _) {
            throw CredentialsError.failed(
                origin: origin,
                reason: reason,
                help: ["run 'aws login --profile \(profile)'"]
            )
        }
    }

    private func output(of program: String, _ arguments: [String], origin: String) async throws -> AWSCredentials {
        var request = ProcessRequest(program, arguments, environment: environment)
        // Such a program may ask for a code on the terminal.
        request.input = .inherited
        request.hasOwnGroup = false
        let result: ProcessResult
        do {
            result = try await host.processes.run(request)
        } catch let error as ProcessStartError {
            throw CredentialsError.failed(origin: origin, reason: "\(error)")
        }
        guard result.isSuccess else {
            let lines = result.errorText.split(whereSeparator: \.isNewline)
            let reason: String =
                switch result.status {
                case .exited(let status): "exit status \(status)"
                case .signalled(let signal): "ended by signal \(signal)"
                }
            throw CredentialsError.failed(
                origin: origin,
                reason: ([reason] + lines.suffix(1).map(String.init)).joined(separator: ": ")
            )
        }
        // The output is not shown, because it has secrets.
        guard let json = try? JSONValue(parsing: result.output) else {
            throw CredentialsError.failed(origin: origin, reason: "the output of '\(program)' is not JSON")
        }
        guard json["Version"]?.numberValue == 1 else {
            throw CredentialsError.failed(origin: origin, reason: "the output of '\(program)' is not of version 1")
        }
        return try Self.credentials(json, token: "SessionToken", origin: origin)
    }

    /// The credentials in a JSON document of a program, a container or an instance.
    static func credentials(_ json: JSONValue, token: String, origin: String) throws -> AWSCredentials {
        guard let key = json["AccessKeyId"]?.stringValue, let secret = json["SecretAccessKey"]?.stringValue else {
            let missing = ["AccessKeyId", "SecretAccessKey"].filter { json[$0]?.stringValue == nil }
            throw CredentialsError.failed(
                origin: origin,
                reason: "the response has no \(missing.map { "'\($0)'" }.joined(separator: " and no "))"
            )
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: json[token]?.stringValue.map { Secret($0) },
            expiration: json["Expiration"]?.stringValue.flatMap { AWSTimestamp.iso8601($0) },
            origin: origin
        )
    }
}
