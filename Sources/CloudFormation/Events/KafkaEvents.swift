import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `kafka` events: event source mappings of self-managed Apache Kafka clusters.
enum KafkaEvents: ResourceFamily {
    static let sources: Set<String> = ["kafka"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for function in context.functions {
            var secrets = GatheredStatement("secretsmanager:GetSecretValue")
            var isInVPC = false
            for event in function.function.events where event.source == "kafka" && event.isSet {
                template.begin(.event(event, of: function))
                let accesses = try accesses(of: event, function)
                for access in accesses where access.isSecret { secrets.add(.string(access.value)) }
                isInVPC = isInVPC || accesses.contains { !$0.isSecret }
                let topic = Naming.capitalizedAlphanumeric(event["topic"]?.string ?? "").prefix(158)
                template.resources["\(function.normalizedName)EventSourceMappingKafka\(topic)"] =
                    try mapping(of: event, accesses, function, context)
            }
            template.addRoleStatements([secrets.value, isInVPC ? GatheredStatement.networkInterfaces : nil])
        }
    }

    private struct Access {
        let type: String
        let prefix: String
        let value: String
        var isSecret: Bool { prefix.isEmpty }
    }

    private static let types: [String: (type: String, prefix: String)] = [
        "vpcSubnet": ("VPC_SUBNET", "subnet:"),
        "vpcSecurityGroup": ("VPC_SECURITY_GROUP", "security_group:"),
        "saslPlainAuth": ("BASIC_AUTH", ""),
        "saslScram256Auth": ("SASL_SCRAM_256_AUTH", ""),
        "saslScram512Auth": ("SASL_SCRAM_512_AUTH", ""),
        "clientCertificateTlsAuth": ("CLIENT_CERTIFICATE_TLS_AUTH", ""),
        "serverRootCaCertificate": ("SERVER_ROOT_CA_CERTIFICATE", ""),
    ]

    private static func accesses(
        of event: FunctionEvent,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> [Access] {
        let configurations = event["accessConfigurations"]
        let hasSubnet = configurations?["vpcSubnet"] != nil
        if hasSubnet != (configurations?["vpcSecurityGroup"] != nil) {
            let missing = hasSubnet ? "vpcSecurityGroup" : "vpcSubnet"
            throw DiagnosticError(
                .missingProperty,
                "missing 'accessConfigurations.\(missing)' of \(event.label(of: function))",
                at: configurations?.place,
                help: ["set '\(missing)', or remove '\(hasSubnet ? "vpcSubnet" : "vpcSecurityGroup")'"]
            )
        }
        return (configurations?.map ?? [:])
            .flatMap { name, values in
                let (type, prefix) = types[name] ?? (name, "")
                return (values.list ?? []).map { Access(type: type, prefix: prefix, value: $0.json.text) }
            }
    }

    private static func mapping(
        of event: FunctionEvent,
        _ accesses: [Access],
        _ function: CompiledFunction,
        _ context: CompileContext
    ) throws(DiagnosticError) -> TemplateValue {
        try mapping(
            of: event,
            function,
            context,
            cluster: [
                "SelfManagedEventSource": [
                    "Endpoints": .object(of: ["KafkaBootstrapServers": event["bootstrapServers"]?.json])
                ],
                "SourceAccessConfigurations": .array(
                    accesses.map { ["Type": .string($0.type), "URI": .string($0.prefix + $0.value)] }
                ),
                "SelfManagedKafkaEventSourceConfig": event.consumerGroup,
            ]
        )
    }

    /// The event source mapping of a topic.
    ///
    /// - Parameters:
    ///   - event: The `kafka` or `msk` event.
    ///   - function: The function that the event invokes.
    ///   - context: The service.
    ///   - cluster: The properties that identify the cluster and the connection to it.
    /// - Returns: The resource.
    /// - Throws: ``DiagnosticError`` if the starting position requires a timestamp that is missing.
    static func mapping(
        of event: FunctionEvent,
        _ function: CompiledFunction,
        _ context: CompileContext,
        cluster: OrderedMap<TemplateValue?>
    ) throws(DiagnosticError) -> TemplateValue {
        var properties: OrderedMap<TemplateValue> = ["FunctionName": function.target]
        for (name, value) in cluster { properties[name] = value }
        properties["StartingPosition"] = try startingPosition(of: event, function)
        properties["StartingPositionTimestamp"] = event["startingPositionTimestamp"]?.json
        properties["Topics"] = .array([event["topic"]?.json].compactMap(\.self))
        properties["BatchSize"] = event["batchSize"]?.truthyJSON
        properties["MaximumBatchingWindowInSeconds"] = event["maximumBatchingWindow"]?.truthyJSON
        properties["Enabled"] = event["enabled"]?.json
        properties["FilterCriteria"] = event.filterCriteria
        properties["DestinationConfig"] = event["onFailureDestination"]?.truthyJSON
            .map { ["OnFailure": ["Destination": $0]] }
        properties["ProvisionedPollerConfig"] = event.provisionedPollers
        return [
            "Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": function.mappingDependencies(context),
            "Properties": .object(properties),
        ]
    }

    /// `startingPosition` of a Kafka event; `AT_TIMESTAMP` requires a timestamp.
    private static func startingPosition(
        of event: FunctionEvent,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> TemplateValue {
        let position = event["startingPosition"]?.truthyJSON ?? "TRIM_HORIZON"
        if position == "AT_TIMESTAMP", event["startingPositionTimestamp"] == nil {
            throw .missingTimestamp(event, of: function)
        }
        return position
    }
}

extension FunctionEvent {
    /// The setting `consumerGroupId` in the form for event source mappings.
    var consumerGroup: TemplateValue? { self["consumerGroupId"]?.truthyJSON.map { ["ConsumerGroupId": $0] } }

    /// The setting `provisionedPollerConfig` in the form for event source mappings.
    fileprivate var provisionedPollers: TemplateValue? {
        self["provisionedPollerConfig"]
            .map { pollers in
                .object(of: [
                    "MinimumPollers": pollers["minimumPollers"]?.json,
                    "MaximumPollers": pollers["maximumPollers"]?.json,
                ])
            }
    }
}
