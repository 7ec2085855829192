import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `iot` events: topic rules of AWS IoT.
enum IoTEvents: ResourceFamily {
    static let sources: Set<String> = ["iot"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            var number = 0
            for event in function.function.events where event.source == "iot" && event.isSet {
                template.begin(.event(event, of: function))
                number += 1
                let logicalID = "\(function.normalizedName)IotTopicRule\(number)"
                template.merge(logicalID, rule(event, function))
                template.merge(
                    "\(function.normalizedName)LambdaPermissionIotTopicRule\(number)",
                    function.permission(
                        for: "iot.amazonaws.com",
                        [
                            "SourceArn": .join(
                                "",
                                [
                                    "arn:", .ref("AWS::Partition"), ":iot:", .ref("AWS::Region"), ":",
                                    .ref("AWS::AccountId"), ":rule/", .ref(logicalID),
                                ]
                            )
                        ]
                    )
                )
            }
        }
    }

    private static func rule(_ event: FunctionEvent, _ function: CompiledFunction) -> TemplateValue {
        .object(of: [
            "Type": "AWS::IoT::TopicRule",
            "DependsOn": function.aliasDependency,
            "Properties": .object(of: [
                "RuleName": event["name"]?.truthyJSON?.withoutLineEnds,
                "TopicRulePayload": .object(of: [
                    "RuleDisabled": .bool(event["enabled"]?.bool == false),
                    "Sql": event["sql"]?.json.withoutLineEnds,
                    "Actions": [["Lambda": ["FunctionArn": function.target]]],
                    "Description": event["description"]?.truthyJSON?.withoutLineEnds,
                    "AwsIotSqlVersion": event["sqlVersion"]?.truthyJSON?.withoutLineEnds,
                ]),
            ]),
        ])
    }
}

/// `iotFleetProvisioning` events: provisioning templates of AWS IoT with the function as a hook.
enum IoTFleetProvisioningEvents: ResourceFamily {
    static let sources: Set<String> = ["iotFleetProvisioning"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            let events = function.function.events.filter { $0.source == "iotFleetProvisioning" && $0.isSet }
            guard let event = events.first else { continue }
            template.begin(.event(event, of: function))
            if events.count > 1 {
                throw DiagnosticError(
                    .tooManyEvents,
                    "\(function.label) has \(events.count) events 'iotFleetProvisioning', but can have only one",
                    at: events[1].node.keyPlace ?? events[1].node.place,
                    help: ["use another function for the second event"]
                )
            }
            let permissionID = "\(function.normalizedName)LambdaPermissionIotProvisioningTemplate"
            let dependencies = [permissionID, function.alias?.logicalID].compactMap { $0.map(TemplateValue.string) }
            template.resources["\(function.normalizedName)IotProvisioningTemplate"] = [
                "Type": "AWS::IoT::ProvisioningTemplate",
                "Properties": .object(of: [
                    "Enabled": event.isEnabled,
                    "PreProvisioningHook": ["TargetArn": function.target],
                    "ProvisioningRoleArn": event["provisioningRoleArn"]?.json,
                    "TemplateBody": event.node.map?["templateBody"]?.json.jsonText,
                    "TemplateName": event["templateName"]?.truthyJSON,
                ]),
                "DependsOn": .array(dependencies),
            ]
            template.resources[permissionID] = function.permission(for: "iot.amazonaws.com")
        }
    }
}
