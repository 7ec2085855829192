import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import AWSClient
@testable import Deployment

@Suite("The configuration that a function gets without CloudFormation")
struct FunctionConfigurationTests {
    private func changes(
        from current: JSONValue,
        to properties: JSONValue,
        _ resources: [String: StackResource] = [:]
    ) async throws -> JSONValue {
        let context = try DeploymentFixture().context
        return try await FunctionConfiguration.changes(
            from: current,
            to: properties,
            FunctionReferences(context: context, account: "123456789012", resources: resources)
        )
    }

    private static func resource(_ id: String, _ type: String, _ physical: String) throws -> StackResource {
        let text =
            "<member><LogicalResourceId>\(id)</LogicalResourceId><PhysicalResourceId>\(physical)</PhysicalResourceId>"
            + "<ResourceType>\(type)</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>"
        return StackResource(try XMLReader.parse(Array(text.utf8)))
    }

    @Test("does not change what is equal, or what is the default of Lambda and not configured")
    func equal() async throws {
        let current: JSONValue = [
            "Handler": "app.run", "Runtime": "python3.13", "MemorySize": 128, "Timeout": 3, "Description": "",
            "TracingConfig": ["Mode": "PassThrough"], "EphemeralStorage": ["Size": 512],
            "SnapStart": ["ApplyOn": "None", "OptimizationStatus": "Off"],
            "Environment": ["Variables": ["B": "2", "A": "1"]], "Layers": [["Arn": "layer:1", "CodeSize": 5]],
            "VpcConfig": ["SubnetIds": ["b", "a"], "SecurityGroupIds": ["s"], "VpcId": "v"],
        ]
        let properties: JSONValue = [
            "Handler": "app.run", "Runtime": "python3.13", "Environment": ["Variables": ["A": 1, "B": "2"]],
            "Layers": ["layer:1"], "VpcConfig": ["SubnetIds": ["a", "b"], "SecurityGroupIds": ["s"]],
        ]
        #expect(try await changes(from: current, to: properties) == [:])
    }

    @Test("resets what was dropped from the configuration")
    func dropped() async throws {
        let current: JSONValue = [
            "Handler": "app.run", "MemorySize": 512, "Timeout": 60, "Description": "old", "KMSKeyArn": "key",
            "DeadLetterConfig": ["TargetArn": "queue"], "TracingConfig": ["Mode": "Active"],
            "Environment": ["Variables": ["A": "1"]], "Layers": [["Arn": "layer:1"]],
            "VpcConfig": ["SubnetIds": ["a"], "SecurityGroupIds": ["s"]],
        ]
        let expected: JSONValue = [
            "Description": "", "MemorySize": 128, "Timeout": 3, "KMSKeyArn": "",
            "DeadLetterConfig": ["TargetArn": ""], "TracingConfig": ["Mode": "PassThrough"],
            "Environment": ["Variables": [:]], "Layers": [],
            "VpcConfig": ["SecurityGroupIds": [], "SubnetIds": []],
        ]
        #expect(try await changes(from: current, to: ["Handler": "app.run"]) == expected)
    }

    @Test("resolves references to the deployed stack")
    func references() async throws {
        let resources = [
            "Queue": try Self.resource("Queue", "AWS::SQS::Queue", "https://sqs.eu-west-1.amazonaws.com/1/jobs"),
            "Table": try Self.resource("Table", "AWS::DynamoDB::Table", "orders"),
        ]
        let properties: JSONValue = [
            "DeadLetterConfig": ["TargetArn": ["Fn::GetAtt": ["Queue", "Arn"]]],
            "Environment": [
                "Variables": [
                    "TABLE": ["Ref": "Table"], "REGION": ["Ref": "AWS::Region"],
                    "ARN": ["Fn::Sub": "${Table.Arn}/stream/${!x}"],
                    "URL": ["Fn::Join": ["/", ["https:/", ["Ref": "AWS::AccountId"], "x"]]],
                ]
            ],
        ]
        let found = try await changes(from: [:], to: properties, resources)
        #expect(found["DeadLetterConfig"] == ["TargetArn": "arn:aws:sqs:eu-west-1:123456789012:jobs"])
        #expect(
            found["Environment"]?["Variables"] == [
                "TABLE": "orders", "REGION": "eu-west-1",
                "ARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/${x}",
                "URL": "https://123456789012/x",
            ]
        )
    }

    @Test("leaves what only CloudFormation knows as it is")
    func unknownReferences() async throws {
        let current: JSONValue = [
            "Role": "old-role", "Environment": ["Variables": ["KEEP": "as it is", "GONE": "x"]],
            "Layers": [["Arn": "layer:1"]], "VpcConfig": ["SubnetIds": ["a"], "SecurityGroupIds": []],
        ]
        let properties: JSONValue = [
            "Role": ["Fn::ImportValue": "role"],
            "Environment": ["Variables": ["KEEP": ["Fn::ImportValue": "x"], "NEW": true]],
            "Layers": [["Fn::ImportValue": "layer"]], "VpcConfig": ["SubnetIds": [["Fn::ImportValue": "subnet"]]],
        ]
        let found = try await changes(from: current, to: properties)
        #expect(found == ["Environment": ["Variables": ["KEEP": "as it is", "NEW": "true"]]])
    }

    @Test("compares only the members that are configured of structures")
    func structures() async throws {
        let current: JSONValue = [
            "LoggingConfig": ["LogFormat": "JSON", "LogGroup": "/aws/lambda/x"], "ImageConfig": ["Command": ["a"]],
        ]
        #expect(try await changes(from: current, to: ["LoggingConfig": ["LogFormat": "JSON"]]) == [:])
        #expect(
            try await changes(from: current, to: ["LoggingConfig": ["LogFormat": "Text"]])
                == ["LoggingConfig": ["LogFormat": "Text"]]
        )
        #expect(
            try await changes(from: current, to: ["ImageConfig": ["Command": ["b"]]])
                == ["ImageConfig": ["Command": ["b"]]]
        )
    }
}
