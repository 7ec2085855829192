import AWSClient
import AWSVariables
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Synchronization
import Testing

/// A stand-in of AWS for variables: parameters, outputs and objects, and what was asked for.
private final class VariableServer: Sendable {
    private let log = Mutex<[String]>([])
    let parameters: [String: (kind: String, value: String)]
    let denied: Set<String>

    init(_ parameters: [String: (kind: String, value: String)] = [:], denied: Set<String> = []) {
        self.parameters = parameters
        self.denied = denied
    }

    /// The calls: operation, host and names.
    var calls: [String] { log.withLock { $0.sorted() } }

    func answer(_ request: HTTPRequest) throws -> HTTPResponse {
        let host = request.address.host
        let body: [UInt8] = if case .bytes(let bytes) = request.body { bytes } else { [] }
        if host.hasPrefix("ssm.") {
            let json = try JSONValue(parsing: body)
            if let name = json["Name"]?.stringValue {
                log.withLock { $0.append("secret \(name)") }
                guard let parameter = parameters[name] else {
                    return HTTPResponse(status: 400, body: Array(#"{"__type":"ParameterNotFound"}"#.utf8))
                }
                let found: JSONValue = [
                    "Parameter": [
                        "Name": .string(name), "Type": .string(parameter.kind), "Value": .string(parameter.value),
                    ]
                ]
                return HTTPResponse(status: 200, body: JSONWriter().bytes(of: found))
            }
            let names = (json["Names"]?.arrayValue ?? []).compactMap(\.stringValue)
            let decrypts = json["WithDecryption"] == true
            log.withLock {
                $0.append(
                    "ssm \(host.split(separator: ".")[1]) \(decrypts ? "" : "encrypted ")\(names.joined(separator: " "))"
                )
            }
            if names.contains(where: denied.contains) {
                let error =
                    #"{"__type":"AccessDeniedException","Message":"User: u is not authorized to perform: ssm:GetParameters"}"#
                return HTTPResponse(status: 400, body: Array(error.utf8))
            }
            let found = names.compactMap { name in
                parameters[name]
                    .map { parameter -> JSONValue in
                        [
                            "Name": .string(name), "Type": .string(parameter.kind),
                            "Value": .string((decrypts ? "" : "sealed:") + parameter.value),
                        ]
                    }
            }
            return HTTPResponse(status: 200, body: JSONWriter().bytes(of: ["Parameters": .array(found)]))
        }
        if host.hasPrefix("cloudformation.") {
            let form = String(decoding: body, as: UTF8.self)
            let name = form.split(separator: "&").first { $0.hasPrefix("StackName=") }?.dropFirst(10) ?? ""
            log.withLock { $0.append("cf \(host.split(separator: ".")[1]) \(name)") }
            guard name == "base" else {
                let error =
                    "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id \(name) does not exist</Message></Error></ErrorResponse>"
                return HTTPResponse(status: 400, body: Array(error.utf8))
            }
            let stack = """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>base</StackName><Outputs>
                <member><OutputKey>Url</OutputKey><OutputValue>https://x</OutputValue></member>
                <member><OutputKey>Name</OutputKey><OutputValue>n</OutputValue></member>
                </Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>
                """
            return HTTPResponse(status: 200, body: Array(stack.utf8))
        }
        if host.hasPrefix("sts.") {
            log.withLock { $0.append("sts") }
            let identity =
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            return HTTPResponse(status: 200, body: Array(identity.utf8))
        }
        log.withLock { $0.append("s3 \(host) \(request.address.path)") }
        if host.hasPrefix("pages.") { return HTTPResponse(status: 200, body: Array("calm sea\n".utf8)) }
        if host.hasPrefix("closed.") {
            return HTTPResponse(
                status: 403,
                body: Array("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>".utf8)
            )
        }
        return HTTPResponse(
            status: 404,
            body: Array("<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>".utf8)
        )
    }
}

@Suite struct AWSVariableSourceTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "planted"]

