import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `eventBridge` events with a custom resource, as in Serverless before CloudFormation supported event buses.
enum EventBridgeCustomResource {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var statements: [TemplateValue] = []
        var isUsed = false
        for (function, event) in context.events("eventBridge") where event.isSet {
            template.begin(.event(event, of: function))
            isUsed = true
            try EventBridgeEvents.checkInputs(of: event, function)
            try check(event, function)
            template.resources["\(function.normalizedName)CustomEventBridge\(event.index + 1)"] =
                resource(event, function)
            if statements.isEmpty, let bus = event["eventBus"]?.string.map(busName), !bus.isEmpty, bus != "default" {
                statements.append([
                    "Effect": "Allow",
                    "Resource": arn("event-bus/*"),
                    "Action": ["events:CreateEventBus", "events:DeleteEventBus"],
                ])
            }
        }
        guard isUsed else { return }
        statements.append([
            "Effect": "Allow",
            "Resource": arn("rule/*"),
            "Action": ["events:PutRule", "events:RemoveTargets", "events:PutTargets", "events:DeleteRule"],
        ])
        statements.append([
            "Effect": "Allow",
            "Resource": CustomResourceChains.allFunctions,
            "Action": ["lambda:AddPermission", "lambda:RemovePermission"],
        ])
        CustomResource.eventBridge.add(statements: statements, context, into: &template)
    }

    private static func check(_ event: FunctionEvent, _ function: CompiledFunction) throws(DiagnosticError) {
        var refused = ["retryPolicy", "deadLetterQueueArn"].compactMap { key in event[key].map { (key, $0) } }
        if let bus = event["eventBus"], bus.map != nil { refused.append(("eventBus", bus)) }
        guard let (key, node) = refused.first else { return }
        throw DiagnosticError(
            .unsupportedCombination,
            (key == "eventBus" ? "an intrinsic function as 'eventBus'" : "'\(key)'")
                + " cannot be used with 'provider.eventBridge.useCloudFormation: false', in \(event.label(of: function))",
            at: node.keyPlace ?? node.place,
            help: ["remove 'provider.eventBridge.useCloudFormation: false'"]
        )
    }

    private static func resource(_ event: FunctionEvent, _ function: CompiledFunction) -> TemplateValue {
        [
            "Type": "Custom::EventBridge",
            "Version": 1,
            "DependsOn": [.string(function.logicalID), .string(CustomResource.eventBridge.logicalID)],
            "Properties": [
                "ServiceToken": CustomResource.eventBridge.serviceToken,
                "FunctionName": .string(function.name),
                "EventBridgeConfig": .object(of: [
                    "RuleName": .string(EventBridgeEvents.ruleName(of: event, function)),
                    "State": event["enabled"]?.bool == false ? "DISABLED" : "ENABLED",
                    "EventBus": event["eventBus"]?.json,
                    "Schedule": event["schedule"]?.json,
                    "Pattern": event["pattern"]?.json,
                    "Input": event["input"]?.json,
                    "InputPath": event["inputPath"]?.json,
                    "InputTransformer": event["inputTransformer"].map(EventBridgeEvents.inputTransformer),
                ]),
            ],
        ]
    }

    private static func busName(_ bus: String) -> String {
        bus.hasPrefix("arn") ? EventBridgeEvents.busName(ofARN: bus) : bus
    }

    private static func arn(_ resource: String) -> TemplateValue {
        .join(
            ":",
            [
                "arn", .ref("AWS::Partition"), "events", .ref("AWS::Region"), .ref("AWS::AccountId"),
                .string(resource),
            ]
        )
    }
}
