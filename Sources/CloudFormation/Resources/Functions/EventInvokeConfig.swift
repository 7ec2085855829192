import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The settings for asynchronous invocations of a function (`AWS::Lambda::EventInvokeConfig`).
enum EventInvokeConfig {
    static func add(
        _ function: CompiledFunction,
        _ context: CompileContext,
        _ permissions: inout DestinationPermissions,
        into template: inout Template
    ) throws(DiagnosticError) {
        let node = function.node
        let destinations = node["destinations"].flatMap { $0.isTruthy ? $0 : nil }
        let age = node["maximumEventAge"]?.truthyJSON
        let attempts = node["maximumRetryAttempts"]?.json
        guard destinations != nil || age != nil || attempts != nil else { return }
        var configuration: OrderedMap<TemplateValue> = [:]
        var dependencies = [function.alias?.logicalID].compactMap(\.self)
        for (key, name) in [("onSuccess", "OnSuccess"), ("onFailure", "OnFailure")] {
            guard let destination = destinations?[key], destination.isTruthy else { continue }
            let (arn, alias) = try resolve(destination, function, context, permissions)
            configuration[name] = ["Destination": arn]
            if let alias, !dependencies.contains(alias) { dependencies.append(alias) }
            if context.customRole(of: function) == nil {
                try permissions.allow(destination, context, in: &template)
            }
        }
        let dependsOn = dependencies.map { TemplateValue.string($0) }
        template.resources[function.normalizedName + "LambdaEvConf"] = .object(of: [
            "Type": "AWS::Lambda::EventInvokeConfig",
            "Properties": .object(of: [
                "FunctionName": .ref(function.logicalID),
                "DestinationConfig": .object(configuration),
                "Qualifier": .string(function.alias?.name ?? "$LATEST"),
                "MaximumEventAgeInSeconds": age,
                "MaximumRetryAttempts": attempts,
            ]),
            "DependsOn": dependsOn.count > 1 ? .array(dependsOn) : dependsOn.first,
        ])
    }

    /// The ARN of a destination, including the alias of a durable function.
    private static func resolve(
        _ destination: ConfigurationValue,
        _ function: CompiledFunction,
        _ context: CompileContext,
        _ permissions: DestinationPermissions
    ) throws(DiagnosticError) -> (arn: TemplateValue, alias: String?) {
        if destination.map != nil { return (destination["arn"]?.json ?? .null, nil) }
        let name = destination.string ?? ""
        if name.hasPrefix("arn:") { return (.string(name), nil) }
        guard let target = context.function(name) else {
            throw DiagnosticError(
                .unknownFunction,
                "the destination '\(name)' of \(function.label) is not a function of this service",
                at: destination.place,
                help: NearestNames.help(
                    for: name,
                    among: context.functions.map(\.key),
                    else: ["name a function of this service, or an ARN"]
                )
            )
        }
        if target.isDurable { return (target.target, target.alias?.logicalID) }
        // Serverless only knows the other aliases of a function after it has compiled the function.
        return (permissions.aliased.contains(name) ? target.target : .getAtt(target.logicalID, "Arn"), nil)
    }
}

/// The statements that allow functions to send to their destinations, without duplicates.
struct DestinationPermissions {
    /// The functions whose alias is known: that of a function is known before its destinations are compiled.
    var aliased: Set<String> = []
    private var known: Set<String> = []

    /// Allows the execution role to use a destination.
    mutating func allow(
        _ destination: ConfigurationValue,
        _ context: CompileContext,
        in template: inout Template
    ) throws(DiagnosticError) {
        if let name = destination.string, !known.insert(name).inserted { return }
        template.addRoleStatements([
            [
                "Effect": "Allow", "Action": .string(try action(for: destination)),
                "Resource": resource(destination, context),
            ]
        ])
    }

    private func resource(_ destination: ConfigurationValue, _ context: CompileContext) -> TemplateValue {
        if destination.map != nil { return destination["arn"]?.json ?? .null }
        let name = destination.string ?? ""
        guard !name.hasPrefix("arn:"), let target = context.function(name) else { return .string(name) }
        // A reference to the function itself would be circular, as it uses the same role.
        let alias = target.isDurable ? target.alias.map { ":" + $0.name } ?? "" : ""
        return .sub("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:\(target.name)\(alias)")
    }

    private func action(for destination: ConfigurationValue) throws(DiagnosticError) -> String {
        let types = [
            "function": "lambda:InvokeFunction", "sqs": "sqs:SendMessage", "sns": "sns:Publish",
            "eventBus": "events:PutEvents",
        ]
        if let action = types[destination["type"]?.string ?? ""] { return action }
        if let name = destination.string {
            if !name.hasPrefix("arn:") || name.contains(":function:") { return "lambda:InvokeFunction" }
            if name.contains(":sqs:") { return "sqs:SendMessage" }
            if name.contains(":sns:") { return "sns:Publish" }
            if name.contains(":event-bus/") { return "events:PutEvents" }
        }
        throw DiagnosticError(
            .unknownDestination,
            "unknown type of the destination '\(destination.json.text)'",
            at: destination.place,
            notes: ["a destination is a function, a queue, a topic or an event bus"],
            help: ["set 'type' and 'arn' of the destination"]
        )
    }
}
