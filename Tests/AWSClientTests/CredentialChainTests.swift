import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Synchronization
import Testing

@Suite struct CredentialChainTests {
    /// The outcome of a lookup, with what it contacted.
    private struct Lookup {
        let files: InMemoryFileSystem
        let transport: StubTransport
        let processes: ScriptedProcessRunner
        let session: AWSSession

        func credentials() async throws -> AWSCredentials {
            try await session.client(region: "eu-west-1").credentials()
        }

        func diagnostic() async throws -> Diagnostic {
            let error = try await #require(throws: CredentialsError.self) { _ = try await credentials() }
            return try #require(error.diagnostics.first)
        }
    }

    private static let role = """
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """

    private func lookup(
        config: String = "",
        credentials: String = "",
        environment: [String: String] = [:],
        files: [LocalPath: String] = [:],
        profile: AWSSession.ProfileChoice = .environment,
        answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse = { request in
            throw HTTPError(.notConnected, address: request.address, detail: "no network in this test")
        },
        process: @escaping @Sendable (ProcessRequest) -> ProcessResult = { _ in ProcessResult(status: .exited(1)) },
        prompt: @escaping AWSSession.CodePrompt = { _ in nil }
    ) throws -> Lookup {
        let system = try InMemoryFileSystem(
            files.merging(["/home/.aws/config": config, "/home/.aws/credentials": credentials]) { $1 }
        )
        let transport = StubTransport(answer)
        let processes = ScriptedProcessRunner(process)
        let host = HostServices(
            files: system,
            processes: processes,
            transport: transport,
            environment: Environment(environment.merging(["HOME": "/home", "PATH": "/bin"]) { $1 }),
            wallClock: .fixed(milliseconds: ScriptedAWS.now),
            clock: MonotonicClock(ManualClock()),
            processorCount: 2
        )
        return Lookup(
            files: system,
            transport: transport,
            processes: processes,
            session: try AWSSession(profile, host: host, prompt: prompt)
        )
    }

    // MARK: Choice of the profile

    private static let two =
        "[work]\naws_access_key_id=WORK\naws_secret_access_key=s\n[default]\naws_access_key_id=DEFAULT\naws_secret_access_key=s\n"

