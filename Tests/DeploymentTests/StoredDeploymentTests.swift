import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import Deployment

@Suite("Deployments in a bucket")
struct StoredDeploymentTests {
    private let parent = "serverless/orders/dev"

    @Test("are grouped by their directories, oldest first; other keys are ignored")
    func grouping() {
        let (first, second) = (DeploymentFixture.name(1_600_000_000_000), DeploymentFixture.name(1_600_000_001_000))
        let keys = [
            "\(parent)/\(second)/compiled-cloudformation-template.json", "\(parent)/\(first)/a.zip",
            "\(parent)/\(second)/a.zip", "\(parent)/notes/a.txt", "serverless/orders/development/\(first)/a.zip",
            "\(parent)/1600000000000-2020-01-01T00:00:00.000Z/wrong-time.zip",
        ]
        let found = StoredDeployment.all(in: keys.map(DeploymentFixture.object), below: parent)
        #expect(found.map(\.directory) == ["\(parent)/\(first)", "\(parent)/\(second)"])
        #expect(found.map(\.isComplete) == [false, true])
        #expect(found.last?.fileNames == ["compiled-cloudformation-template.json", "a.zip"])
    }

    @Test("are removed with the service, and those of other stages and services stay")
    func emptyingNamedBucket() async throws {
        let name = DeploymentFixture.name(1_600_000_000_000)
        let fixture = try DeploymentFixture(
            "service: orders\nprovider: { name: aws, deploymentBucket: shared }\nfunctions: {}"
        ) { request in
            guard request.method == "GET" else {
                return HTTPResponse(status: 200, body: Array("<DeleteResult/>".utf8))
            }
            #expect(request.address.query?.contains("prefix=serverless%2Forders%2Fdev%2F") == true)
            return DeploymentFixture.list(["serverless/orders/dev/\(name)/a.zip"])
        }
        try await BucketContents(context: fixture.context, bucket: "shared").empty()
        #expect(fixture.deletedKeys == ["serverless/orders/dev/\(name)/a.zip"])
    }

    @Test("under an earlier prefix are removed from the bucket of the stack, and foreign objects stay")
    func emptyingOwnBucket() async throws {
        let name = DeploymentFixture.name(1_600_000_000_000)
        let keys = [
            "old/prefix/orders/dev/\(name)/a.zip", "serverless/orders/dev/\(name)/b.zip",
            "serverless/other/dev/\(name)/c.zip",
            "letters/1",
        ]
        let fixture = try DeploymentFixture { request in
            request.method == "GET"
                ? DeploymentFixture.list(keys) : HTTPResponse(status: 200, body: Array("<DeleteResult/>".utf8))
        }
        try await BucketContents(context: fixture.context, bucket: "own").empty()
        #expect(fixture.deletedKeys == Array(keys.prefix(2)))
    }

    @Test("that are old are removed, except for artifacts that a kept template refers to")
    func pruning() async throws {
        let times = (0..<5).map { 1_600_000_000_000 + Int64($0) * 1000 }
        let directories = times.map { "\(parent)/\(DeploymentFixture.name($0))" }
        let kept = "\(directories[0])/kept.zip"
        let keys = directories.flatMap { ["\($0)/compiled-cloudformation-template.json", "\($0)/a.zip"] } + [kept]
        let template: JSONValue = [
            "Resources": ["F": ["Properties": ["Code": ["S3Key": .string(kept)]]]]
        ]
        let fixture = try DeploymentFixture(
            "service: orders\nprovider: { name: aws, deploymentBucket: { maxPreviousDeploymentArtifacts: 2 } }\nfunctions: {}"
        ) { request in
            request.method == "GET"
                ? HTTPResponse(status: 200, body: JSONWriter().bytes(of: template))
                : HTTPResponse(status: 200, body: Array("<DeleteResult/>".utf8))
        }
        try await OldDeployments(context: fixture.context, bucket: "b")
            .prune(keys.map(DeploymentFixture.object), newest: directories[4], live: [:])
        let removed = directories.prefix(2).flatMap { ["\($0)/compiled-cloudformation-template.json", "\($0)/a.zip"] }
        #expect(fixture.deletedKeys == removed.sorted())
    }

    @Test("have times that are numbers or ISO 8601")
    func times() throws {
        #expect(try DeploymentTime.milliseconds(of: "1600000000000") == 1_600_000_000_000)
        #expect(try DeploymentTime.milliseconds(of: "2020-09-13T12:26:40.000Z") == 1_600_000_000_000)
        let error = #expect(throws: DiagnosticError.self) { try DeploymentTime.milliseconds(of: "yesterday") }
        #expect(error?.diagnostics.map(\.code) == [.invalidOptionValue])
    }
}
