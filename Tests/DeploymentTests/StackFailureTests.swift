import Diagnostics
import Testing

@testable import AWSClient
@testable import CloudFormation
@testable import Deployment

@Suite("The explanation of a failed operation")
struct StackFailureTests {
    private static func event(_ id: String, _ status: String, _ reason: String? = nil) throws -> StackEvent {
        let type = id == "orders-dev" ? "AWS::CloudFormation::Stack" : "AWS::DynamoDB::Table"
        let text =
            "<member><EventId>\(id)-\(status)</EventId><LogicalResourceId>\(id)</LogicalResourceId><ResourceType>\(type)</ResourceType>"
            + "<ResourceStatus>\(status)</ResourceStatus>"
            + (reason.map { "<ResourceStatusReason>\($0)</ResourceStatusReason>" } ?? "") + "</member>"
        return StackEvent(try XMLReader.parse(Array(text.utf8)))
    }

    private func failure(
        _ status: String,
        _ events: [StackEvent],
        region: String = "eu-west-1"
    ) throws -> Diagnostic {
        let failure = StackFailure(
            stackName: "orders-dev",
            stackID: "arn:aws:cloudformation:eu-west-1:1:stack/orders-dev/1",
            region: region,
            result: StackMonitor.Result(status: status, events: events),
            origins: [
                "Table": ResourceOrigin(
                    part: .userResource,
                    place: SourcePlace(file: "serverless.yml", line: 31, column: 5)
                )
            ]
        )
        return try #require(failure.error().diagnostics.first)
    }

    @Test("names the first resource that failed for a reason of its own, at its place")
    func cause() throws {
        let diagnostic = try failure(
            "UPDATE_ROLLBACK_COMPLETE",
            [
                Self.event("orders-dev", "UPDATE_IN_PROGRESS", "User Initiated"),
                Self.event("Queue", "CREATE_FAILED", "Resource creation cancelled"),
                Self.event("Table", "CREATE_FAILED", "Table already exists: orders"),
                Self.event("Topic", "CREATE_FAILED", "Later"),
                Self.event("orders-dev", "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed"),
            ]
        )
        #expect(diagnostic.code == .stackOperationFailed)
        #expect(diagnostic.message == "CREATE_FAILED: Table (AWS::DynamoDB::Table): Table already exists: orders")
        #expect(diagnostic.place?.line == 31)
        #expect(diagnostic.notes.first == "the stack 'orders-dev' is now in the state UPDATE_ROLLBACK_COMPLETE")
        #expect(diagnostic.help == ["the stack is as before; correct the cause and deploy again"])
    }

    @Test("is the failure of the stack itself if no resource failed by itself")
    func withoutResource() throws {
        let onlyStack = try failure("ROLLBACK_COMPLETE", [Self.event("orders-dev", "CREATE_FAILED", "Role is invalid")])
        #expect(onlyStack.message.contains("Role is invalid"))
        #expect(onlyStack.place == nil)
        let onlyCancelled = try failure(
            "ROLLBACK_COMPLETE",
            [Self.event("Queue", "CREATE_FAILED", "Resource creation cancelled")]
        )
        #expect(onlyCancelled.message.contains("Queue"))
        let nothing = try failure(
            "UPDATE_ROLLBACK_FAILED",
            [Self.event("orders-dev", "UPDATE_IN_PROGRESS", "User Initiated")]
        )
        #expect(nothing.message == "CloudFormation cannot change the stack 'orders-dev': User Initiated")
    }

    @Test("links to the events of a stack that still exists, in a real region")
    func link() throws {
        let events = [try Self.event("Table", "CREATE_FAILED", "no")]
        let link = try failure("ROLLBACK_COMPLETE", events).notes.last
        #expect(
            link?.hasSuffix("?stackId=arn%3Aaws%3Acloudformation%3Aeu-west-1%3A1%3Astack%2Forders-dev%2F1") == true
        )
        #expect(try failure("DELETE_COMPLETE", events).notes == ["the stack 'orders-dev' was deleted again"])
        #expect(try failure("ROLLBACK_COMPLETE", events, region: "local").notes.count == 1)
    }

    @Test(arguments: [
        ("ROLLBACK_COMPLETE", "furoshiki remove"), ("ROLLBACK_FAILED", "furoshiki remove"),
        ("UPDATE_FAILED", "provider.disableRollback"), ("UPDATE_ROLLBACK_FAILED", "continue-update-rollback"),
        ("DELETE_FAILED", "furoshiki remove"), ("REVIEW_IN_PROGRESS", "delete the stack"),
    ])
    func `each state has its remedy`(status: String, remedy: String) {
        #expect(StackRemedies.help(forStatus: status).joined().contains(remedy))
    }

    @Test("states that the next deployment can start from need no remedy")
    func settled() {
        #expect(["CREATE_COMPLETE", "UPDATE_COMPLETE"].flatMap(StackRemedies.help(forStatus:)).isEmpty)
    }
}
