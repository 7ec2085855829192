import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `schedule` events: rules of EventBridge, or schedules of EventBridge Scheduler with `method: scheduler`.
enum ScheduleEvents: ResourceFamily {
    static let sources: Set<String> = ["schedule"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var scheduled: [TemplateValue] = []
        for function in context.functions {
            var number = 0
            var usesScheduler = false
            for event in function.function.events where event.source == "schedule" && event.isSet {
                template.begin(.event(event, of: function))
                try check(event, of: function)
                for rate in event["rate"]?.list ?? [event["rate"] ?? event.node] {
                    number += 1
                    if event["method"]?.string == "scheduler" {
                        usesScheduler = true
                        template.resources["\(function.normalizedName)SchedulerSchedule\(number)"] =
                            schedule(event, rate.json, function, context)
                    } else {
                        addRule(event, rate.json, number, function, into: &template)
                    }
                }
            }
            guard usesScheduler else { continue }
            let arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:\(function.name)"
            scheduled += [.sub(arn), .sub(arn + ":*")]
        }
        guard !scheduled.isEmpty else { return }
        template.addRolePrincipal("scheduler.amazonaws.com")
        template.addRoleStatements([
            ["Effect": "Allow", "Action": ["lambda:InvokeFunction"], "Resource": .array(scheduled)]
        ])
    }

    private static func check(_ event: FunctionEvent, of function: CompiledFunction) throws(DiagnosticError) {
        if let name = event["name"], name.isTruthy, let rates = event["rate"]?.list, rates.count > 1 {
            throw DiagnosticError(
                .conflictingProperties,
                "the schedule '\(name.string ?? "")' of \(function.label) has a name and several rates",
                at: name.place,
                help: ["use one rate for the event with the name, or remove the name"]
            )
        }
        let isScheduler = event["method"]?.string == "scheduler"
        for key in isScheduler ? ["inputTransformer", "inputPath"] : ["timezone", "groupName"] {
            guard let setting = event[key], setting.isTruthy else { continue }
            throw DiagnosticError(
                .unsupportedCombination,
                "'\(key)' cannot be used with the method '\(isScheduler ? "scheduler" : "eventBus")', in "
                    + event.label(of: function),
                at: setting.keyPlace ?? setting.place,
                help: isScheduler ? ["use 'input', or 'method: eventBus'"] : ["set 'method: scheduler'"]
            )
        }
    }

    private static func addRule(
        _ event: FunctionEvent,
        _ rate: TemplateValue,
        _ number: Int,
        _ function: CompiledFunction,
        into template: inout Template
    ) {
        let logicalID = "\(function.normalizedName)EventsRuleSchedule\(number)"
        template.resources[logicalID] = .object(of: [
            "Type": "AWS::Events::Rule",
            "DependsOn": function.aliasDependency,
            "Properties": .object(of: [
                "ScheduleExpression": rate,
                "State": state(event),
                "Name": event["name"]?.truthyJSON,
                "Description": event["description"]?.truthyJSON.map(RuleTargets.unescaped),
                "Targets": [
                    .object(of: [
                        "Input": input(event).map(RuleTargets.unescaped),
                        "InputPath": event["inputPath"]?.truthyJSON.map(RuleTargets.unescaped),
                        "InputTransformer": event["inputTransformer"].map(RuleTargets.inputTransformer),
                        "Arn": function.target,
                        "Id": .string(function.key + "Schedule"),
                    ])
                ],
            ]),
        ])
        template.resources["\(function.normalizedName)LambdaPermissionEventsRuleSchedule\(number)"] =
            function.permission(for: "events.amazonaws.com", ["SourceArn": .getAtt(logicalID, "Arn")])
    }

    private static func schedule(
        _ event: FunctionEvent,
        _ rate: TemplateValue,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) -> TemplateValue {
        .object(of: [
            "Type": "AWS::Scheduler::Schedule",
            "DependsOn": function.aliasDependency,
            "Properties": .object(of: [
                "ScheduleExpression": rate,
                "State": state(event),
                "Target": .object(of: [
                    "Arn": function.target,
                    "RoleArn": event["roleArn"]?.truthyJSON ?? context.roleARN(of: function),
                    "Input": input(event),
                ]),
                "FlexibleTimeWindow": ["Mode": "OFF"],
                "GroupName": event["groupName"]?.truthyJSON,
                "Name": event["name"]?.json,
                "Description": event["description"]?.json,
                "ScheduleExpressionTimezone": event["timezone"]?.json,
            ]),
        ])
    }

    private static func state(_ event: FunctionEvent) -> TemplateValue {
        event["enabled"]?.bool == false ? "DISABLED" : "ENABLED"
    }

    /// The constant input: a string unchanged, or a mapping as JSON; a string in `body` is parsed as JSON.
    private static func input(_ event: FunctionEvent) -> TemplateValue? {
        guard let input = event["input"], input.isTruthy else { return nil }
        guard input.map != nil else { return input.json }
        var value = input.json
        if let body = value["body"]?.stringValue, let parsed = try? JSONValue(parsing: body) { value["body"] = parsed }
        return value.jsonText
    }
}

/// Shared code of the targets of EventBridge rules.
enum RuleTargets {
    /// A string in a rule as written by Serverless: escapes such as `\n` are unescaped once.
    static func unescaped(_ value: TemplateValue) -> TemplateValue {
        guard let text = value.stringValue, text.contains("\\") else { return value }
        return (try? JSONValue(parsing: "\"" + text.replacing("\"", with: "\\\"") + "\"")) ?? value
    }

    /// The setting `inputTransformer` in the form for rule targets.
    static func inputTransformer(_ node: ConfigurationValue) -> TemplateValue {
        .object(of: [
            "InputTemplate": node["inputTemplate"]?.json, "InputPathsMap": node["inputPathsMap"]?.truthyJSON,
        ])
    }
}