    private func source(
        _ server: VariableServer,
        home: [LocalPath: String] = [:],
        transports: (@Sendable (Environment) -> Void)? = nil
    ) throws -> AWSVariableSource {
        let files = try InMemoryFileSystem(home)
        return AWSVariableSource { environment in
            transports?(environment)
            return HostServices(
                files: files,
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport { try server.answer($0) },
                environment: environment,
                wallClock: .fixed(milliseconds: 1_770_091_506_789),
                clock: MonotonicClock(ManualClock()),
                processorCount: 2
            )
        }
    }

    private func access(
        _ environment: [String: String] = keys,
        option: String? = nil,
        profile: String? = nil,
        stage: String = "dev"
    ) -> RemoteVariableAccess {
        RemoteVariableAccess(
            region: "us-east-1",
            stage: stage,
            optionProfile: option,
            profile: option ?? profile,
            environment: Environment(environment)
        )
    }

    private func ssm(_ address: String, _ parameters: String...) -> RemoteVariable {
        RemoteVariable(.ssm, parameters: parameters, address: address)
    }

    @Test func `forty parameters and ten outputs cost a few calls`() async throws {
        let names = (0..<40).map { "/p/\($0)" }
        let server = VariableServer(Dictionary(uniqueKeysWithValues: names.map { ($0, ("String", "v\($0)")) }))
        let variables =
            names.map { ssm($0) }
            + (0..<10).map { RemoteVariable(.cf, address: "base.\($0 % 2 == 0 ? "Url" : "Name")\($0 > 1 ? "" : "")") }
        let results = try await source(server).results(of: Array(Set(variables)), access: access())
        #expect(results[ssm("/p/7")] == .value("v/p/7"))
        #expect(results[RemoteVariable(.cf, address: "base.Name")] == .value("n"))
        #expect(server.calls.count == 5)
    }