    @Test(
        arguments: [
            (AWSSession.ProfileChoice.environment, [:], "DEFAULT"), (.fallback("work"), [:], "WORK"),
            (.explicit("work"), [:], "WORK"),
            (.fallback("work"), ["AWS_PROFILE": "default"], "DEFAULT"),
            (.explicit("work"), ["AWS_PROFILE": "default"], "WORK"),
            (.fallback("work"), ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"], "ENV"),
            (.explicit("work"), ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"], "WORK"),
            (.environment, ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PROFILE": "work"], "ENV"),
        ] as [(AWSSession.ProfileChoice, [String: String], String)]
    )
    func `the profile of the command line comes before the environment, and that before the project's`(
        choice: AWSSession.ProfileChoice,
        environment: [String: String],
        key: String
    ) async throws {
        let lookup = try lookup(credentials: Self.two, environment: environment, profile: choice)
        #expect(try await lookup.credentials().accessKeyID == key)
        #expect(lookup.transport.requests.isEmpty)
    }

    @Test func `a profile that does not exist is an error with the nearest one`() throws {
        let error = #expect(throws: CredentialsError.self) {
            _ = try lookup(credentials: Self.two, profile: .explicit("wrok"))
        }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.code == .unknownAWSProfile)
        #expect(diagnostic.help == ["did you mean 'work'?"])
    }

    @Test func `without credentials, the error lists the places`() async throws {
        let diagnostic = try await lookup().diagnostic()
        #expect(diagnostic.code == .missingAWSCredentials)
        let note = try #require(diagnostic.notes.first)
        for place in [
            "environment variables", "'/home/.aws/credentials'", "'/home/.aws/config'", "container",
            "instance metadata",
        ] {
            #expect(note.contains(place))
        }
    }

    @Test func `an invalid line of a file is an error with its place`() throws {
        let error = #expect(throws: CredentialsError.self) { _ = try lookup(config: "[default]\nregion\n") }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.code == .invalidAWSConfiguration)
        #expect(diagnostic.place == SourcePlace(file: "/home/.aws/config", line: 2, column: 1))
    }

    @Test func `an invalid endpoint or number of attempts is an error`() throws {
        for environment in [
            ["AWS_ENDPOINT_URL": "localhost:5000"], ["AWS_MAX_ATTEMPTS": "many"], ["AWS_MAX_ATTEMPTS": "0"],
        ] {
            let error = #expect(throws: CredentialsError.self) { _ = try lookup(environment: environment) }
            #expect(error?.diagnostics.map(\.code) == [.invalidAWSConfiguration])
        }
    }

    @Test func `certificates and attempts come from the environment, then from the profile`() throws {
        let config = "[default]\nca_bundle = ~/own.pem\nmax_attempts = 7\n"
        let own = try lookup(config: config).session
        #expect(own.settings.trust == .file("/home/own.pem"))
        #expect(own.settings.attempts == 7)
        let environment = ["AWS_CA_BUNDLE": "/ca.pem", "AWS_MAX_ATTEMPTS": "2"]
        let other = try lookup(config: config, environment: environment).session
        #expect(other.settings.trust == .file("/ca.pem"))
        #expect(other.settings.attempts == 2)
    }

    // MARK: Roles

    private static let chain = """
        [default]
        role_arn = arn:role
        source_profile = base
        mfa_serial = arn:mfa
        external_id = e/1
        [profile base]
        aws_access_key_id = BASE
        aws_secret_access_key = s
        """

    @Test func `a role with a device gets the code that the user types`() async throws {
        let lookup = try lookup(
            config: Self.chain,
            answer: { _ in HTTPResponse(status: 200, body: Array(Self.role.utf8)) },
            prompt: { device in Secret(device == "arn:mfa" ? "123456" : "wrong") }
        )
        let found = try await lookup.credentials()
        #expect(found.accessKeyID == "ROLE")
        #expect(found.expiration == 4_070_908_800_000)
        let request = try #require(lookup.transport.requests.first)
        guard case .bytes(let bytes) = request.body else { return #expect(Bool(false)) }
        let form = String(decoding: bytes, as: UTF8.self)
        #expect(form.contains("&ExternalId=e%2F1&SerialNumber=arn%3Amfa&TokenCode=123456"))
        #expect(form.contains("RoleSessionName=furoshiki-1770091506"))
        #expect(request.headers.contains { $0.value.contains("Credential=BASE/20260203/eu-west-1/sts/") })
    }

    @Test func `a role with a device needs a terminal`() async throws {
        let lookup = try lookup(config: Self.chain)
        #expect(try await lookup.diagnostic().code == .awsCredentialsFailed)
        #expect(lookup.transport.requests.isEmpty)
    }

    @Test func `a role that cannot be assumed is an error with the profile and the reason`() async throws {
        let denied =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: x is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>"
        let lookup = try lookup(
            config: Self.chain.replacing("mfa_serial = arn:mfa\n", with: ""),
            answer: { _ in HTTPResponse(status: 403, body: Array(denied.utf8)) }
        )
        let diagnostic = try await lookup.diagnostic()
        #expect(diagnostic.code == .awsCredentialsFailed)
        #expect(diagnostic.message.contains("the role 'arn:role' of the AWS profile 'default'"))
        #expect(diagnostic.help.first == "allow 'sts:AssumeRole' in the IAM policy of the user or role")
    }

    @Test func `profiles that refer to each other are an error`() async throws {
        let config = "[default]\nrole_arn=r\nsource_profile=a\n[profile a]\nrole_arn=r\nsource_profile=default\n"
        let diagnostic = try await lookup(config: config).diagnostic()
        #expect(diagnostic.code == .invalidAWSProfile)
        #expect(diagnostic.message.contains("'default' → 'a' → 'default'"))
    }

    // MARK: Logins

    private static let login =
        "[default]\nsso_session=corp\nsso_account_id=1\nsso_role_name=r\n[sso-session corp]\nsso_start_url=https://corp\nsso_region=us-west-2\n"

    private func token(expires: String, refresh: Bool = true) -> [LocalPath: String] {
        let more =
            #""refreshToken":"refresh","clientId":"i","clientSecret":"c","registrationExpiresAt":"2099-01-01T00:00:00Z""#
        return [Self.sha1Path: #"{"accessToken":"old","expiresAt":"\#(expires)"\#(refresh ? "," + more : "")}"#]
    }

    private static var sha1Path: LocalPath {
        guard var digest = ContentDigest(algorithm: "sha1") else { return "/" }
        digest.update(Array("corp".utf8).span)
        return "/home/.aws/sso/cache" / "\(digest.finalize()).json"
    }

    @Test func `a token that expires is renewed, and stored for the user only`() async throws {
        let lookup = try lookup(config: Self.login, files: token(expires: "2026-02-03T04:05:10Z")) { request in
            if request.address.host == "oidc.us-west-2.amazonaws.com" {
                return HTTPResponse(
                    status: 200,
                    body: Array(#"{"accessToken":"new","expiresIn":3600,"refreshToken":"next"}"#.utf8)
                )
            }
            let credentials =
                #"{"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}"#
            return HTTPResponse(status: 200, body: Array(credentials.utf8))
        }
        #expect(try await lookup.credentials().accessKeyID == "SSO")
        let portal = try #require(lookup.transport.requests.last)
        #expect(
            portal.address.string
                == "https://portal.sso.us-west-2.amazonaws.com/federation/credentials?role_name=r&account_id=1"
        )
        #expect(portal.headers.contains { $0.name == "x-amz-sso_bearer_token" && $0.value == "new" && $0.isSecret })
        #expect(!portal.headers.contains { $0.name == "Authorization" })
        let stored = try JSONValue(parsing: lookup.files.read(Self.sha1Path))
        #expect(stored["accessToken"] == "new")
        #expect(stored["refreshToken"] == "next")
        #expect(stored["expiresAt"] == "2026-02-03T05:05:06Z")
        #expect(stored["clientSecret"] == "c")
        #expect(try lookup.files.status(of: Self.sha1Path).mode == 0o600)
    }

    @Test func `a login that is over names the command that renews it`() async throws {
        for files in [
            [:], token(expires: "2026-02-03T04:05:06Z"), token(expires: "2020-01-01T00:00:00Z", refresh: false),
        ] {
            let diagnostic = try await lookup(config: Self.login, files: files).diagnostic()
            #expect(diagnostic.code == .awsLoginRequired)
            #expect(diagnostic.help == ["run 'aws sso login --sso-session corp'"])
        }
        let revoked = try lookup(config: Self.login, files: token(expires: "2099-01-01T00:00:00Z")) { _ in
            HTTPResponse(status: 401, body: Array(#"{"message":"Session token not found or invalid"}"#.utf8))
        }
        #expect(try await revoked.diagnostic().code == .awsLoginRequired)
    }

    // MARK: Programs

    @Test func `a program's credentials are used, and its output is not shown if it is invalid`() async throws {
        let config = "[default]\ncredential_process = /opt/vault 'two words'\n"
        let lookup = try lookup(
            config: config,
            process: { request in
                let ok = request.program == "/opt/vault" && request.arguments == ["two words"]
                return ProcessResult(
                    status: .exited(ok ? 0 : 1),
                    output: Array(#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}"#.utf8)
                )
            }
        )
        #expect(try await lookup.credentials().accessKeyID == "P")

        let invalid = try self.lookup(
            config: config,
            process: { _ in
                ProcessResult(status: .exited(0), output: Array("planted secret".utf8))
            }
        )
        let diagnostic = try await invalid.diagnostic()
        #expect(diagnostic.code == .awsCredentialsFailed)
        #expect(!"\(diagnostic)".contains("planted"))

        let failing = try self.lookup(
            config: config,
            process: { _ in
                ProcessResult(status: .exited(3), errorOutput: Array("first\nvault is locked\n".utf8))
            }
        )
        #expect(try await failing.diagnostic().message.hasSuffix("exit status 3: vault is locked"))
    }

    @Test func `a profile of 'aws login' is exported by the AWS CLI`() async throws {
        let config = "[default]\nlogin_session = arn:x\n"
        let missing = try await lookup(config: config).diagnostic()
        #expect(missing.code == .awsCredentialsFailed)
        #expect(missing.help == ["install the AWS CLI, version 2.32 or later"])

        let files: [LocalPath: String] = ["/bin/aws": ""]
        let lookup = try lookup(
            config: config,
            files: files,
            process: { request in
                let isExport =
                    request.arguments.prefix(4) == ["configure", "export-credentials", "--profile", "default"]
                return ProcessResult(
                    status: .exited(isExport ? 0 : 1),
                    output: Array(#"{"Version":1,"AccessKeyId":"L","SecretAccessKey":"s","SessionToken":"t"}"#.utf8)
                )
            }
        )
        try lookup.files.setMode(0o755, of: "/bin/aws")
        #expect(try await lookup.credentials().accessKeyID == "L")
    }

    // MARK: Metadata

    @Test func `an instance is asked with a token, and without a proxy`() async throws {
        let lookup = try lookup { request in
            switch (request.method, request.address.path) {
            case ("PUT", "/latest/api/token"): return HTTPResponse(status: 200, body: Array("tok".utf8))
            case ("GET", "/latest/meta-data/iam/security-credentials/"):
                return HTTPResponse(status: 200, body: Array("my role\n".utf8))
            default:
                let body =
                    #"{"Code":"Success","AccessKeyId":"I","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}"#
                return HTTPResponse(status: 200, body: Array(body.utf8))
            }
        }
        #expect(try await lookup.credentials().accessKeyID == "I")
        let requests = lookup.transport.requests
        #expect(requests.map(\.address.origin) == Array(repeating: "http://169.254.169.254", count: 3))
        #expect(requests.allSatisfy { !$0.usesProxy && $0.timeouts.connect == .seconds(1) })
        #expect(requests[2].address.path.hasSuffix("/my%20role"))
        #expect(
            requests[2].headers.contains { $0.name == "x-aws-ec2-metadata-token" && $0.value == "tok" && $0.isSecret }
        )
    }

    @Test(arguments: [
        ("http://169.254.170.23/x", true), ("http://127.0.0.9:1/x", true), ("http://[::1]/x", true),
        ("https://example.com/x", true), ("http://example.com/x", false), ("http://127.0.0.1.example.com/x", false),
        ("http://169.254.170.3/x", false),
    ])
    func `a container's credentials come only from addresses that others cannot have`(
        address: String,
        isTrusted: Bool
    ) async throws {
        let lookup = try lookup(environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": address]) { _ in
            HTTPResponse(
                status: 200,
                body: Array(
                    #"{"AccessKeyId":"C","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}"#.utf8
                )
            )
        }
        if isTrusted {
            #expect(try await lookup.credentials().accessKeyID == "C")
            #expect(lookup.transport.requests.allSatisfy { !$0.usesProxy })
        } else {
            #expect(try await lookup.diagnostic().code == .awsCredentialsFailed)
            #expect(lookup.transport.requests.isEmpty)
        }
    }
}
