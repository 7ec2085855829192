import HostSystem
import OrderedJSON

extension CredentialChain {
    /// The login of a profile: where it is, and what it gives access to.
    private struct Login {
        let account: String
        let role: String
        let startURL: String
        let region: String
        /// The name of the `sso-session`; `nil` for the older form, which has all settings in the profile.
        let session: String?
    }

    /// The credentials of the role of a login with the IAM Identity Center; `nil` if the profile has no such login.
    func loginCredentials(of profile: String) async throws -> AWSCredentials? {
        guard let login = try login(of: profile) else { return nil }
        let origin = "the login of the AWS profile '\(profile)'"
        let name = RoleCache.name(
            ofLogin: login.session ?? login.startURL,
            isSession: login.session != nil,
            account: login.account,
            role: login.role
        )
        if let known = await cachedCredentials(name, origin) { return known }
        let token = try await loginToken(login, profile)
        var call = AWSCall.rest(.sso, "GetRoleCredentials", "GET", ["federation", "credentials"])
        call.query = [("role_name", login.role), ("account_id", login.account)]
        call.headers = [HTTPHeader("x-amz-sso_bearer_token", token)]
        call.isSigned = false
        let client = client(region: login.region)
        let complete = call
        let json = try await Self.naming(origin) {
            do {
                return try await client.json(complete)
            } catch let error as AWSError where error.status == 401 {
                throw Self.needsLogin(profile, login, "it is no longer valid")
            }
        }
        guard let found = json["roleCredentials"], let key = found["accessKeyId"]?.stringValue,
            let secret = found["secretAccessKey"]?.stringValue
        else { throw CredentialsError.failed(origin: origin, reason: "the response has no credentials") }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: found["sessionToken"]?.stringValue.map { Secret($0) },
            expiration: found["expiration"]?.numberValue.map { Int64($0) },
            origin: origin
        )
    }

    private func login(of profile: String) throws -> Login? {
        var values = configuration.profiles[profile]?.values ?? [:]
        guard values["sso_account_id"] != nil || values["sso_role_name"] != nil else { return nil }
        if let session = values["sso_session"] {
            guard let shared = configuration.ssoSessions[session]?.values else {
                throw CredentialsError.invalidProfile(
                    profile,
                    detail: "refers to the sso-session '\(session)', which does not exist",
                    help: "add a section '[sso-session \(session)]', or run 'aws configure sso'"
                )
            }
            for (key, value) in shared.sorted(by: { $0.key < $1.key }) {
                if let own = values[key], own != value {
                    throw CredentialsError.invalidProfile(
                        profile,
                        detail: "has another '\(key)' than its sso-session '\(session)'",
                        help: "remove '\(key)' from the profile"
                    )
                }
                values[key] = value
            }
        }
        let required = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"]
        let missing = required.filter { values[$0] == nil }
        guard missing.isEmpty, let role = values["sso_role_name"], let account = values["sso_account_id"],
            let startURL = values["sso_start_url"], let region = values["sso_region"]
        else {
            throw CredentialsError.invalidProfile(
                profile,
                detail: "has a login without \(missing.map { "'\($0)'" }.joined(separator: ", "))",
                help: "run 'aws configure sso --profile \(profile)'"
            )
        }
        return Login(
            account: account,
            role: role,
            startURL: startURL,
            region: region,
            session: values["sso_session"]
        )
    }

    // MARK: Tokens

    /// A token with less time left is renewed if it can be.
    private static var renewalMilliseconds: Int64 { 10 * 60 * 1000 }

    /// The token that `aws sso login` stored, renewed if it expires soon.
    private func loginToken(_ login: Login, _ profile: String) async throws -> Secret {
        guard let home = environment.home else {
            throw Self.needsLogin(profile, login, "without HOME, its token cannot be found")
        }
        let name = RoleCache.sha1(of: login.session ?? login.startURL)
        let path = home / ".aws/sso/cache/\(name).json"
        let files = host.files
        let bytes = try await offPool { try? files.read(path) }
        guard let bytes else { throw Self.needsLogin(profile, login, "there was none yet") }
        guard let json = try? JSONValue(parsing: bytes), let token = json["accessToken"]?.stringValue,
            let expiration = json["expiresAt"]?.stringValue.flatMap({ AWSTimestamp.iso8601($0) })
        else { throw Self.needsLogin(profile, login, "its file '\(path)' cannot be read") }
        let now = host.wallClock.nowMilliseconds
        if login.session != nil, expiration - now < Self.renewalMilliseconds,
            let renewed = await renewedToken(json, login, path)
        {
            return renewed
        }
        guard expiration > now else { throw Self.needsLogin(profile, login, "it has expired") }
        return Secret(token)
    }

    /// A new token for the refresh token, which replaces the stored one; `nil` if it cannot be renewed.
    private func renewedToken(_ stored: JSONValue, _ login: Login, _ path: LocalPath) async -> Secret? {
        guard let refresh = stored["refreshToken"]?.stringValue, let id = stored["clientId"]?.stringValue,
            let secret = stored["clientSecret"]?.stringValue,
            let registration = stored["registrationExpiresAt"]?.stringValue.flatMap({ AWSTimestamp.iso8601($0) }),
            registration > host.wallClock.nowMilliseconds
        else { return nil }
        let body: JSONValue = [
            "grantType": "refresh_token", "clientId": .string(id), "clientSecret": .string(secret),
            "refreshToken": .string(refresh),
        ]
        var call = AWSCall.rest(.ssoTokens, "CreateToken", "POST", ["token"], body: body)
        call.isSigned = false
        // A token cannot be renewed twice.
        call.isIdempotent = false
        guard let answer = try? await client(region: login.region).json(call),
            let token = answer["accessToken"]?.stringValue
        else { return nil }
        var renewed = stored
        let lifetime = Int64(answer["expiresIn"]?.numberValue ?? 0) * 1000
        let expiration = InstantText.iso8601(milliseconds: host.wallClock.nowMilliseconds + lifetime)
        renewed["accessToken"] = .string(token)
        renewed["expiresAt"] = .string(expiration.prefix(19) + "Z")
        renewed["refreshToken"] = answer["refreshToken"] ?? stored["refreshToken"]
        let (files, bytes) = (host.files, JSONWriter().bytes(of: renewed))
        // Without the file, only the next run has to renew the token again.
        try? await offPool {
            try files.write(bytes, to: path, options: FileWriteOptions(mode: 0o600, setsExactMode: true))
        }
        return Secret(token)
    }

    private static func needsLogin(_ profile: String, _ login: Login, _ detail: String) -> CredentialsError {
        let command =
            login.session.map { "aws sso login --sso-session \($0)" } ?? "aws sso login --profile \(profile)"
        return .loginRequired(profile: profile, detail: detail, command: command)
    }
}
