import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import Deployment
@testable import PackageDirectory

@Suite("The plan of a deployment")
struct DeploymentPlanTests {
    private static let old = "serverless/orders/dev/\(DeploymentFixture.name(1_600_000_000_000))"
    private static let new = "serverless/orders/dev/\(DeploymentFixture.name(1_700_000_000_000))"

    private static func template(_ key: String, instance: String = "1600000000000") -> JSONValue {
        [
            "Resources": [
                "HelloLambdaFunction": [
                    "Type": "AWS::Lambda::Function",
                    "Properties": ["FunctionName": "orders-dev-hello", "Code": ["S3Key": .string(key)]],
                ],
                "ApiGatewayDeployment\(instance)": ["Type": "AWS::ApiGateway::Deployment", "Properties": [:]],
            ]
        ]
    }

    private func package(_ template: JSONValue) -> DeploymentPackage {
        DeploymentPackage(
            directory: "/service/.serverless",
            createTemplate: nil,
            updateTemplate: template,
            state: ["package": ["artifactDirectoryName": .string(Self.new)], "service": ["service": "orders"]]
        )
    }

    private func plan(
        content: String = "code",
        isForced: Bool = false,
        _ change: (inout DeployedService) throws -> Void = { _ in }
    ) throws -> DeploymentPlan {
        let package = package(Self.template("\(Self.new)/orders.zip", instance: "1700000000000"))
        var deployed = DeployedService()
        deployed.stack = try Stack.fixture(tags: ["STAGE": "dev"])
        deployed.template = Self.template("\(Self.old)/orders.zip")
        deployed.artifactDigests = ["\(Self.old)/orders.zip": SHA256.digest(of: "code").base64]
        deployed.codeDigests = ["hello": SHA256.digest(of: "code").base64]
        deployed.stateDigest = DeploymentPlan.digest(ofState: package.state)
        try change(&deployed)
        let artifact = DeploymentPackage.Artifact(
            fileName: "orders.zip",
            s3Key: "\(Self.new)/orders.zip",
            path: "/service/.serverless/orders.zip",
            resources: ["HelloLambdaFunction"]
        )
        return DeploymentPlan(
            package,
            [(artifact: artifact, digest: SHA256.digest(of: content))],
            deployed: deployed,
            try DeploymentFixture().context,
            isForced: isForced
        )
    }

    @Test("has nothing to do if only times differ")
    func unchanged() throws {
        let plan = try plan()
        #expect(plan.isUnchanged)
        #expect(plan.uploads.isEmpty)
        #expect(ArtifactKeys.all(in: plan.template, below: "serverless/orders/dev") == ["\(Self.old)/orders.zip"])
    }

    @Test("uploads an artifact with new content under a new key")
    func changedCode() throws {
        let plan = try plan(content: "other")
        #expect(!plan.isUnchanged)
        #expect(plan.uploads.map(\.artifact.s3Key) == ["\(Self.new)/orders.zip"])
    }

    @Test("deploys again what the live template no longer has, such as after a rollback")
    func afterRollback() throws {
        let plan = try plan { $0.template?["Resources"]?["HelloLambdaFunction"]?["Properties"]?["MemorySize"] = 128 }
        #expect(!plan.isUnchanged)
        #expect(plan.uploads.isEmpty)
    }

    @Test("replaces code that was changed outside the stack")
    func changedFunction() throws {
        let plan = try plan { $0.codeDigests = ["hello": "other"] }
        #expect(!plan.isUnchanged)
        #expect(plan.uploads.count == 1)
    }

    @Test("deploys if the tags of the stack, the state or an object differ, or if not everything is known")
    func otherChanges() throws {
        #expect(try !plan { $0.stack = try Stack.fixture(tags: ["STAGE": "dev", "team": "a"]) }.isUnchanged)
        #expect(try !plan { $0.stateDigest = "other" }.isUnchanged)
        #expect(try !plan { $0.artifactDigests = [:] }.isUnchanged)
        #expect(try !plan { $0.isKnown = false }.isUnchanged)
        #expect(try !plan { $0.stack = try Stack.fixture(status: "UPDATE_FAILED", tags: ["STAGE": "dev"]) }.isUnchanged)
    }

    @Test("uploads and deploys everything if it is forced")
    func forced() throws {
        let plan = try plan(isForced: true)
        #expect(!plan.isUnchanged)
        #expect(plan.uploads.count == 1)
    }

    @Test("lists removed resources, those that hold data first, and no versions")
    func removed() {
        let old: JSONValue = [
            "Resources": [
                "Topic": ["Type": "AWS::SNS::Topic"], "Table": ["Type": "AWS::DynamoDB::Table"],
                "Version1": ["Type": "AWS::Lambda::Version"],
                "Kept": ["Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"],
            ]
        ]
        let removed = RemovedResources(from: old, to: ["Resources": [:]])
        #expect(removed.resources.map(\.logicalID) == ["Table", "Topic"])
        #expect(
            removed.warning?.notes == ["Table (AWS::DynamoDB::Table), with its data", "Topic (AWS::SNS::Topic)"]
        )
    }
}
