import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

@Suite struct DurableFunctionTests {
    /// The resources of a service with one durable function.
    private func resources(_ settings: OrderedMap<JSONValue>) throws -> JSONValue? {
        var function: OrderedMap<JSONValue> = ["handler": "h.run", "durableConfig": ["executionTimeout": 60]]
        for (key, value) in settings { function[key] = value }
        let root: JSONValue = [
            "service": "shop", "provider": ["name": "aws"], "functions": ["a": .object(function)],
        ]
        let service = Service(root: ConfigurationValue(root), directory: "/service")
        let context = CompileContext(service: service, artifactDirectory: .shop)
        return try TemplateCompiler.templates(of: context).update["Resources"]
    }

    @Test(
        arguments: [
            (["runtime": "python3.12"], "'durableConfig', which the runtime 'python3.12' does not know"),
            (["destinations": ["onFailure": "b"]], "both 'durableConfig' and 'destinations'"),
            (["maximumRetryAttempts": 0], "both 'durableConfig' and 'maximumRetryAttempts'"),
            (
                ["events": [["cloudFront": ["eventType": "viewer-request", "origin": "https://example.org"]]]],
                "both 'durableConfig' and a cloudFront event"
            ),
            (
                ["durableConfig": ["executionTimeout": 901], "events": [["sqs": "arn:aws:sqs:eu-west-1:1:q"]]],
                "its 'executionTimeout' is 901 seconds"
            ),
            (
                ["runtime": "nodejs24.x", "snapStart": true],
                "'durableConfig' and 'snapStart', which the runtime 'nodejs24.x' does not know"
            ),
            (
                ["runtime": "java21", "snapStart": true, "ephemeralStorageSize": 513],
                "'snapStart', but its 'ephemeralStorageSize' is 513 MB"
            ),
            (
                [
                    "runtime": "java21", "snapStart": true,
                    "fileSystemConfig": ["arn": "x", "localMountPath": "/mnt/a"],
                ],
                "both 'snapStart' and 'fileSystemConfig'"
            ),
            (["runtime": "java21", "snapStart": true, "provisionedConcurrency": 1], "'provisionedConcurrency'"),
        ] as [(OrderedMap<JSONValue>, String)]
    )
    func `settings that Lambda rejects for durable functions are errors`(
        settings: OrderedMap<JSONValue>,
        message: String
    ) throws {
        let error = try #require(throws: DiagnosticError.self) { try resources(settings) }
        #expect(error.diagnostics.first?.message.contains(message) == true)
    }

    @Test func `provisioned concurrency belongs to the alias 'durable'`() throws {
        let alias = try resources(["runtime": "python3.13", "provisionedConcurrency": 2])?["ADurableLambdaAlias"]
        #expect(alias?["Properties"]?["Name"] == "durable")
        #expect(
            alias?["Properties"]?["ProvisionedConcurrencyConfig"] == ["ProvisionedConcurrentExecutions": 2]
        )
    }

    @Test func `a rule depends on the alias and its event bus`() throws {
        let event: JSONValue = ["eventBridge": ["eventBus": "orders", "schedule": "rate(1 day)"]]
        let rule = try resources(["events": [event]])?["Shopdevarule1EventBridgeRule"]
        #expect(rule?["DependsOn"] == ["ADurableLambdaAlias", "OrdersEventBridgeEventBus"])
    }

    @Test func `the statements of durable functions come after those of the provider's role`() throws {
        let statement: JSONValue = ["Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["*"]]
        let context = CompileContext.shop(
            functions: ["a": ["handler": "h.run", "durableConfig": ["executionTimeout": 60]]],
            provider: ["iam": ["role": ["statements": [statement]]]]
        )
        let role = try TemplateCompiler.templates(of: context).update["Resources"]?["IamRoleLambdaExecution"]
        let policy = role?["Properties"]?["Policies"]?.arrayValue?.first
        let actions = (policy?["PolicyDocument"]?["Statement"]?.arrayValue ?? [])
            .map { $0["Action"]?.arrayValue?.first }
        #expect(
            actions == [
                "logs:CreateLogStream", "logs:PutLogEvents", "s3:GetObject", "lambda:CheckpointDurableExecution",
            ]
        )
    }

    @Test func `a durable function without a runtime gets one that supports it`() throws {
        #expect(try resources([:])?["ALambdaFunction"]?["Properties"]?["Runtime"] == "nodejs24.x")
    }
}
