import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `stream` events: event source mappings of Kinesis and DynamoDB streams, and the consumers of Kinesis streams.
enum StreamEvents: ResourceFamily {
    static let sources: Set<String> = ["stream"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            var statements = Statements()
            for event in function.function.events where event.source == "stream" && event.isSet {
                template.begin(.event(event, of: function))
                try compile(event, of: function, context, &statements, into: &template)
            }
            template.addRoleStatements(statements.all.map(\.value))
        }
    }

    /// The statements for the streams of a function, in the order of the policy.
    private struct Statements {
        var dynamoDB = GatheredStatement(
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:DescribeStream",
            "dynamodb:ListStreams"
        )
        var kinesis = GatheredStatement(
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:DescribeStream",
            "kinesis:ListStreams"
        )
        var kinesisWithConsumer = GatheredStatement(
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:DescribeStreamSummary",
            "kinesis:ListShards"
        )
        var consumer = GatheredStatement("kinesis:SubscribeToShard")
        var failureTopic = GatheredStatement("sns:Publish")
        var failureQueue = GatheredStatement("sqs:ListQueues", "sqs:SendMessage")

        var all: [GatheredStatement] {
            [dynamoDB, kinesis, kinesisWithConsumer, consumer, failureTopic, failureQueue]
        }
    }

    private static func compile(
        _ event: FunctionEvent,
        of function: CompiledFunction,
        _ context: CompileContext,
        _ statements: inout Statements,
        into template: inout Template
    ) throws(DiagnosticError) {
        let source = event["arn"] ?? event.node
        let arn = source.json
        let type = event["type"]?.string ?? arn.arnPart(2)
        let name = try streamName(source, function)
        let logicalID =
            "\(function.normalizedName)EventSourceMapping\(Naming.normalizedName(type))"
            + Naming.capitalizedAlphanumeric(name)
        var resource = mapping(of: event, arn, function, context)
        let consumer = event["consumer"].flatMap { $0.isTruthy ? $0 : nil }
        switch (type, consumer != nil) {
        case ("dynamodb", _): statements.dynamoDB.add(arn)
        case (_, true): statements.kinesisWithConsumer.add(arn)
        case (_, false): statements.kinesis.add(arn)
        }
        if let failure = event.node[path: "destinations", "onFailure"] {
            let destination = (failure["arn"] ?? failure).json
            if (failure["type"]?.string ?? destination.arnPart(2)) == "sns" {
                statements.failureTopic.add(destination)
            } else {
                statements.failureQueue.add(destination)
            }
        }
        if let consumer, type == "kinesis" {
            try checkTimestamp(event, of: function)
            resource["Properties"]?["StartingPositionTimestamp"] = event["startingPositionTimestamp"]?.truthyJSON
            var consumerARN = consumer.json
            if consumer.bool == true {
                let consumerName = consumerName(function, name, context)
                let consumerID = Naming.normalizedFunctionName(consumerName) + "StreamConsumer"
                consumerARN = .ref(consumerID)
                template.merge(
                    consumerID,
                    [
                        "Type": "AWS::Kinesis::StreamConsumer",
                        "Properties": ["StreamARN": arn, "ConsumerName": .string(consumerName)],
                    ]
                )
                resource["DependsOn"] = .array((resource["DependsOn"]?.arrayValue ?? []) + [.string(consumerID)])
            }
            resource["Properties"]?["EventSourceArn"] = consumerARN
            statements.consumer.add(consumerARN)
        }
        template.merge(logicalID, resource)
    }

    private static func mapping(
        of event: FunctionEvent,
        _ arn: TemplateValue,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) -> TemplateValue {
        let failure = event.node[path: "destinations", "onFailure"]
        return [
            "Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": function.mappingDependencies(context),
            "Properties": .object(of: [
                "BatchSize": event["batchSize"]?.truthyJSON ?? 10,
                "Enabled": event.isEnabled,
                "EventSourceArn": arn,
                "FunctionName": function.target,
                "ParallelizationFactor": event["parallelizationFactor"]?.truthyJSON,
                "StartingPosition": event["startingPosition"]?.truthyJSON ?? "TRIM_HORIZON",
                "MaximumBatchingWindowInSeconds": event["batchWindow"]?.json,
                "MaximumRetryAttempts": event["maximumRetryAttempts"]?.json,
                "BisectBatchOnFunctionError": event["bisectBatchOnFunctionError"]?.json,
                "FunctionResponseTypes": event["functionResponseType"].map { [$0.json] },
                "MaximumRecordAgeInSeconds": event["maximumRecordAgeInSeconds"]?.truthyJSON,
                "TumblingWindowInSeconds": event["tumblingWindowInSeconds"]?.json,
                "DestinationConfig": failure.map { ["OnFailure": ["Destination": ($0["arn"] ?? $0).json]] },
                "FilterCriteria": event.filterCriteria,
            ]),
        ]
    }

    private static func checkTimestamp(_ event: FunctionEvent, of function: CompiledFunction) throws(DiagnosticError) {
        guard event["startingPosition"]?.string == "AT_TIMESTAMP",
            event["startingPositionTimestamp"]?.isTruthy != true
        else { return }
        throw .missingTimestamp(event, of: function)
    }

    /// The name of a stream for logical IDs.
    private static func streamName(
        _ source: ConfigurationValue,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> String {
        let arn = source.json
        if let text = arn.stringValue {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count > 1 else {
                throw DiagnosticError(
                    .invalidARN,
                    "cannot read the name of the stream from '\(text)', in \(FunctionEvent.label("stream", of: function))",
                    at: source.place,
                    help: ["write 'arn:aws:kinesis:…:stream/NAME' or 'arn:aws:dynamodb:…:table/NAME/stream/TIME'"]
                )
            }
            return String(parts[1])
        }
        if let joined = arn["Fn::Join"]?.arrayValue?.last?.arrayValue?.last?.text {
            return joined.split(separator: "/").last.map(String.init) ?? joined
        }
        return arn["Fn::GetAtt"]?.arrayValue?.first?.text ?? arn["Fn::ImportValue"]?.text ?? arn["Ref"]?.text ?? ""
    }

    private static func consumerName(
        _ function: CompiledFunction,
        _ streamName: String,
        _ context: CompileContext
    ) -> String {
        let isServiceSpecific = context.service.provider[path: "kinesis", "consumerNamingMode"]?.isTruthy == true
        let service = isServiceSpecific ? context.service.name + context.service.stage : ""
        return "\(function.key)\(streamName)\(service)Consumer"
    }
}

extension DiagnosticError {
    /// The error for `startingPosition: AT_TIMESTAMP` without a timestamp.
    static func missingTimestamp(_ event: FunctionEvent, of function: CompiledFunction) -> DiagnosticError {
        DiagnosticError(
            .missingProperty,
            "missing 'startingPositionTimestamp' in \(event.label(of: function))",
            at: event["startingPosition"]?.place ?? event.node.place,
            notes: ["'startingPosition: AT_TIMESTAMP' requires it"],
            help: ["set 'startingPositionTimestamp' to seconds since 1970"]
        )
    }
}
