import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `activemq` events: event source mappings of Amazon MQ brokers that run ActiveMQ.
enum ActiveMQEvents: ResourceFamily {
    static let sources: Set<String> = ["activemq"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        BrokerEvents(source: "activemq", name: "ActiveMQ").compile(context, into: &template)
    }
}

/// `rabbitmq` events: event source mappings of Amazon MQ brokers that run RabbitMQ.
enum RabbitMQEvents: ResourceFamily {
    static let sources: Set<String> = ["rabbitmq"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        BrokerEvents(source: "rabbitmq", name: "RabbitMQ").compile(context, into: &template)
    }
}

/// Shared code of both kinds of brokers.
private struct BrokerEvents {
    let source: String
    let name: String

    func compile(_ context: CompileContext, into template: inout Template) {
        for function in context.functions {
            var secrets = GatheredStatement("secretsmanager:GetSecretValue")
            var brokers = GatheredStatement("mq:DescribeBroker")
            for event in function.function.events where event.source == source && event.isSet {
                template.begin(.event(event, of: function))
                // Missing values are `null` in the statements, as validation has reported them.
                let (arn, login) = (event["arn"]?.json ?? .null, event["basicAuthArn"]?.json ?? .null)
                let queue = Naming.capitalizedAlphanumeric(event["queue"]?.string ?? "").prefix(150)
                template.resources["\(function.normalizedName)EventSourceMapping\(name)\(queue)"] =
                    mapping(of: event, arn, login, function, context)
                secrets.add(login)
                brokers.add(arn)
            }
            guard let statement = brokers.value else { continue }
            template.addRoleStatements([secrets.value, statement, GatheredStatement.networkInterfaces])
        }
    }

    private func mapping(
        of event: FunctionEvent,
        _ arn: TemplateValue,
        _ login: TemplateValue,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) -> TemplateValue {
        var accesses: [TemplateValue] = [["Type": "BASIC_AUTH", "URI": login]]
        if let host = event["virtualHost"]?.truthyJSON { accesses.append(["Type": "VIRTUAL_HOST", "URI": host]) }
        return [
            "Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": function.mappingDependencies(context),
            "Properties": .object(of: [
                "FunctionName": function.target,
                "EventSourceArn": arn,
                "Queues": .array([event["queue"]?.json].compactMap(\.self)),
                "SourceAccessConfigurations": .array(accesses),
                "BatchSize": event["batchSize"]?.truthyJSON,
                "MaximumBatchingWindowInSeconds": event["maximumBatchingWindow"]?.truthyJSON,
                "Enabled": event["enabled"]?.json,
                "FilterCriteria": event.filterCriteria,
            ]),
        ]
    }
}
