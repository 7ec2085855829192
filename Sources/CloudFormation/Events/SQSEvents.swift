import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `sqs` events: event source mappings (`AWS::Lambda::EventSourceMapping`).
enum SQSEvents: ResourceFamily {
    static let sources: Set<String> = ["sqs"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var statement = GatheredStatement("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
        for (function, event) in context.events("sqs") where event.isSet {
            template.begin(.event(event, of: function))
            let arn = (event["arn"] ?? event.node).json
            let logicalID =
                function.normalizedName + "EventSourceMappingSQS" + Naming.capitalizedAlphanumeric(queueName(arn))
            template.merge(logicalID, mapping(function, event, arn, context))
            statement.add(arn)
        }
        template.addRoleStatements([statement.value])
    }

    private static func mapping(
        _ function: CompiledFunction,
        _ event: FunctionEvent,
        _ arn: TemplateValue,
        _ context: CompileContext
    ) -> TemplateValue {
        [
            "Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": function.mappingDependencies(context),
            "Properties": .object(of: [
                "BatchSize": event["batchSize"]?.truthyJSON ?? 10,
                "MaximumBatchingWindowInSeconds": event["maximumBatchingWindow"]?.json,
                "EventSourceArn": arn,
                "FunctionName": function.target,
                "Enabled": event.isEnabled,
                "FunctionResponseTypes": event["functionResponseType"].map { [$0.json] },
                "FilterCriteria": event.filterCriteria,
                "ScalingConfig": event["maximumConcurrency"]?.truthyJSON.map { ["MaximumConcurrency": $0] },
            ]),
        ]
    }

    /// The name of a queue for logical IDs: the end of the ARN, or the name in an intrinsic function.
    private static func queueName(_ arn: TemplateValue) -> String {
        if let text = arn.stringValue { return text.split(separator: ":").last.map(String.init) ?? "" }
        return arn["Fn::GetAtt"]?.arrayValue?.first?.text ?? arn["Fn::ImportValue"]?.text
            ?? arn["Fn::Join"]?.arrayValue?.last?.arrayValue?.last?.text ?? arn["Ref"]?.text ?? ""
    }
}
