import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The resource of a function (`AWS::Lambda::Function`).
///
/// Settings of the function override those of the provider. Required permissions are added to the execution role.
struct FunctionResource {
    private let function: CompiledFunction
    private let image: FunctionImage?
    private let context: CompileContext
    private var node: ConfigurationValue { function.node }
    private var provider: ConfigurationValue { context.service.provider }

    init(_ function: CompiledFunction, _ image: FunctionImage?, _ context: CompileContext) {
        self.function = function
        self.image = image
        self.context = context
    }

    /// The resource; adds the required statements to the execution role.
    func value(_ template: inout Template) throws(DiagnosticError) -> TemplateValue {
        allowCalls(&template)
        let vpc = function.isAtEdge ? nil : vpcConfig
        var properties: OrderedMap<TemplateValue> = [:]
        func set(_ key: String, _ value: TemplateValue?) { properties[key] = value }
        set("Code", code)
        set("ImageConfig", image?.settings)
        set("PackageType", image == nil ? nil : "Image")
        set("RuntimeManagementConfig", image == nil ? runtimeManagement : nil)
        set("Handler", image == nil ? node["handler"]?.json : nil)
        set("Runtime", image == nil ? runtime : nil)
        set("FunctionName", .string(function.name))
        set("MemorySize", memorySize)
        set("Timeout", timeout)
        set("Architectures", (node["architecture"]?.truthyJSON ?? provider["architecture"]?.truthyJSON).map { [$0] })
        set("Description", node["description"]?.truthyJSON)
        set("Tags", tags)
        set("EphemeralStorage", node["ephemeralStorageSize"]?.truthyJSON.map { ["Size": $0] })
        set("RecursiveLoop", node["recursiveLoop"]?.truthyJSON)
        set("DeadLetterConfig", node["onError"]?.truthyJSON.map { ["TargetArn": $0] })
        set("KmsKeyArn", kmsKey?.json)
        set("TracingConfig", tracingMode.map { ["Mode": $0] })
        set("Environment", function.isAtEdge ? nil : environment)
        set("Role", context.roleARN(of: function))
        set("VpcConfig", vpc)
        set("FileSystemConfigs", try fileSystems(isInVPC: vpcConfig != nil))
        set("ReservedConcurrentExecutions", node["reservedConcurrency"]?.json)
        set("Layers", try layers())
        set("DurableConfig", durableConfig)
        return .object(of: [
            "Type": "AWS::Lambda::Function",
            "Properties": .object(properties),
            "Condition": node["condition"]?.truthyJSON,
            "DependsOn": dependencies,
            "DeletionPolicy": function.isAtEdge ? "Retain" : nil,
        ])
    }

    private var code: TemplateValue {
        if let image { return ["ImageUri": .string(image.uri)] }
        // The key is set after the artifact is known.
        return ["S3Bucket": context.deploymentBucket, "S3Key": .null]
    }

    private var runtime: TemplateValue { context.service.runtime(of: function.function).setting.json }

    /// The limits for functions at the edge, which override the defaults of the provider.
    private var memorySize: TemplateValue {
        node["memorySize"]?.truthyJSON ?? (function.isAtEdge ? 128 : provider["memorySize"]?.truthyJSON ?? 1024)
    }

    private var timeout: TemplateValue {
        node["timeout"]?.truthyJSON ?? (function.isAtEdge ? 5 : provider["timeout"]?.truthyJSON ?? 6)
    }

    /// The runtime management settings.
    ///
    /// Members of the function's setting override those of the provider's; `null` removes them.
    private var runtimeManagement: TemplateValue? {
        var members: OrderedMap<ConfigurationValue> = ["mode": ConfigurationValue(.string("auto"))]
        for setting in [provider["runtimeManagement"], node["runtimeManagement"]].compactMap(\.self) {
            if setting.string != nil { members["mode"] = setting }
            for (key, value) in setting.map ?? [:] { members[key] = value }
        }
        switch members["mode"]?.string {
        case "auto": return nil
        case "onFunctionUpdate": return ["UpdateRuntimeOn": "FunctionUpdate"]
        case "manual": return .object(of: ["UpdateRuntimeOn": "Manual", "RuntimeVersionArn": members["arn"]?.json])
        default: return [:]
        }
    }

    private var tags: TemplateValue? {
        guard node["tags"]?.isTruthy == true || provider["tags"]?.isTruthy == true else { return nil }
        var tags = OrderedMap<ConfigurationValue>()
        for settings in [provider["tags"], node["tags"]].compactMap(\.self) {
            for (key, value) in settings.assignedMembers { tags[key] = value }
        }
        return .tags(tags)
    }

    private var kmsKey: ConfigurationValue? {
        [node["kmsKeyArn"], provider["kmsKeyArn"]].compactMap(\.self).first(where: \.isTruthy)
    }

