import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import ServerlessConfig

/// What leaves no template, whatever faults of the configuration are.
@Suite struct TemplatePrerequisitesTests {
    struct Case: Sendable {
        let event: JSONValue
        let message: String
    }

    static let cases: [Case] = [
        Case(
            event: ["schedule": ["enabled": true]],
            message: "'functions.main.events.0.schedule' lacks the property 'rate'"
        ),
        Case(
            event: ["schedule": ["rate": ["Ref": "Rate"]]],
            message: "'functions.main.events.0.schedule.rate' must be a list"
        ),
        Case(event: ["sqs": ["batchSize": 1]], message: "'functions.main.events.0.sqs' lacks the property 'arn'"),
        Case(event: ["sns": ["displayName": "x"]], message: "'functions.main.events.0.sns' needs 'arn' or 'topicName'"),
        Case(event: ["stream": "table"], message: "'functions.main.events.0.stream' must be an ARN (arn:…) or a map"),
        Case(event: ["websocket": []], message: "'functions.main.events.0.websocket' must be text or a map"),
        Case(event: ["iot": "SELECT 1"], message: "'functions.main.events.0.iot' must be a map"),
        Case(
            event: ["cloudFront": ["eventType": "viewer-request", "origin": ["Id": "x"]]],
            message: "'functions.main.events.0.cloudFront.origin' must be text or a map with 'DomainName'"
        ),
    ]

    @Test(arguments: cases)
    func `an event without what its template is made of is an error`(_ fault: Case) {
        let root = ValidationTests.service(function: ["events": [fault.event]])
        let found = TemplatePrerequisites.errors(in: ConfigurationValue(root))
        #expect(found.map(\.message) == [fault.message])
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
    func `an event with what its template is made of is none`(_ event: JSONValue) {
        let root = ValidationTests.service(function: ["events": [event]])
        #expect(TemplatePrerequisites.errors(in: ConfigurationValue(root)).isEmpty)
    }

    @Test func `settings that are walked through must be lists and maps`() {
        let root = ValidationTests.service(
            provider: ["iamRoleStatements": ["Effect": "Allow"]],
            function: ["layers": ["Ref": "L"], "name": ["Ref": "N"]],
            ["package": ["patterns": [["a": "b"]]], "resources": "x"]
        )
        #expect(
            TemplatePrerequisites.errors(in: ConfigurationValue(root)).map(\.message) == [
                "'provider.iamRoleStatements' must be a list", "'package.patterns' must be a list of texts",
                "'resources' must be a map", "'functions.main.name' must be text",
                "'functions.main.layers' must be a list",
            ]
        )
    }

    @Test func `what would take the place of resources, outputs or layers is an error, and nothing is none`() {
        let more: JSONValue = [
            "resources": ["Resources": "more.yml", "Outputs": [["A": "b"]]], "layers": "layers.yml",
        ]
        #expect(
            TemplatePrerequisites.errors(in: ConfigurationValue(ValidationTests.service(more))).map(\.message) == [
                "'resources.Resources' must be a map", "'resources.Outputs' must be a map", "'layers' must be a map",
            ]
        )
        let empty: JSONValue = ["resources": ["Resources": false, "Outputs": []], "layers": .null]
        #expect(TemplatePrerequisites.errors(in: ConfigurationValue(ValidationTests.service(empty))).isEmpty)
    }

    static let forms: [(JSONValue, String)] = [
        (["service": ["shop"]], "'service' must be the name of the service, and is a list"),
        (["provider": ["name": "aws", "region": ["eu-west-1"]]], "'provider.region' must be the name of a region"),
        (["plugins": [5]], "'plugins' must hold the names of plugins"),
    ]

    @Test(arguments: forms)
    func `what stops every command is an error of its own`(_ members: JSONValue, _ message: String) {
        let root = ConfigurationValue(ValidationTests.service(members))
        let normalizer = ServiceNormalizer(stage: nil, region: nil, file: "serverless.yml")
        let error = #expect(throws: DiagnosticError.self) { try normalizer.normalized(root) }
        #expect(error?.diagnostics.map(\.message) == [message])
    }
}
