import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import StackDiff
import Synchronization
import Testing

@testable import CloudFormation
@testable import Deployment
@testable import PackageDirectory

@Suite("The comparison with the deployed stack")
struct StackComparisonTests {
    private static let old = "serverless/orders/dev/\(DeploymentFixture.name(1_600_000_000_000))"
    private static let new = "serverless/orders/dev/\(DeploymentFixture.name(1_700_000_000_000))"

    private static func template(_ key: String, memory: Double = 128, padding: Int = 0) -> JSONValue {
        [
            "Resources": [
                "HelloLambdaFunction": [
                    "Type": "AWS::Lambda::Function",
                    "Properties": [
                        "FunctionName": "orders-dev-hello", "Code": ["S3Key": .string("\(key)/orders.zip")],
                        "MemorySize": .number(memory), "Description": .string(String(repeating: "x", count: padding)),
                    ],
                ]
            ]
        ]
    }

    private static func xml(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    /// What a request to CloudFormation asks for; empty for other services.
    private static func operation(_ request: HTTPRequest) -> String {
        guard case .bytes(let bytes) = request.body else { return "" }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix("Action=") ? String(text.dropFirst("Action=".count).prefix { $0 != "&" }) : ""
    }

    private static let change = """
        <member><Type>Resource</Type><ResourceChange><Action>Modify</Action><LogicalResourceId>HelloLambdaFunction</LogicalResourceId>
        <ResourceType>AWS::Lambda::Function</ResourceType><Replacement>False</Replacement><Scope><member>Properties</member></Scope>
        <Details><member><Target><Attribute>Properties</Attribute><Name>MemorySize</Name><Path>/Properties/MemorySize</Path>
        <RequiresRecreation>Never</RequiresRecreation></Target></member></Details></ResourceChange></member>
        """
    private static let removal = """
        <member><ResourceChange><Action>Remove</Action><PolicyAction>Delete</PolicyAction><LogicalResourceId>Table</LogicalResourceId>
        <ResourceType>AWS::DynamoDB::Table</ResourceType></ResourceChange></member>
        """
    private static let possible = """
        <member><ResourceChange><Action>Modify</Action><LogicalResourceId>Mapping</LogicalResourceId>
        <ResourceType>AWS::Lambda::EventSourceMapping</ResourceType><Replacement>Conditional</Replacement>
        <Details><member><Target><Attribute>Properties</Attribute><Name>EventSourceArn</Name>
        <RequiresRecreation>Always</RequiresRecreation></Target><Evaluation>Dynamic</Evaluation></member></Details></ResourceChange></member>
        """

    private static func describe(
        _ changes: String,
        status: String = "CREATE_COMPLETE",
        reason: String = ""
    ) -> HTTPResponse {
        xml(
            "<DescribeChangeSetResponse><DescribeChangeSetResult><Status>\(status)</Status>"
                + "<StatusReason>\(reason)</StatusReason><Changes>\(changes)</Changes>"
                + "</DescribeChangeSetResult></DescribeChangeSetResponse>"
        )
    }

    /// A plan with a changed function, and the service that is deployed.
    private func plan(
        _ context: DeploymentContext,
        memory: Double = 256,
        padding: Int = 0
    ) throws -> (plan: DeploymentPlan, deployed: DeployedService) {
        let package = DeploymentPackage(
            directory: "/service/.serverless",
            createTemplate: nil,
            updateTemplate: Self.template(Self.new, memory: memory, padding: padding),
            state: ["package": ["artifactDirectoryName": .string(Self.new)], "service": ["service": "orders"]]
        )
        var deployed = DeployedService()
        deployed.stack = try Stack.fixture(tags: ["STAGE": "dev"])
        deployed.template = Self.template(Self.old, padding: padding)
        deployed.artifactDigests = ["\(Self.old)/orders.zip": SHA256.digest(of: "code").base64]
        deployed.codeDigests = ["hello": SHA256.digest(of: "code").base64]
        deployed.bucket = "bucket"
        let artifact = DeploymentPackage.Artifact(
            fileName: "orders.zip",
            s3Key: "\(Self.new)/orders.zip",
            path: "/service/.serverless/orders.zip",
            resources: ["HelloLambdaFunction"]
        )
        let plan = DeploymentPlan(
            package,
            [(artifact: artifact, digest: SHA256.digest(of: "code"))],
            deployed: deployed,
            context,
            isForced: false
        )
        return (plan, deployed)
    }

    private func difference(
        memory: Double = 256,
        padding: Int = 0,
        comparesDrift: Bool = false,
        _ answer: @escaping @Sendable (String, HTTPRequest) throws -> HTTPResponse
    ) async throws -> (difference: StackDifference, fixture: DeploymentFixture) {
        let fixture = try DeploymentFixture { request in try answer(Self.operation(request), request) }
        let (plan, deployed) = try plan(fixture.context, memory: memory, padding: padding)
        let comparison = StackComparison(
            context: fixture.context,
            origins: [
                "HelloLambdaFunction": ResourceOrigin(
                    part: .function("hello"),
                    place: SourcePlace(file: "serverless.yml", line: 4, column: 3)
                )
            ],
            deployed: deployed
        )
        return (try await comparison.difference(plan, comparesDrift: comparesDrift), fixture)
    }

    private func operations(_ fixture: DeploymentFixture) -> [String] {
        fixture.transport.requests.map { Self.operation($0).isEmpty ? $0.method : Self.operation($0) }
    }

    @Test("has the changes of a change set with their places, and deletes it")
    func changeSet() async throws {
        let (difference, fixture) = try await difference { operation, _ in
            operation == "DescribeChangeSet"
                ? Self.describe(Self.change + Self.removal + Self.possible) : Self.xml("<R><Id>x</Id></R>")
        }
        #expect(difference.method == .changeSet)
        #expect(difference.changes.map(\.logicalID) == ["Table", "Mapping", "HelloLambdaFunction"])
        #expect(difference.changes.map(\.action) == [.delete, .replace, .modify])
        #expect(difference.changes[1].certainty == .possible)
        #expect(difference.changes[2].properties == [.init(path: "MemorySize", replaces: false)])
        #expect(difference.changes[2].place?.line == 4)
        #expect(operations(fixture) == ["CreateChangeSet", "DescribeChangeSet", "DeleteChangeSet"])
    }

    @Test(
        "deletes the change set if it fails, is interrupted, or if its creation gets no response",
        arguments: [0, 1, 2]
    )
    func cleanUp(_ kind: Int) async throws {
        let deleted = Mutex(0)
        await #expect(throws: (any Error).self) {
            try await difference { operation, request in
                switch (operation, kind) {
                case ("CreateChangeSet", 2):
                    throw HTTPError(.interrupted, address: request.address, detail: "reset")
                case ("DescribeChangeSet", 0): return Self.describe("", status: "FAILED", reason: "Template error")
                case ("DescribeChangeSet", 1): throw CancellationError()
                case ("DeleteChangeSet", _):
                    deleted.withLock { $0 += 1 }
                    return Self.xml("<R/>")
                default: return Self.xml("<R><Id>x</Id></R>")
                }
            }
        }
        #expect(deleted.withLock { $0 } == 1)
    }

