import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `cloudwatchEvent` events: rules of EventBridge on the default bus.
enum CloudWatchEvents: ResourceFamily {
    static let sources: Set<String> = ["cloudwatchEvent"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            var number = 0
            for event in function.function.events where event.source == "cloudwatchEvent" && event.isSet {
                template.begin(.event(event, of: function))
                number += 1
                try EventBridgeEvents.checkInputs(of: event, function)
                let logicalID = "\(function.normalizedName)EventsRuleCloudWatchEvent\(number)"
                template.merge(logicalID, rule(event, function))
                template.merge(
                    "\(function.normalizedName)LambdaPermissionEventsRuleCloudWatchEvent\(number)",
                    function.permission(for: "events.amazonaws.com", ["SourceArn": .getAtt(logicalID, "Arn")])
                )
            }
        }
    }

    private static func rule(_ event: FunctionEvent, _ function: CompiledFunction) -> TemplateValue {
        .object(of: [
            "Type": "AWS::Events::Rule",
            "DependsOn": function.aliasDependency,
            "Properties": .object(of: [
                "EventPattern": event["event"].map { $0.json.withoutEscapedLineEnds },
                "State": event["enabled"]?.bool == false ? "DISABLED" : "ENABLED",
                "Description": event["description"]?.truthyJSON.map(RuleTargets.unescaped),
                "Name": event["name"]?.truthyJSON,
                "Targets": [
                    .object(of: [
                        "Input": input(event),
                        "InputPath": event["inputPath"]?.truthyJSON?.withoutLineEnds,
                        "InputTransformer": event["inputTransformer"].map(RuleTargets.inputTransformer),
                        "Arn": function.target,
                        "Id": .string(function.key + "CloudWatchEvent"),
                    ])
                ],
            ]),
        ])
    }

    private static func input(_ event: FunctionEvent) -> TemplateValue? {
        guard let input = event["input"], input.isTruthy else { return nil }
        let text = input.string ?? JSONWriter().text(of: input.json)
        return .string(text.replacing("\\n", with: "").replacing("\\r", with: ""))
    }
}

extension JSONValue {
    /// The value without line feeds in strings and keys.
    fileprivate var withoutEscapedLineEnds: JSONValue {
        switch self {
        case .string(let text): .string(text.replacing("\r", with: "").replacing("\n", with: ""))
        case .array(let items): .array(items.map(\.withoutEscapedLineEnds))
        case .object(let members): .object(members.mapValues(\.withoutEscapedLineEnds))
        default: self
        }
    }
}
