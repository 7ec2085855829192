import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The version of a function (`AWS::Lambda::Version`), and the alias if events invoke one.
enum FunctionVersion {
    /// Adds the version and the alias of a function, if any.
    ///
    /// - Returns: whether the function has a version.
    static func add(
        _ function: CompiledFunction,
        _ image: FunctionImage?,
        _ context: CompileContext,
        into template: inout Template
    ) -> Bool {
        let versioning = function.node["versionFunction"] ?? context.service.provider["versionFunctions"]
        let isAsked = function.isAtEdge || versioning?.isTruthy ?? true
        guard isAsked || function.alias != nil, let resource = template.resources[function.logicalID] else {
            return false
        }
        let versionID = "\(function.normalizedName)LambdaVersion\(ProvisionalName.placeholder)"
        template.pendingVersions.append(
            PendingVersion(
                function: function.key,
                logicalID: versionID,
                resource: resource,
                imageDigest: image?.digest
            )
        )
        // Replaced versions are retained; without versioning, only the alias needs a version.
        let isRetained = isAsked || function.isDurable
        template.resources[versionID] = .object(of: [
            "Type": "AWS::Lambda::Version",
            "DeletionPolicy": isRetained ? "Retain" : nil,
            "Properties": .object(of: [
                "FunctionName": .ref(function.logicalID),
                "CodeSha256": .null,
                "Description": function.node["description"]?.truthyJSON,
            ]),
        ])
        template.outputs[function.logicalID + "QualifiedArn"] = [
            "Description": "Current Lambda function version", "Value": .ref(versionID),
        ]
        if let alias = function.alias { addAlias(alias, function, versionID, into: &template) }
        return true
    }

    /// Adds the settings that are not part of the version's hash in Serverless, and do not cause a new version.
    static func addLateSettings(
        _ function: CompiledFunction,
        _ context: CompileContext,
        into template: inout Template
    ) {
        if function.node["snapStart"]?.isTruthy == true {
            template.resources[function.logicalID]?["Properties"]?["SnapStart"] = ["ApplyOn": "PublishedVersions"]
        }
        guard let logs = function.node["logs"] ?? context.service.provider[path: "logs", "lambda"] else { return }
        let settings = TemplateValue.object(of: [
            "ApplicationLogLevel": logs["applicationLogLevel"]?.truthyJSON,
            "LogFormat": logs["logFormat"]?.truthyJSON,
            "LogGroup": logs["logGroup"]?.truthyJSON,
            "SystemLogLevel": logs["systemLogLevel"]?.truthyJSON,
        ])
        guard settings.objectValue?.isEmpty == false else { return }
        template.resources[function.logicalID]?["Properties"]?["LoggingConfig"] = settings
    }

    private static func addAlias(
        _ alias: TargetAlias,
        _ function: CompiledFunction,
        _ versionID: String,
        into template: inout Template
    ) {
        let concurrency = function.node["provisionedConcurrency"]?.truthyJSON
        template.resources[alias.logicalID] = [
            "Type": "AWS::Lambda::Alias",
            "Properties": .object(of: [
                "FunctionName": .ref(function.logicalID),
                "FunctionVersion": .getAtt(versionID, "Version"),
                "Name": .string(alias.name),
                "ProvisionedConcurrencyConfig": concurrency.map { ["ProvisionedConcurrentExecutions": $0] },
            ]),
            "DependsOn": .string(function.logicalID),
        ]
    }
}
