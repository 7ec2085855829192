import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `msk` events: event source mappings of Amazon MSK clusters.
enum MSKEvents: ResourceFamily {
    static let sources: Set<String> = ["msk"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            var clusters = GatheredStatement("kafka:DescribeCluster", "kafka:GetBootstrapBrokers")
            for event in function.function.events where event.source == "msk" && event.isSet {
                template.begin(.event(event, of: function))
                guard let arn = event["arn"]?.json else { continue }
                let topic = event["topic"]?.string ?? ""
                let logicalID =
                    "\(function.normalizedName)EventSourceMappingMSK"
                    + Naming.capitalizedAlphanumeric(clusterName(arn)).prefix(79)
                    + Naming.capitalizedAlphanumeric(topic).prefix(79)
                template.resources[logicalID] = try mapping(of: event, arn, function, context)
                clusters.add(arn)
            }
            guard let statement = clusters.value else { continue }
            template.addRoleStatements([statement, GatheredStatement.networkInterfaces])
        }
    }

    private static func mapping(
        of event: FunctionEvent,
        _ arn: TemplateValue,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) throws(DiagnosticError) -> TemplateValue {
        try KafkaEvents.mapping(
            of: event,
            function,
            context,
            cluster: [
                "EventSourceArn": arn,
                "SourceAccessConfigurations": event["saslScram512"]
                    .map { [["Type": "SASL_SCRAM_512_AUTH", "URI": $0.json]] },
                "AmazonManagedKafkaEventSourceConfig": event.consumerGroup,
            ]
        )
    }

    private static func clusterName(_ arn: TemplateValue) -> String {
        if let text = arn.stringValue {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count > 1 ? String(parts[1]) : ""
        }
        return arn["Fn::ImportValue"]?.text ?? arn["Ref"]?.text ?? ""
    }
}
