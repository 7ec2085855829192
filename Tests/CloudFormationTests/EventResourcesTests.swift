import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// Corners of events beside those that the recorded templates hold.
@Suite struct EventResourcesTests {
    private func resources(
        _ family: any ResourceFamily.Type,
        _ events: [JSONValue],
        provider: OrderedMap<JSONValue> = [:]
    ) throws -> OrderedMap<TemplateValue> {
        let functions: JSONValue = ["list": ["handler": "app.list", "events": .array(events)]]
        var template = Template()
        try family.compile(.shop(functions: functions, provider: provider), into: &template)
        return template.resources
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("two\\nlines", "two\nlines"), ("a \\u00e9", "a é"), ("bad \\q", "bad \\q"),
        ] as [(String, String)]
    )
    func `escapes in the description of a rule are unescaped once`(text: String, description: String) throws {
        let schedule = try resources(
            ScheduleEvents.self,
            [["schedule": ["rate": ["rate(1 day)"], "description": .string(text)]]]
        )
        #expect(schedule["ListEventsRuleSchedule1"]?["Properties"]?["Description"] == .string(description))
        let event = try resources(
            CloudWatchEvents.self,
            [["cloudwatchEvent": ["event": ["source": ["aws.ec2"]], "description": .string(text)]]]
        )
        #expect(event["ListEventsRuleCloudWatchEvent1"]?["Properties"]?["Description"] == .string(description))
    }

    @Test func `an empty name of a target group counts as not set`() throws {
        let listener =
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/lb/50dc6c495c0c9188/f2f7dc8efc522ab2"
        let event: JSONValue = [
            "listenerArn": .string(listener), "priority": 1, "targetGroupName": "", "conditions": ["path": "/"],
        ]
        let made = try resources(ALBEvents.self, [["alb": event]])
        let name = try #require(made["ListAlbTargetGroup50dc6c495c0c9188"]?["Properties"]?["Name"]?.stringValue)
        #expect(name.utf8.count == 32)
    }

    @Test(
        arguments: [
            ("default", false), ("arn:aws:events:us-east-1:12345:event-bus/default", false), ("orders", true),
            ("arn:aws:events:us-east-1:12345:event-bus/orders", true),
        ] as [(String, Bool)]
    )
    func `the custom resource can create event buses, except for the default one`(bus: String, isAllowed: Bool) throws {
        let made = try resources(
            EventBridgeEvents.self,
            [["eventBridge": ["eventBus": .string(bus), "pattern": ["source": ["shop"]]]]],
            provider: ["eventBridge": ["useCloudFormation": false]]
        )
        let role = made["IamRoleCustomResourcesLambdaExecution"]
        let policy = role?["Properties"]?["Policies"]?.arrayValue?.first?["PolicyDocument"]
        let statements = try #require(policy?["Statement"]?.arrayValue)
        let allowsBuses = statements.contains {
            $0["Action"]?.arrayValue?.contains("events:CreateEventBus") == true
        }
        #expect(allowsBuses == isAllowed)
    }

    @Test(arguments: ["GET", "GET items", "/items", "GET /a b", "** /a", ""])
    func `an invalid route of an HTTP API is an error`(route: String) throws {
        guard !route.isEmpty else {
            // An empty event does not count.
            #expect(try resources(HttpApiEvents.self, [["httpApi": ""]]).isEmpty)
            return
        }
        #expect(throws: DiagnosticError.self) {
            try resources(HttpApiEvents.self, [["httpApi": .string(route)]])
        }
    }

    @Test(arguments: ["*", "GET /", "any /a/{b+}"])
    func `a string can be a route of an HTTP API`(route: String) throws {
        let made = try resources(HttpApiEvents.self, [["httpApi": .string(route)]])
        #expect(made.keys.count { $0.hasPrefix("HttpApiRoute") } == 1)
    }

    @Test func `a required setting that is null keeps its resource in the template`() throws {
        let made = try resources(
            RabbitMQEvents.self,
            [["rabbitmq": ["arn": .null, "basicAuthArn": ["Ref": "Login"], "queue": "jobs"]]]
        )
        let properties = made["ListEventSourceMappingRabbitMQJobs"]?["Properties"]
        #expect(properties?["EventSourceArn"] == .null)
        #expect(properties?["SourceAccessConfigurations"] == [["Type": "BASIC_AUTH", "URI": ["Ref": "Login"]]])
        let device: JSONValue = ["templateBody": .null, "provisioningRoleArn": "arn:aws:iam::123456789012:role/x"]
        let hook = try resources(IoTFleetProvisioningEvents.self, [["iotFleetProvisioning": device]])
        #expect(hook["ListIotProvisioningTemplate"]?["Properties"]?["TemplateBody"] == "null")
        let listener =
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/lb/50dc6c495c0c9188/f2f7dc8efc522ab2"
        let rule: JSONValue = ["listenerArn": .string(listener), "priority": .null, "conditions": ["path": "/"]]
        #expect(try resources(ALBEvents.self, [["alb": rule]])["ListAlbListenerRulenull"] != nil)
    }
}
