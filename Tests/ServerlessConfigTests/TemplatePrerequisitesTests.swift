import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import ServerlessConfig

/// Properties without which a template cannot be compiled, in any validation mode.
@Suite struct TemplatePrerequisitesTests {
    struct Case: Sendable {
        let event: JSONValue
        let code: DiagnosticCode
        let mentions: [String]
    }

    static let cases: [Case] = [
        Case(
            event: ["schedule": ["enabled": true]],
            code: .missingProperty,
            mentions: ["'functions.main.events.0.schedule'", "'rate'"]
        ),
        Case(
            event: ["schedule": ["rate": ["Ref": "Rate"]]],
            code: .invalidType,
            mentions: ["'functions.main.events.0.schedule.rate'"]
        ),
        Case(
            event: ["sqs": ["batchSize": 1]],
            code: .missingProperty,
            mentions: ["'functions.main.events.0.sqs'", "'arn'"]
        ),
        Case(
            event: ["sns": ["displayName": "x"]],
            code: .missingProperty,
            mentions: ["'functions.main.events.0.sns'", "'arn'", "'topicName'"]
        ),
        Case(event: ["stream": "table"], code: .invalidType, mentions: ["'functions.main.events.0.stream'"]),
        Case(event: ["websocket": []], code: .invalidType, mentions: ["'functions.main.events.0.websocket'"]),
        Case(event: ["iot": "SELECT 1"], code: .invalidType, mentions: ["'functions.main.events.0.iot'"]),
        Case(
            event: ["cloudFront": ["eventType": "viewer-request", "origin": ["Id": "x"]]],
            code: .invalidType,
            mentions: ["'functions.main.events.0.cloudFront.origin'", "'DomainName'"]
        ),
    ]

    @Test(arguments: cases)
    func `an event without the properties that its template needs is an error`(_ item: Case) throws {
        let root = ValidationTests.service(function: ["events": [item.event]])
        let found = TemplatePrerequisites.errors(in: ConfigurationValue(root))
        #expect(found.map(\.code) == [item.code])
        let message = try #require(found.first).message
        for name in item.mentions { #expect(message.contains(name)) }
        #expect(found.map(\.severity) == [.error])
    }

    @Test(
        arguments: [
            ["schedule": "rate(1 hour)"], ["schedule": ["rate": ["rate(1 hour)"]]], ["sqs": "arn:aws:sqs:r:1:q"],
            ["sqs": ["arn": ["Fn::GetAtt": ["Queue", "Arn"]]]], ["sns": "topic"], ["sns": ["arn": ["Ref": "Topic"]]],
            ["stream": ["arn": ["Fn::GetAtt": ["Table", "StreamArn"]], "type": "dynamodb"]], ["alexaSkill": [:]],
            ["cloudFront": ["origin": ["DomainName": "a.b", "S3OriginConfig": [:]]]], ["unknown": ["a": 1]],
        ] as [JSONValue]
    )
    func `an event with the properties that its template needs is not an error`(_ event: JSONValue) {
        let root = ValidationTests.service(function: ["events": [event]])
        #expect(TemplatePrerequisites.errors(in: ConfigurationValue(root)).isEmpty)
    }

    @Test func `settings whose parts are compiled must be lists or mappings`() {
        let root = ValidationTests.service(
            provider: ["iamRoleStatements": ["Effect": "Allow"]],
            function: ["layers": ["Ref": "L"], "name": ["Ref": "N"]],
            ["package": ["patterns": [["a": "b"]]], "resources": "x"]
        )
        #expect(
            TemplatePrerequisites.errors(in: ConfigurationValue(root)).map(\.message) == [
                "'provider.iamRoleStatements' must be a list", "'package.patterns' must be a list of strings",
                "'resources' must be a mapping", "'functions.main.name' must be a string",
                "'functions.main.layers' must be a list",
            ]
        )
    }

    @Test func `resources, outputs and layers must be mappings or empty`() {
        let more: JSONValue = [
            "resources": ["Resources": "more.yml", "Outputs": [["A": "b"]]], "layers": "layers.yml",
        ]
        #expect(
            TemplatePrerequisites.errors(in: ConfigurationValue(ValidationTests.service(more))).map(\.message) == [
                "'resources.Resources' must be a mapping", "'resources.Outputs' must be a mapping",
                "'layers' must be a mapping",
            ]
        )
        let empty: JSONValue = ["resources": ["Resources": false, "Outputs": []], "layers": .null]
        #expect(TemplatePrerequisites.errors(in: ConfigurationValue(ValidationTests.service(empty))).isEmpty)
    }

    static let forms: [(JSONValue, String)] = [
        (["service": ["shop"]], "'service'"),
        (["provider": ["name": "aws", "region": ["eu-west-1"]]], "'provider.region'"),
        (["plugins": [5]], "'plugins'"),
    ]

    @Test(arguments: forms)
    func `a part of a type that no command can handle is an error`(_ members: JSONValue, _ name: String) {
        let root = ConfigurationValue(ValidationTests.service(members))
        let normalizer = ServiceNormalizer(stage: nil, region: nil, file: "serverless.yml")
        let error = #expect(throws: DiagnosticError.self) { try normalizer.normalized(root) }
        #expect(error?.diagnostics.map(\.code) == [.invalidType])
        #expect(error?.diagnostics.first?.message.hasPrefix(name) == true)
    }
}