    private var tracingMode: TemplateValue? {
        let settings = [node["tracing"], provider[path: "tracing", "lambda"]].compactMap(\.self)
        return settings.first(where: \.isTruthy).map { $0.bool == true ? "Active" : $0.json }
    }

    private var environment: TemplateValue? {
        let settings = [provider["environment"], node["environment"]].compactMap(\.self).filter(\.isTruthy)
        guard !settings.isEmpty else { return nil }
        var variables = OrderedMap<TemplateValue>()
        for setting in settings {
            for (key, value) in setting.assignedMembers { variables[key] = value.json }
        }
        return ["Variables": .object(variables)]
    }

    /// The VPC settings; `vpc: null` or `vpc: false` disables those of the provider.
    private var vpcConfig: TemplateValue? {
        if let own = node.map?["vpc"], own.isNull || own.bool == false { return nil }
        func setting(_ key: String) -> TemplateValue? {
            node["vpc"]?[key]?.truthyJSON ?? provider["vpc"]?[key]?.truthyJSON
        }
        guard let groups = setting("securityGroupIds"), let subnets = setting("subnetIds") else { return nil }
        return .object(of: [
            "SecurityGroupIds": groups, "SubnetIds": subnets,
            "Ipv6AllowedForDualStack": setting("ipv6AllowedForDualStack")
                ?? provider["vpc"]?["ipv6AllowedForDualStack"]?.json,
        ])
    }

    private func fileSystems(isInVPC: Bool) throws(DiagnosticError) -> TemplateValue? {
        guard let system = node["fileSystemConfig"], system.isTruthy else { return nil }
        guard isInVPC else {
            throw DiagnosticError(
                .missingProperty,
                "\(function.label) has 'fileSystemConfig', which requires a VPC",
                at: system.keyPlace ?? system.place,
                help: ["set 'vpc' of the function or of the provider"]
            )
        }
        return [.object(of: ["Arn": system["arn"]?.json, "LocalMountPath": system["localMountPath"]?.json])]
    }

    private func layers() throws(DiagnosticError) -> TemplateValue? {
        guard let layers = [node["layers"], provider["layers"]].compactMap(\.self).first(where: \.isTruthy) else {
            return nil
        }
        let layerIDs = context.requirementLayers.references[function.key] ?? [:]
        guard let items = layers.list else {
            guard layers.map != nil else { return layers.json }
            throw DiagnosticError(
                .invalidType,
                "'layers' of \(function.label) must be a list, but is a mapping",
                at: layers.keyPlace ?? layers.place,
                help: ["write each layer as an item: '- arn:…' or '- Ref: <name>LambdaLayer'"]
            )
        }
        return .array(
            items.map { layer in
                guard let reference = layer["Ref"]?.string, let other = layerIDs[reference] else { return layer.json }
                let target = context.requirementLayers.layers.first { Naming.layerID($0.key) == other }
                // The logical ID of a retained layer ends with a hash, which is known later.
                return .ref(target?.isRetained == true ? other + ProvisionalName.placeholder : other)
            }
        )
    }

    private var durableConfig: TemplateValue? {
        guard function.isDurable, let settings = node["durableConfig"] else { return nil }
        return .object(of: [
            "ExecutionTimeout": settings["executionTimeout"]?.json,
            "RetentionPeriodInDays": settings["retentionPeriodInDays"]?.json,
        ])
    }

    private var dependencies: TemplateValue? {
        var names: [TemplateValue] = []
        if node["disableLogs"]?.isTruthy != true { names.append(.string(function.normalizedName + "LogGroup")) }
        names += node["dependsOn"]?.list?.map(\.json) ?? (node["dependsOn"]?.truthyJSON).map { [$0] } ?? []
        if let role = context.customRole(of: function) {
            if let name = role.string, !name.hasPrefix("arn:"), name != Template.executionRoleID {
                names.append(.string(name))
            } else if let name = role["Fn::GetAtt"]?.list?.first {
                names.append(name.json)
            }
        }
        // An empty list is kept if it is the only setting of the function.
        return names.isEmpty && node["dependsOn"]?.isTruthy != true ? nil : .array(names)
    }

    private func allowCalls(_ template: inout Template) {
        if let topic = node["onError"]?.string, !topic.isEmpty {
            template.addRoleStatements([
                ["Effect": "Allow", "Action": ["sns:Publish"], "Resource": [.string(topic)]]
            ])
        }
        if let key = kmsKey?.string {
            template.addRoleStatementOnce(
                ["Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [.string(key)]]
            )
        }
        if tracingMode != nil {
            template.addRoleStatementOnce([
                "Effect": "Allow", "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "Resource": ["*"],
            ])
        }
        if let system = node["fileSystemConfig"], system.isTruthy {
            template.addRoleStatements([
                [
                    "Effect": "Allow", "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                    "Resource": [system["arn"]?.json ?? .null],
                ]
            ])
        }
    }
}