    @Test func `values have the types of Serverless`() async throws {
        let server = VariableServer([
            "/list": ("StringList", "one,two,,three"), "/secure": ("SecureString", #"{"a":{"b":[1,2]}}"#),
            "/number": ("SecureString", "123"), "/broken": ("SecureString", "{x"), "/text": ("String", #"{"a":1}"#),
        ])
        let expected: [RemoteVariable: RemoteVariableResult] = [
            ssm("/list"): .value(["one", "two", "", "three"]), ssm("/list", "raw"): .value("one,two,,three"),
            ssm("/secure"): .value(["a": ["b": [1, 2]]]),
            ssm("/secure", "eu-west-1", "raw"): .value(#"{"a":{"b":[1,2]}}"#),
            ssm("/number"): .value("123"), ssm("/broken"): .value("{x"), ssm("/text"): .value(#"{"a":1}"#),
            ssm("/text", "noDecrypt"): .value(#"sealed:{"a":1}"#), ssm("/absent"): .missing,
            RemoteVariable(.s3, address: "pages/notes/a b.txt"): .value("calm sea\n"),
            RemoteVariable(.s3, address: "absent/key"): .missing,
            RemoteVariable(.cf, address: "base.Url"): .value("https://x"),
            RemoteVariable(.cf, address: "base.Other"): .missing, RemoteVariable(.cf, address: "other.Url"): .missing,
            RemoteVariable(.aws, address: "accountId"): .value("123456789012"),
        ]
        let results = try await source(server).results(of: Array(expected.keys), access: access())
        for (variable, result) in expected { #expect(results[variable] == result, "\(variable)") }
        #expect(
            server.calls == [
                "cf us-east-1 base", "cf us-east-1 other", "s3 absent.s3.amazonaws.com /key",
                "s3 pages.s3.amazonaws.com /notes/a%20b.txt",
                "ssm eu-west-1 /secure", "ssm us-east-1 /absent /broken /list /number /secure /text",
                "ssm us-east-1 encrypted /text", "sts",
            ]
        )
    }

    @Test func `a secret is looked up by its reference`() async throws {
        let name = "/aws/reference/secretsmanager/db"
        let server = VariableServer([name: ("SecureString", #"{"user":"u"}"#)])
        let results = try await source(server).results(of: [ssm(name), ssm(name + "2")], access: access())
        #expect(results == [ssm(name): .value(["user": "u"]), ssm(name + "2"): .missing])
        #expect(server.calls == ["secret \(name)", "secret \(name)2"])
    }

    @Test func `a stack of another region is looked up there`() async throws {
        let server = VariableServer()
        let variable = RemoteVariable(.cf, parameters: ["eu-west-1"], address: "base.Url")
        #expect(try await source(server).results(of: [variable], access: access()) == [variable: .value("https://x")])
        #expect(server.calls == ["cf eu-west-1 base"])
    }

    @Test func `one value that is denied does not deny the others`() async throws {
        let server = VariableServer(["/a": ("String", "1"), "/b": ("String", "2")], denied: ["/b"])
        let results = try await source(server)
            .results(
                of: [ssm("/a"), ssm("/b"), RemoteVariable(.s3, address: "closed/key")],
                access: access()
            )
        #expect(results[ssm("/a")] == .value("1"))
        guard case .failure(let message, let notes) = results[ssm("/b")] else { return #expect(Bool(false)) }
        #expect(message.contains("ssm:GetParameters"))
        #expect(notes.contains("allow 'ssm:GetParameters' in the IAM policy of the user or role"))
        guard case .failure = results[RemoteVariable(.s3, address: "closed/key")] else { return #expect(Bool(false)) }
    }

    @Test(arguments: [
        RemoteVariable(.cf, address: "stack"), RemoteVariable(.s3, address: "bucket"),
        RemoteVariable(.aws, address: "user"),
    ])
    func `an address of the wrong form fails without a call`(variable: RemoteVariable) async throws {
        let server = VariableServer()
        let results = try await source(server).results(of: [variable], access: access([:]))
        guard case .failure = results[variable] else { return #expect(Bool(false)) }
        #expect(server.calls.isEmpty)
    }

    @Test func `without credentials, the error names the variables`() async throws {
        let source = try source(VariableServer())
        let environment = ["AWS_EC2_METADATA_DISABLED": "true"]
        let error = try await #require(throws: DiagnosticError.self) {
            _ = try await source.results(of: [ssm("/a"), ssm("/b", "raw")], access: access(environment))
        }
        #expect(error.diagnostics.map(\.code) == [.missingAWSCredentials])
        #expect(error.diagnostics.first?.notes.last == "these variables need AWS: '${ssm:/a}', '${ssm(raw):/b}'")
    }

    @Test func `credentials are looked up once for all rounds`() async throws {
        let count = Mutex(0)
        let source = try source(
            VariableServer(["/a": ("String", "1")]),
            transports: { _ in count.withLock { $0 += 1 } }
        )
        #expect(count.withLock { $0 } == 0)
        for _ in 0..<3 { _ = try await source.results(of: [ssm("/a")], access: access()) }
        #expect(count.withLock { $0 } == 1)
    }

    @Test(
        arguments: [
            ([:], nil, nil, "default"), ([:], "tool", "own", "tool"), ([:], nil, "own", "own"),
            (["AWS_PROFILE": "tool"], nil, "own", "tool"),
            (["AWS_DEV_PROFILE": "tool", "AWS_PROFILE": "own"], nil, "own", "tool"),
            (["AWS_DEV_PROFILE": "tool"], "own", nil, "own"),
            (["AWS_PROD_PROFILE": "tool"], nil, nil, "default"),
            (
                [
                    "AWS_DEV_ACCESS_KEY_ID": "STAGE", "AWS_DEV_SECRET_ACCESS_KEY": "s", "AWS_ACCESS_KEY_ID": "E",
                    "AWS_SECRET_ACCESS_KEY": "s",
                ], nil, "own", "STAGE"
            ),
            (["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "s"], nil, "own", "E"),
            (["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "s"], "tool", "own", "tool"),
        ] as [([String: String], String?, String?, String)]
    )
    func `a service uses the profile that Serverless uses`(
        environment: [String: String],
        option: String?,
        profile: String?,
        key: String
    ) async throws {
        let text = ["default", "tool", "own"].map { "[\($0)]\naws_access_key_id=\($0)\naws_secret_access_key=s\n" }
            .joined()
        let files = try InMemoryFileSystem(["/home/.aws/credentials": text])
        var variables = environment
        variables["HOME"] = "/home"
        let session = try AWSSession(access(variables, option: option, profile: profile)) { environment in
            HostServices(
                files: files,
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport.unreachable,
                environment: environment
            )
        }
        #expect(try await session.client(region: "us-east-1").credentials().accessKeyID == key)
    }
}
