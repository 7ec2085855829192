import AWSClient
import ConfigurationValues
import Deployment
package import Diagnostics
package import OrderedJSON
package import ServerlessConfig

/// The smallest IAM policy with which a service can be deployed and used.
package struct ServicePolicy: Sendable {
    /// The policy as a document for IAM.
    package let document: JSONValue
    /// A warning about types of resources whose actions are not known; `nil` if all are.
    package let warning: Diagnostic?

    /// Makes the policy of a service.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - template: the template of its stack.
    ///   - commands: the names of the commands that are allowed; all if there are none.
    ///   - account: the number of the account; `nil` if it is not known.
    ///   - variables: the variables of the configuration whose values are in AWS, such as `ssm:/path`.
    /// - Throws: ``DiagnosticError`` for an unknown command.
    package init(
        of service: Service,
        _ template: JSONValue,
        commands: [String] = [],
        account: String? = nil,
        variables: [String] = []
    ) throws(DiagnosticError) {
        let names = PolicyNames(service, account: account)
        var statements = PolicyStatements()
        let used = try Self.permissions(of: commands)
        for call in used.flatMap(\.calls) where call.condition.map({ Self.holds($0, service) }) ?? true {
            for action in call.actions { statements.allow([action], on: Self.resources(of: action, names)) }
        }
        var unknown: [String] = []
        let changesStack = used.contains { ["deploy", "remove", "rollback"].contains($0.command) }
        if changesStack {
            if let role = (service.provider["iam"]?["deploymentRole"] ?? service.provider["cfnRole"]) {
                statements.allow([IAMAction("iam:PassRole")], on: role.string ?? "*")
            } else {
                unknown = Self.allowResources(of: template, service, names, in: &statements)
            }
        }
        for variable in variables { Self.allow(variable, names, in: &statements) }
        document = statements.document
        warning =
            unknown.isEmpty
            ? nil
            : Diagnostic(
                .warning,
                .policyIncomplete,
                "the policy lacks the actions for \(unknown.count == 1 ? "a type" : "types") of resources that are not known",
                notes: unknown,
                help: ["add the actions that the documentation of these types names"]
            )
    }

    private static func permissions(of commands: [String]) throws(DiagnosticError) -> [CommandPermissions] {
        guard !commands.isEmpty else { return CommandPermissions.all }
        var result: [CommandPermissions] = []
        for command in commands {
            guard let found = CommandPermissions.all.first(where: { $0.command == command }) else {
                let known = CommandPermissions.all.map(\.command)
                throw DiagnosticError(
                    .invalidOptionValue,
                    "the option '--for' has the value '\(command)', which is not a command that calls AWS",
                    help: [
                        NearestNames.nearest(to: command, among: known).map(NearestNames.question)
                            ?? "use one of \(known.map { "'\($0)'" }.joined(separator: ", "))"
                    ]
                )
            }
            result.append(found)
        }
        return result
    }

    // MARK: Commands

    private static func holds(_ condition: CommandPermissions.Condition, _ service: Service) -> Bool {
        let provider = service.provider
        func uses(_ source: String) -> Bool {
            service.functions.contains { $0.events.contains { $0.source == source } }
        }
        return switch condition {
        case .direct: provider["deploymentMethod"]?.string == "direct"
        case .stackPolicy: provider["stackPolicy"]?.isTruthy == true
        case .deletionProtection: provider["deletionProtection"] != nil
        case .pruning: provider["pruneFunctionVersions"]?.isTruthy == true
        case .restAPI: uses("http")
        case .httpAPI: uses("httpApi")
        case .apiKeys: provider["apiGateway"]?["apiKeys"] != nil
        case .bucketVersions: provider["deploymentBucket"]?["versioning"]?.bool == true
        case .images: provider["ecr"]?["images"] != nil
        case .imageTags:
            service.functions.contains { function in
                guard case .registry(let reference) = try? service.imageSource(of: function) else { return false }
                return reference.digest == nil
            }
        case .imageExpiry: provider["ecr"]?["maxImageCount"] != nil
        case .manyFunctions: service.functions.count > 50
        case .layers: !service.layers.isEmpty || service.custom?["pythonRequirements"]?["layer"]?.isTruthy == true
        }
    }

    /// Actions that cannot be limited to resources.
    private static let unlimited: Set<String> = [
        "cloudformation:ValidateTemplate", "cloudwatch:GetMetricStatistics", "ecr:GetAuthorizationToken", "iam:GetRole",
        "lambda:ListFunctions",
    ]

    private static func resources(of action: IAMAction, _ names: PolicyNames) -> Set<String> {
        if unlimited.contains(action.name) { return ["*"] }
        let parts = action.name.split(separator: ":").map(String.init)
        switch (parts[0], parts[1]) {
        case ("cloudformation", _): return [names.stack]
        case ("s3", let name): return [name.contains("Bucket") ? names.bucket : names.objects]
        case ("lambda", let name) where name.contains("Layer"): return [names.arn("lambda:{region}:{account}:layer:*")]
        case ("lambda", _): return names.functions
        case ("logs", _): return names.logGroups
        case ("apigateway", _): return [names.arn("apigateway:{region}::/*")]
        // Images by tag are in repositories of any account.
        case ("ecr", "DescribeImages"): return [names.arn("ecr:{region}:*:repository/*")]
        case ("ecr", _): return [names.repository]
        default: return ["*"]
        }
    }

    // MARK: Variables

    /// Allows to read the value of a variable.
    private static func allow(_ variable: String, _ names: PolicyNames, in statements: inout PolicyStatements) {
        let parts = variable.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return }
        let source = parts[0].prefix { $0 != "(" }
        // The address may have a variable in it, or another source after a comma.
        let address = String(parts[1].prefix { $0 != "," && $0 != "$" })
        let isWhole = address.count == parts[1].prefix { $0 != "," }.count
        let rest = isWhole ? "" : "*"
        switch source {
        case "ssm" where address.hasPrefix("/aws/reference/secretsmanager/"):
            let name = address.dropFirst("/aws/reference/secretsmanager/".count)
            statements.allow([IAMAction("ssm:GetParameters"), IAMAction("ssm:GetParameter")], on: "*")
            statements.allow(
                [IAMAction("secretsmanager:GetSecretValue")],
                on: names.arn("secretsmanager:{region}:{account}:secret:\(name)*")
            )
        case "ssm":
            let name = address.hasPrefix("/") ? address : "/\(address)"
            statements.allow(
                [IAMAction("ssm:GetParameters"), IAMAction("ssm:GetParameter")],
                on: names.arn("ssm:*:{account}:parameter\(name)\(rest)")
            )
        case "cf":
            let stack = address.prefix { $0 != "." }
            statements.allow(
                [IAMAction("cloudformation:DescribeStacks")],
                on: names.arn("cloudformation:*:{account}:stack/\(stack)\(rest)/*")
            )
        case "s3": statements.allow([IAMAction("s3:GetObject")], on: names.arn("s3:::\(address)\(rest)"))
        default: break
        }
    }

    // MARK: Resources

    /// Allows what CloudFormation does with the resources of a template.
    ///
    /// - Returns: the types that are not known.
    private static func allowResources(
        of template: JSONValue,
        _ service: Service,
        _ names: PolicyNames,
        in statements: inout PolicyStatements
    ) -> [String] {
        var unknown: [String] = []
        for (_, resource) in template["Resources"]?.objectValue ?? [:] {
            let type = resource["Type"]?.stringValue ?? ""
            guard let permissions = ResourcePermissions.permissions(for: type) else {
                if !unknown.contains(type) { unknown.append(type) }
                continue
            }
            var targets: Set<String> = ["*"]
            if let arn = permissions.arn {
                let found = names.arn(arn, name: names.name(of: resource, permissions.nameProperty, in: template))
                // Versions, aliases and streams of log groups have ARNs that go on.
                let hasParts = type.hasPrefix("AWS::Lambda::") || type == "AWS::Logs::LogGroup"
                targets = hasParts ? [found, "\(found):*"] : [found]
            }
            statements.allow(permissions.actions, on: targets)
            for (property, actions) in permissions.extras where resource["Properties"]?[property] != nil {
                for action in actions {
                    // Actions of other services apply to what the property refers to.
                    let isOwn = action.name.prefix { $0 != ":" } == permissions.actions.first?.name.prefix { $0 != ":" }
                    statements.allow([action], on: isOwn ? targets : ["*"])
                }
            }
            if let code = resource["Properties"]?["Code"] ?? resource["Properties"]?["Content"] {
                if code["S3Key"] != nil || code["S3Bucket"] != nil {
                    statements.allow([IAMAction("s3:GetObject")], on: names.objects)
                }
                if code["ImageUri"] != nil {
                    let actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetRepositoryPolicy"]
                    statements.allow(actions.map { IAMAction($0) }, on: "*")
                }
            }
            if let role = resource["Properties"]?["Role"]?.stringValue, role.hasPrefix("arn:") {
                statements.allow([IAMAction("iam:PassRole")], on: role)
            }
        }
        return unknown
    }
}
