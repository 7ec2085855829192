import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `alexaSkill` events: permissions for Alexa skills.
enum AlexaSkillEvents: ResourceFamily {
    static let sources: Set<String> = ["alexaSkill"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        AlexaEvents(source: "alexaSkill", name: "AlexaSkill", principal: "alexa-appkit.amazon.com")
            .compile(context, into: &template)
    }
}

/// `alexaSmartHome` events: permissions for smart home skills.
enum AlexaSmartHomeEvents: ResourceFamily {
    static let sources: Set<String> = ["alexaSmartHome"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        AlexaEvents(source: "alexaSmartHome", name: "AlexaSmartHome", principal: "alexa-connectedhome.amazon.com")
            .compile(context, into: &template)
    }
}

/// Shared code of both kinds of skills.
private struct AlexaEvents {
    let source: String
    let name: String
    let principal: TemplateValue

    func compile(_ context: CompileContext, into template: inout Template) {
        for function in context.functions {
            var number = 0
            for event in function.function.events where event.source == source && event.isSet {
                template.begin(.event(event, of: function))
                number += 1
                let token = (event["appId"] ?? event.node).string
                var permission = function.permission(
                    for: principal,
                    [
                        "EventSourceToken": token.map {
                            .string($0.replacing("\\n", with: "").replacing("\\r", with: ""))
                        }
                    ]
                )
                if event["enabled"]?.bool == false {
                    permission["Properties"]?["Action"] = "lambda:DisableInvokeFunction"
                }
                template.merge("\(function.normalizedName)LambdaPermission\(name)\(number)", permission)
            }
        }
    }
}
