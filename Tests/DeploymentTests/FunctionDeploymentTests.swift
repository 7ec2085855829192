import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Synchronization
import Testing

@testable import CloudFormation
@testable import Deployment
@testable import PackageDirectory

@Suite("The deployment of a single function")
struct FunctionDeploymentTests {
    private static let deployed: JSONValue = [
        "FunctionName": "orders-dev-hello",
        "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:orders-dev-hello",
        "CodeSha256": .string(SHA256.digest(of: "code").base64), "LastUpdateStatus": "Successful", "Handler": "app.run",
        "Runtime": "python3.13", "MemorySize": 128, "Timeout": 3, "Role": "role",
    ]
    private static let properties: JSONValue = [
        "FunctionName": "orders-dev-hello", "Handler": "app.run", "Runtime": "python3.13", "Role": "role",
        "Code": ["S3Key": "serverless/orders/dev/1/orders.zip"],
    ]

    private static func json(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: JSONWriter().bytes(of: value))
    }

    /// A deployment of one function whose calls a closure answers; `nil` gets the usual answer.
    private func with(
        content: String = "code",
        _ properties: JSONValue = properties,
        _ answer: @escaping @Sendable (_ method: String, _ path: String) -> HTTPResponse? = { _, _ in nil },
        _ body: (FunctionDeployment, ServiceFunction, DeploymentFixture) async throws -> Void
    ) async throws {
        let fixture = try DeploymentFixture { request in
            let path = request.address.path
            if let found = answer(request.method, path) { return found }
            if request.method == "POST" {
                return HTTPResponse(
                    status: 200,
                    body: Array(
                        "<R><ListStackResourcesResult><StackResourceSummaries/></ListStackResourcesResult></R>".utf8
                    )
                )
            }
            return Self.json(request.method == "GET" ? ["Configuration": Self.deployed] : Self.deployed)
        }
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, prefix: "function") { folder in
            let archive = folder / "orders.zip"
            try LiveFileSystem().write(content, to: archive)
            let package = DeploymentPackage(
                directory: folder,
                createTemplate: nil,
                updateTemplate: [
                    "Resources": ["HelloLambdaFunction": ["Type": "AWS::Lambda::Function", "Properties": properties]]
                ],
                state: [:]
            )
            let artifact = DeploymentPackage.Artifact(
                fileName: "orders.zip",
                s3Key: "serverless/orders/dev/1/orders.zip",
                path: archive,
                resources: ["HelloLambdaFunction"]
            )
            let deployment = FunctionDeployment(
                of: package,
                [(artifact: artifact, digest: SHA256.digest(of: content))],
                fixture.context
            )
            try await body(deployment, try #require(fixture.context.service.function("hello")), fixture)
        }
    }

    private func changes(_ fixture: DeploymentFixture) -> [String] {
        fixture.transport.requests.filter { $0.method == "PUT" }.map { $0.address.path }
    }

    @Test("changes nothing if code and configuration are equal")
    func unchanged() async throws {
        try await with { deployment, function, fixture in
            let outcome = try await deployment.deploy(function)
            #expect(outcome.code == .unchanged)
            #expect(outcome.configuration == .unchanged)
            #expect(changes(fixture).isEmpty)
        }
    }

    @Test("replaces code that differs, or any code if it is forced")
    func code() async throws {
        try await with(content: "other") { deployment, function, fixture in
            let outcome = try await deployment.deploy(function)
            #expect(outcome.code == .deployed)
            #expect(outcome.configuration == .unchanged)
            #expect(changes(fixture) == ["/2015-03-31/functions/orders-dev-hello/code"])
        }
        try await with { deployment, function, _ in
            let code = try await deployment.deploy(function, isForced: true).code
            #expect(code == .deployed)
        }
    }

    @Test("leaves the code if only the configuration is to be deployed")
    func onlyConfiguration() async throws {
        var properties = Self.properties
        properties["MemorySize"] = 512
        try await with(content: "other", properties) { deployment, function, fixture in
            let outcome = try await deployment.deploy(function, onlyConfiguration: true)
            #expect(outcome.code == .skipped)
            #expect(outcome.configuration == .deployed)
            #expect(changes(fixture) == ["/2015-03-31/functions/orders-dev-hello/configuration"])
        }
    }

    @Test("waits while Lambda still makes another change, and until its own is made")
    func waiting() async throws {
        let conflicts = Mutex(2)
        let pending = Mutex(2)
        try await with(
            content: "other",
            Self.properties,
            { method, _ in
                if method == "PUT",
                    conflicts.withLock({
                        $0 -= 1
                        return $0 >= 0
                    })
                {
                    return HTTPResponse(
                        status: 409,
                        headers: [HTTPHeader("x-amzn-ErrorType", "ResourceConflictException")],
                        body: Array(#"{"message":"an update is in progress"}"#.utf8)
                    )
                }
                guard method == "GET" else { return nil }
                var configuration = Self.deployed
                if pending.withLock({
                    $0 -= 1
                    return $0 == 0
                }) {
                    configuration["LastUpdateStatus"] = "InProgress"
                }
                return Self.json(["Configuration": configuration])
            }
        ) { deployment, function, fixture in
            let code = try await deployment.deploy(function).code
            #expect(code == .deployed)
            #expect(changes(fixture).count == 3)
        }
    }

    @Test("reports why Lambda cannot update a function, and that it is not deployed")
    func failures() async throws {
        try await with(
            content: "other",
            Self.properties,
            { method, _ in
                guard method == "GET" else { return nil }
                var configuration = Self.deployed
                configuration["LastUpdateStatus"] = "Failed"
                configuration["LastUpdateStatusReason"] = "the key is disabled"
                return Self.json(["Configuration": configuration])
            }
        ) { deployment, function, _ in
            let error = try await #require(throws: DiagnosticError.self) { try await deployment.deploy(function) }
            #expect(error.diagnostics.map(\.code) == [.functionUpdateFailed])
            #expect(error.diagnostics.first?.message.contains("the key is disabled") == true)
        }
        try await with(content: "other", Self.properties, { _, _ in Self.json([:], status: 404) }) {
            deployment,
            function,
            _ in
            let error = try await #require(throws: DiagnosticError.self) { try await deployment.deploy(function) }
            #expect(error.diagnostics.map(\.code) == [.functionNotDeployed])
        }
    }

    @Test("deploys an image if its digest differs")
    func image() async throws {
        var properties = Self.properties
        properties["Code"] = ["ImageUri": "1.dkr.ecr.eu-west-1.amazonaws.com/x@sha256:2"]
        func answer(_ image: String) -> @Sendable (String, String) -> HTTPResponse? {
            { method, _ in
                method == "GET"
                    ? Self.json(["Configuration": Self.deployed, "Code": ["ImageUri": .string(image)]]) : nil
            }
        }
        try await with(properties, answer("1.dkr.ecr.eu-west-1.amazonaws.com/x@sha256:1")) { deployment, function, _ in
            let code = try await deployment.deploy(function).code
            #expect(code == .deployed)
        }
        try await with(properties, answer("1.dkr.ecr.eu-west-1.amazonaws.com/x@sha256:2")) { deployment, function, _ in
            let code = try await deployment.deploy(function).code
            #expect(code == .unchanged)
        }
    }
}
