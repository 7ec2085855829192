import AWSClient
import ConfigurationFormats
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import ServerlessConfig
import ServiceLifecycle
import Testing

@testable import ServiceDoctor

@Suite("The checks of doctor")
struct ChecksTests {
    private func host(
        programs: [String] = [],
        environment: [String: String] = [:],
        _ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse = { _ in HTTPResponse(status: 404) }
    ) throws -> HostServices {
        let files = try InMemoryFileSystem()
        try files.createDirectory("/bin")
        for name in programs {
            try files.write("", to: LocalPath("/bin") / name)
            try files.setMode(0o755, of: LocalPath("/bin") / name)
        }
        return HostServices(
            files: files,
            processes: ScriptedProcessRunner { request in
                guard !request.program.hasSuffix("broken") else { return ProcessResult(status: .exited(127)) }
                let text = "\(request.program.split(separator: "/").last ?? "") version 1.2\nmore\n"
                return ProcessResult(status: .exited(0), output: Array(text.utf8))
            },
            transport: StubTransport(answer),
            environment: Environment(environment.merging(["PATH": "/bin"]) { $1 }),
            wallClock: .fixed(milliseconds: 1_700_000_000_000),
            clock: MonotonicClock(ManualClock()),
            processorCount: 2
        )
    }

    private func service(_ runtime: String) throws -> Service {
        let yaml =
            "service: orders\nprovider: { name: aws, runtime: \(runtime) }\nfunctions: { a: { handler: app.run } }"
        return Service(
            root: try #require(try ConfigurationText.yaml(Array(yaml.utf8), file: "serverless.yml")),
            directory: "/service"
        )
    }

    @Test("show the versions of programs, and what missing ones are needed for")
    func tools() async throws {
        let found = try await ToolChecks(on: host(programs: ["git", "podman", "uv"]), for: service("nodejs22.x"))
            .findings()
        #expect(found.map(\.status) == [.ok, .warning, .ok, .ok])
        #expect(found[0].text == "uv: uv version 1.2 (/bin/uv)")
        #expect(found[1].text.hasPrefix("node is not on PATH"))
        #expect(found[2].text.hasPrefix("podman: podman version 1.2"))
        let python = try await ToolChecks(on: host(programs: ["python3.13"]), for: service("python3.13")).findings()
        #expect(python.contains { $0.text.hasPrefix("python3.13: python3.13 version 1.2") && $0.status == .ok })
        #expect(python.contains { $0.text == "uv is downloaded when requirements are resolved" })
        #expect(!python.contains { $0.status > .note })
    }

    @Test("report a program that does not start, and a missing one that is named")
    func brokenTools() async throws {
        let named = try await ToolChecks(
            on: host(programs: ["broken"], environment: ["FUROSHIKI_UV": "broken"]),
            for: nil
        )
        .findings()
        #expect(named.first?.status == .warning)
        #expect(named.first?.text == "uv at /bin/broken does not start")
        let missing = try await ToolChecks(on: host(environment: ["FUROSHIKI_UV": "absent"]), for: nil).findings()
        #expect(missing.first?.status == .error)
        #expect(missing.first?.code == .uvNotAvailable)
    }

    // MARK: Account and stack

    private static func xml(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    private func account(
        stack: String,
        events: String = "",
        identity: HTTPResponse = xml(
            "<R><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/me</Arn><UserId>U</UserId><Account>1</Account></GetCallerIdentityResult></R>"
        )
    ) async throws -> [DoctorReport.Finding] {
        let host = try host { request in
            guard case .bytes(let bytes) = request.body else { return HTTPResponse(status: 404) }
            let text = String(decoding: bytes, as: UTF8.self)
            if text.contains("GetCallerIdentity") { return identity }
            if text.contains("DescribeStackEvents") { return Self.xml("<R><StackEvents>\(events)</StackEvents></R>") }
            guard !stack.isEmpty else {
                return Self.xml(
                    "<R><Error><Code>ValidationError</Code><Message>Stack with id orders-dev does not exist</Message></Error></R>",
                    status: 400
                )
            }
            return Self.xml("<R><Stacks><member><StackName>orders-dev</StackName>\(stack)</member></Stacks></R>")
        }
        var settings = AWSClient.Settings()
        settings.attempts = 1
        let client = AWSClient(
            region: "eu-west-1",
            credentials: StaticCredentials(
                AWSCredentials(
                    accessKeyID: "AKID",
                    secretAccessKey: Secret("planted"),
                    expiration: 1_700_000_000_000 + 90 * 60_000,
                    origin: "the profile 'work'"
                )
            ),
            settings: settings,
            host: host
        )
        return try await AccountChecks(client, for: service("python3.13"), on: host).findings()
    }

    @Test("show whose credentials are used, and which program deployed the stack")
    func account() async throws {
        let stack =
            "<StackStatus>UPDATE_COMPLETE</StackStatus><LastUpdatedTime>2023-11-14T22:13:20Z</LastUpdatedTime>"
        let own = try await account(
            stack: stack + "<ChangeSetId>arn:aws:cloudformation:eu-west-1:1:changeSet/furoshiki-1/x</ChangeSetId>"
        )
        #expect(own.map(\.status) == [.ok, .ok])
        #expect(
            own[0].text == "arn:aws:iam::1:user/me in the account 1, from the profile 'work', valid for 90 minutes"
        )
        #expect(own[1].text == "orders-dev: UPDATE_COMPLETE since 2023-11-14T22:13:20.000Z, by Furoshiki")
        let other = try await account(
            stack: stack
                + "<ChangeSetId>arn:aws:cloudformation:eu-west-1:1:changeSet/orders-dev-change-set/x</ChangeSetId>"
        )
        #expect(other[1].text.hasSuffix(", by Serverless"))
        let direct = try await account(
            stack: stack,
            events:
                "<member><EventId>1</EventId><LogicalResourceId>orders-dev</LogicalResourceId><ResourceType>AWS::CloudFormation::Stack</ResourceType>"
                + "<ResourceStatus>UPDATE_IN_PROGRESS</ResourceStatus><ClientRequestToken>furoshiki-deploy-1-by-ada</ClientRequestToken></member>"
        )
        #expect(direct[1].text.hasSuffix(", by 'ada' with Furoshiki"))
    }

    @Test("report a stack that cannot be updated, and one that does not exist")
    func stacks() async throws {
        let broken = try await account(stack: "<StackStatus>ROLLBACK_COMPLETE</StackStatus>")
        #expect(broken[1].status == .error)
        #expect(broken[1].help.first?.contains("furoshiki remove") == true)
        let rolledBack = try await account(stack: "<StackStatus>UPDATE_ROLLBACK_COMPLETE</StackStatus>")
        #expect(rolledBack[1].status == .warning)
        let missing = try await account(stack: "")
        #expect(missing[1].status == .note)
        #expect(missing[1].text.contains("not deployed"))
    }

    @Test("report credentials that AWS rejects, and check nothing with them")
    func rejected() async throws {
        let found = try await account(
            stack: "<StackStatus>UPDATE_COMPLETE</StackStatus>",
            identity: Self.xml(
                "<R><Error><Code>InvalidClientTokenId</Code><Message>no</Message></Error></R>",
                status: 403
            )
        )
        #expect(found[0].status == .error)
        #expect(found[0].code == .rejectedAWSCredentials)
        #expect(found[1].status == .note)
    }
}
