import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `eventBridge` events: rules and their event buses.
///
/// With `provider.eventBridge.useCloudFormation: false`, a custom resource creates both (``EventBridgeCustomResource``).
enum EventBridgeEvents: ResourceFamily {
    static let sources: Set<String> = ["eventBridge"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let settings = context.service.provider["eventBridge"]
        guard settings == nil || settings?["useCloudFormation"]?.isTruthy == true else {
            return try EventBridgeCustomResource.compile(context, into: &template)
        }
        for (function, event) in context.events("eventBridge") where event.isSet {
            template.begin(.event(event, of: function))
            try checkInputs(of: event, function)
            add(event, function, into: &template)
        }
    }

    /// Checks that only one of `input`, `inputPath` and `inputTransformer` is set.
    static func checkInputs(of event: FunctionEvent, _ function: CompiledFunction) throws(DiagnosticError) {
        let inputs = ["input", "inputPath", "inputTransformer"].filter { event[$0]?.isTruthy == true }
        guard inputs.count > 1, let last = inputs.last else { return }
        throw DiagnosticError(
            .conflictingProperties,
            "conflicting properties "
                + inputs.map { "'\($0)'" }.joined(separator: " and ") + " in \(event.label(of: function))",
            at: event[last]?.keyPlace ?? event[last]?.place,
            help: ["set only one of 'input', 'inputPath' and 'inputTransformer'"]
        )
    }

    /// The name of the rule for an event, by its position in `events`, from 1.
    static func ruleName(of event: FunctionEvent, _ function: CompiledFunction) -> String {
        if let name = event["name"]?.string, !name.isEmpty { return name }
        return shortened("\(function.name)-rule-\(event.index + 1)", suffix: "rule-\(event.index + 1)")
    }

    /// The target of the rule for an event.
    static func target(of event: FunctionEvent, ruleName: String, _ function: CompiledFunction) -> TemplateValue {
        let retry = event["retryPolicy"]
        var target: OrderedMap<TemplateValue> = [
            "Arn": function.target, "Id": .string(shortened("\(ruleName)-target", suffix: "target")),
        ]
        target["RetryPolicy"] = retry.map {
            .object(of: [
                "MaximumEventAgeInSeconds": $0["maximumEventAge"]?.json,
                "MaximumRetryAttempts": $0["maximumRetryAttempts"]?.json,
            ])
        }
        target["DeadLetterConfig"] = event["deadLetterQueueArn"]?.truthyJSON.map { ["Arn": $0] }
        target["Input"] = event["input"]?.truthyJSON?.jsonText
        target["InputPath"] = event["inputPath"]?.truthyJSON
        target["InputTransformer"] = event["inputTransformer"].map(inputTransformer)
        return .object(target)
    }

    /// The setting with the first letter of its keys in upper case.
    static func inputTransformer(_ node: ConfigurationValue) -> TemplateValue {
        .object(OrderedMap((node.map ?? [:]).map { (Naming.normalizedName($0.key), $0.value.json) }))
    }

    private static func add(_ event: FunctionEvent, _ function: CompiledFunction, into template: inout Template) {
        let name = ruleName(of: event, function)
        let bus = event["eventBus"]
        var busName = bus?.truthyJSON
        let isARN = bus?.string?.hasPrefix("arn") == true
        if let arn = bus?.string, isARN { busName = .string(self.busName(ofARN: arn)) }
        var dependsOn = function.aliasDependency
        if let text = bus?.string, !isARN, !text.isEmpty, text != "default" {
            let busID = Naming.normalizedFunctionName(text) + "EventBridgeEventBus"
            template.add(busID, type: "AWS::Events::EventBus", properties: ["Name": .string(text)])
            // Serverless v3 ignores the other aliases here.
            let alias = function.isDurable ? dependsOn : nil
            dependsOn = alias.map { .array([$0, .string(busID)]) } ?? .string(busID)
        }
        let number = event.index + 1
        let logicalID = Naming.capitalizedAlphanumeric("\(function.name)-rule-\(number)") + "EventBridgeRule"
        template.resources[logicalID] = .object(of: [
            "Type": "AWS::Events::Rule",
            "DependsOn": dependsOn,
            "Properties": .object(of: [
                "Description": event["description"]?.json,
                "EventBusName": busName == "default" ? nil : busName,
                "EventPattern": event["pattern"]?.json,
                "Name": .string(name),
                "ScheduleExpression": event["schedule"]?.json,
                "State": event["enabled"]?.bool == false ? "DISABLED" : "ENABLED",
                "Targets": [target(of: event, ruleName: name, function)],
            ]),
        ])
        let path: [TemplateValue] = ["rule", busName, .string(name)].compactMap(\.self)
        template.resources["\(function.normalizedName)EventBridgeLambdaPermission\(number)"] =
            function.permission(
                for: "events.amazonaws.com",
                [
                    "SourceArn": .join(
                        ":",
                        [
                            "arn", .ref("AWS::Partition"), "events", .ref("AWS::Region"), .ref("AWS::AccountId"),
                            .join("/", path),
                        ]
                    )
                ]
            )
    }

    /// The name of an event bus, from the end of its ARN.
    static func busName(ofARN arn: String) -> String {
        arn.firstIndex(of: "/").map { String(arn[arn.index(after: $0)...]) } ?? arn
    }

    /// The name of a rule or target; if it would exceed 64 characters, it is truncated and ends with a hash and its suffix.
    private static func shortened(_ name: String, suffix: String) -> String {
        guard name.utf16.count > 64 else { return name }
        return "\(name.prefix(31 - suffix.count))\(MD5.hexadecimal(of: name))-\(suffix)"
    }
}