    @Test("asks nothing if only times differ, unless drift is compared")
    func unchanged() async throws {
        let (difference, fixture) = try await difference(memory: 128) { _, _ in Self.xml("<R/>") }
        #expect(difference.isEmpty)
        #expect(fixture.transport.requests.isEmpty)
        let (drifted, other) = try await self.difference(memory: 128, comparesDrift: true) { operation, _ in
            operation == "DescribeChangeSet"
                ? Self.describe(
                    Self.change
                        .replacing("<Details>", with: "<ResourceDriftStatus>MODIFIED</ResourceDriftStatus><Details>")
                        .replacing(
                            "</RequiresRecreation></Target>",
                            with: "</RequiresRecreation><Drift><ActualValue>9</ActualValue></Drift></Target>"
                        )
                )
                : Self.xml("<R><Id>x</Id></R>")
        }
        let create = try #require(other.transport.requests.first)
        guard case .bytes(let body) = create.body else {
            Issue.record("the request has no content")
            return
        }
        #expect(String(decoding: body, as: UTF8.self).contains("DeploymentMode=REVERT_DRIFT"))
        #expect(drifted.changes.first?.drift == "MODIFIED")
        #expect(drifted.changes.first?.properties.first?.hasDrifted == true)
    }

    @Test("uploads a template that is too large for a request, and removes it again")
    func largeTemplate() async throws {
        let (difference, fixture) = try await difference(padding: 60_000) { operation, request in
            switch (operation, request.method) {
            case ("DescribeChangeSet", _): Self.describe(Self.change)
            case ("", "POST"): Self.xml("<DeleteResult/>")
            default: Self.xml("<R><Id>x</Id></R>")
            }
        }
        #expect(difference.changes.count == 1)
        #expect(operations(fixture) == ["PUT", "CreateChangeSet", "DescribeChangeSet", "DeleteChangeSet", "POST"])
        #expect(
            fixture.deletedKeys == ["serverless/orders/dev/furoshiki-preview-\(DeploymentFixture.now).json"]
        )
    }

    @Test("compares templates with a warning if change sets are not allowed")
    func accessDenied() async throws {
        let (difference, _) = try await difference { operation, _ in
            operation == "CreateChangeSet"
                ? Self.xml(
                    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
                    status: 403
                ) : Self.xml("<R/>")
        }
        #expect(difference.method == .templates)
        #expect(difference.changes.map(\.logicalID) == ["HelloLambdaFunction"])
        #expect(difference.changes.first?.properties.map(\.path) == ["MemorySize"])
    }

    // MARK: Review

    private static let losses = StackDifference(
        stack: "orders-dev",
        method: .changeSet,
        changes: [
            ResourceChange(
                .replace,
                "Table",
                type: "AWS::DynamoDB::Table",
                properties: [.init(path: "KeySchema", replaces: true)]
            ),
            ResourceChange(.delete, "Topic", type: "AWS::SNS::Topic"),
            ResourceChange(.delete, "Version1", type: "AWS::Lambda::Version"),
            ResourceChange(.replace, "Mapping", type: "AWS::Lambda::EventSourceMapping", certainty: .possible),
        ]
    )

    @Test("a review refuses what it is to refuse, and lists it with its cause")
    func refusal() async throws {
        let error = try await #require(throws: DiagnosticError.self) {
            try await ChangeReview(refusing: [.replace, .delete]).check(Self.losses)
        }
        #expect(error.diagnostics.map(\.code) == [.changeRefused])
        #expect(
            error.diagnostics.first?.notes == [
                "Table (AWS::DynamoDB::Table) replaced, because of KeySchema, with its data",
                "Topic (AWS::SNS::Topic) deleted",
            ]
        )
        let other = try await #require(throws: DiagnosticError.self) {
            try await ChangeReview(refusing: [.delete]).check(Self.losses)
        }
        #expect(other.diagnostics.first?.notes == ["Topic (AWS::SNS::Topic) deleted"])
        let harmless = StackDifference(
            stack: "orders-dev",
            method: .changeSet,
            changes: [ResourceChange(.modify, "Table", type: "AWS::DynamoDB::Table")]
        )
        try await ChangeReview(refusing: [.replace, .delete]).check(harmless)
    }

    @Test("a review asks only if something is lost, and ends the deployment without a yes")
    func confirmation() async throws {
        let asked = Mutex(0)
        func review(_ answer: Bool) -> ChangeReview {
            ChangeReview { losses in
                asked.withLock { $0 += losses.count }
                return answer
            }
        }
        try await review(true).check(Self.losses)
        #expect(asked.withLock { $0 } == 2)
        let error = try await #require(throws: DiagnosticError.self) { try await review(false).check(Self.losses) }
        #expect(error.diagnostics.map(\.code) == [.deploymentNotConfirmed])
        try await review(false).check(StackDifference(stack: "orders-dev", method: .changeSet))
        #expect(asked.withLock { $0 } == 4)
    }

    @Test("the list of refusals is read from an option")
    func refusals() throws {
        #expect(try ChangeReview.Refusal.list("replace,delete") == [.replace, .delete])
        #expect(try ChangeReview.Refusal.list("delete") == [.delete])
        for text in ["", "remove", "replace,,all", ","] {
            #expect(throws: DiagnosticError.self) { try ChangeReview.Refusal.list(text) }
        }
    }
}
