import HostSystem

extension CredentialChain {
    /// The credentials of the role of a profile; `nil` if the profile has no role of its own.
    ///
    /// - Parameters:
    ///   - profile: the profile.
    ///   - visited: the profiles that led here, which cannot be sources again.
    /// - Returns: the credentials of the role.
    /// - Throws: ``CredentialsError``.
    func roleCredentials(of profile: String, visited: [String]) async throws -> AWSCredentials? {
        let values = configuration.profiles[profile]?.values ?? [:]
        // A profile with a web identity also has a role, which is assumed without other credentials.
        guard let role = values["role_arn"], values["web_identity_token_file"] == nil else { return nil }
        let origin = "the role '\(role)' of the AWS profile '\(profile)'"
        let known = await cachedCredentials(
            RoleCache.name(
                ofRole: role,
                sessionName: values["role_session_name"],
                externalID: values["external_id"],
                durationSeconds: values["duration_seconds"].flatMap { Int($0) },
                device: values["mfa_serial"]
            ),
            origin
        )
        if let known { return known }
        let source = try await sourceCredentials(of: profile, values, visited)
        var request = STSAPI.RoleRequest(
            roleARN: role,
            sessionName: values["role_session_name"] ?? "furoshiki-\(host.wallClock.nowMilliseconds / 1000)"
        )
        request.externalID = values["external_id"]
        request.durationSeconds = values["duration_seconds"].flatMap { Int($0) }
        if let device = values["mfa_serial"] {
            guard let code = try await session.prompt(device) else {
                throw CredentialsError.failed(
                    origin: origin,
                    reason: "the role needs the code of the device '\(device)', and there is no terminal to ask for it",
                    help: ["run the command in a terminal, or use temporary credentials"]
                )
            }
            request.mfaSerial = device
            request.mfaCode = code
        }
        let (complete, client) = (request, client(region: region, source))
        return try await Self.naming(origin) { try await client.sts.assumeRole(complete, origin: origin) }
    }

    /// The credentials that assume the role of a profile.
    private func sourceCredentials(
        of profile: String,
        _ values: [String: String],
        _ visited: [String]
    ) async throws -> AWSCredentials {
        switch (values["source_profile"], values["credential_source"]) {
        case (nil, nil):
            throw CredentialsError.invalidProfile(
                profile,
                detail: "has 'role_arn', but neither 'source_profile' nor 'credential_source'",
                help: "add 'source_profile' with the name of a profile that can assume the role"
            )
        case (_?, _?):
            throw CredentialsError.invalidProfile(
                profile,
                detail: "has both 'source_profile' and 'credential_source'",
                help: "remove one of them"
            )
        case (nil, let source?): return try await namedSource(source, of: profile)
        case (let source?, nil): return try await sourceProfile(source, of: profile, visited)
        }
    }

    private func sourceProfile(_ source: String, of profile: String, _ visited: [String]) async throws -> AWSCredentials
    {
        guard let values = configuration.profiles[source]?.values else {
            throw CredentialsError.unknownProfile(
                source,
                referrer: profile,
                known: Array(configuration.profiles.keys)
            )
        }
        let isStatic = values["aws_access_key_id"] != nil || values["aws_secret_access_key"] != nil
        // A profile can be its own source if it has an access key too.
        if visited.contains(source), source != profile || !isStatic {
            let circle = (visited + [source]).map { "'\($0)'" }.joined(separator: " → ")
            throw CredentialsError.invalidProfile(
                source,
                detail: "takes its credentials from itself: \(circle)",
                help: "change 'source_profile' of one of these profiles"
            )
        }
        let hasRole = values["role_arn"] != nil && values["web_identity_token_file"] == nil
        if hasRole, !isStatic, let found = try await roleCredentials(of: source, visited: visited + [source]) {
            return found
        }
        if let found = try await profileCredentials(source, ignoresEnvironment: true) { return found }
        throw CredentialsError.invalidProfile(
            source,
            detail: "has no credentials, but is the 'source_profile' of '\(profile)'",
            help: "add an access key or a login to it"
        )
    }

    private func namedSource(_ source: String, of profile: String) async throws -> AWSCredentials {
        let found: AWSCredentials?
        switch source {
        case "Environment": found = try environmentCredentials()
        case "EcsContainer": found = try await containerCredentials()
        case "Ec2InstanceMetadata": found = try await instanceCredentials()
        default:
            throw CredentialsError.invalidProfile(
                profile,
                detail: "has the unknown 'credential_source' '\(source)'",
                help: "use 'Environment', 'EcsContainer' or 'Ec2InstanceMetadata'"
            )
        }
        guard let found else {
            throw CredentialsError.failed(
                origin: "'credential_source = \(source)' of the AWS profile '\(profile)'",
                reason: "there are none"
            )
        }
        return found
    }

    // MARK: Web identity

    /// The credentials of a role that a token file gives access to, as in EKS or in GitHub's workflows.
    func webIdentityCredentials(of profile: String, ignoresEnvironment: Bool) async throws -> AWSCredentials? {
        let values = configuration.profiles[profile]?.values ?? [:]
        func value(_ variable: String, _ setting: String) -> String? {
            (ignoresEnvironment ? nil : environment[variable]) ?? values[setting]
        }
        guard let file = value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file"), !file.isEmpty else {
            return nil
        }
        guard let role = value("AWS_ROLE_ARN", "role_arn"), !role.isEmpty else {
            throw CredentialsError.failed(
                origin: "the token file '\(file)'",
                reason: "neither AWS_ROLE_ARN nor 'role_arn' of the profile '\(profile)' names the role",
                help: ["set AWS_ROLE_ARN, or 'role_arn' beside 'web_identity_token_file'"]
            )
        }
        let name =
            value("AWS_ROLE_SESSION_NAME", "role_session_name")
            ?? "furoshiki-\(host.wallClock.nowMilliseconds / 1000)"
        let origin = "the role '\(role)' with the token file '\(file)'"
        let sessionName = value("AWS_ROLE_SESSION_NAME", "role_session_name")
        if let known = await cachedCredentials(RoleCache.name(ofRole: role, sessionName: sessionName), origin) {
            return known
        }
        let (files, path) = (host.files, SharedConfiguration.expanded(file, home: environment.home))
        let client = client(region: region)
        return try await Self.naming(origin) {
            let token = try await offPool { try files.readText(path) }
            return try await client.sts.assumeRole(
                withWebIdentity: Secret(token),
                STSAPI.RoleRequest(roleARN: role, sessionName: name),
                origin: origin
            )
        }
    }
}
