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
            (["runtime": "python3.12"], .unsupportedDurableRuntime),
            (["destinations": ["onFailure": "b"]], .unsupportedCombination),
            (["maximumRetryAttempts": 0], .unsupportedCombination),
            (
                ["events": [["cloudFront": ["eventType": "viewer-request", "origin": "https://example.org"]]]],
                .unsupportedCombination
            ),
            (
                ["durableConfig": ["executionTimeout": 901], "events": [["sqs": "arn:aws:sqs:eu-west-1:1:q"]]],
                .durableTimeoutTooLong
            ),
            (
                ["runtime": "nodejs24.x", "snapStart": true],
                .unsupportedDurableRuntime
            ),
            (
                ["runtime": "java21", "snapStart": true, "ephemeralStorageSize": 513],
                .unsupportedCombination
            ),
            (
                [
                    "runtime": "java21", "snapStart": true,
                    "fileSystemConfig": ["arn": "x", "localMountPath": "/mnt/a"],
                ],
                .unsupportedCombination
            ),
            (["runtime": "java21", "snapStart": true, "provisionedConcurrency": 1], .conflictingProperties),
        ] as [(OrderedMap<JSONValue>, DiagnosticCode)]
    )
    func `settings that Lambda rejects for durable functions are errors`(
        settings: OrderedMap<JSONValue>,
        code: DiagnosticCode
    ) throws {
        let error = try #require(throws: DiagnosticError.self) { try resources(settings) }
        #expect(error.diagnostics.first?.code == code)
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
