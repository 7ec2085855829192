import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The execution role of the functions, unless all of them have their own roles.
enum ExecutionRole: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let provider = context.service.provider
        let settings = provider[path: "iam", "role"]
        guard !context.functions.isEmpty, provider.map?["role"] == nil,
            !(settings.map(context.isExistingRole) ?? false),
            !context.functions.allSatisfy({ $0.node.map?["role"] != nil })
        else { return }
        if let role = provider["iam"]?.map?["role"], role.isNull {
            throw DiagnosticError(
                .emptyProperty,
                "'provider.iam.role' is empty",
                at: role.keyPlace ?? role.place,
                help: ["set 'statements' or the ARN of a role, or remove 'role'"]
            )
        }
        var statements = logStatements(context)
        let own = settings?["statements"] ?? provider["iamRoleStatements"]
        if let own, own.map != nil {
            throw DiagnosticError(
                .invalidType,
                "the statements of the role must be a list, but are a mapping",
                at: own.keyPlace ?? own.place,
                help: ["begin each statement with '- ', as in '- Effect: Allow'"]
            )
        }
        statements += own?.list?.map(\.json) ?? []
        statements += durableStatements(context)
        template.begin(.provider(of: context.service, "iam", "role"))
        template.resources[Template.executionRoleID] = [
            "Type": "AWS::IAM::Role", "Properties": properties(context, settings, statements),
        ]
    }

    private static func properties(
        _ context: CompileContext,
        _ settings: ConfigurationValue?,
        _ statements: [TemplateValue]
    ) -> TemplateValue {
        let service = context.service
        let (name, stage) = (TemplateValue.string(service.name), TemplateValue.string(service.stage))
        let boundary =
            settings?["permissionsBoundary"] ?? settings?["permissionBoundary"]
            ?? service.provider["rolePermissionsBoundary"]
        let policies = managedPolicies(context, settings)
        return .object(of: [
            "AssumeRolePolicyDocument": .trustInLambda,
            "Policies": [
                [
                    "PolicyName": .join("-", [name, stage, "lambda"]),
                    "PolicyDocument": ["Version": "2012-10-17", "Statement": .array(statements)],
                ]
            ],
            "Path": settings?["path"]?.truthyJSON ?? "/",
            "RoleName": settings?["name"]?.truthyJSON
                ?? .join("-", [name, stage, .ref("AWS::Region"), "lambdaRole"]),
            "Tags": settings?["tags"]?.map.map(TemplateValue.tags),
            "PermissionsBoundary": boundary?.json,
            "ManagedPolicyArns": policies.isEmpty ? nil : .array(policies),
        ])
    }

    private static func managedPolicies(_ context: CompileContext, _ settings: ConfigurationValue?) -> [TemplateValue] {
        let own = settings?["managedPolicies"] ?? context.service.provider["iamManagedPolicies"]
        var policies = own?.list?.map(\.json) ?? []
        // Functions that disable the VPC count as well, as Serverless only checks if the setting exists.
        let isInVPC =
            context.service.provider["vpc"]?.isTruthy == true
            || context.functions.contains { $0.node.map?["vpc"] != nil }
        if isInVPC {
            let name = ":iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
            policies.append(.join("", ["arn:", .ref("AWS::Partition"), .string(name)]))
        }
        return policies
    }

    /// The statements that allow functions to write to their log groups.
    ///
    /// One pattern covers the functions with the name of the service; those with other names are listed. Functions
    /// without logs are denied access.
    private static func logStatements(_ context: CompileContext) -> [TemplateValue] {
        let prefix = "\(context.service.name)-\(context.service.stage)"
        var names: [String] = []
        var silent: [String] = []
        var hasOrdinary = false
        for function in context.functions {
            let isSilent = function.node["disableLogs"]?.isTruthy == true
            if !function.name.hasPrefix(prefix) {
                if !isSilent { names.append(function.name) }
            } else if isSilent {
                silent.append(function.name)
            } else {
                hasOrdinary = true
            }
        }
        if hasOrdinary { names.append(prefix + "*") }
        var statements: [TemplateValue] = [
            [
                "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource"],
                "Resource": .array(names.map { logGroup($0, ":*") }),
            ],
            [
                "Effect": "Allow", "Action": ["logs:PutLogEvents"],
                "Resource": .array(names.map { logGroup($0, ":*:*") }),
            ],
        ]
        if hasOrdinary, !silent.isEmpty {
            statements.append([
                "Effect": "Deny", "Action": "logs:PutLogEvents",
                "Resource": .array(silent.map { logGroup($0, ":*") }),
            ])
        }
        return statements
    }

    private static func logGroup(_ name: String, _ suffix: String) -> TemplateValue {
        .sub(
            "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/\(name)\(suffix)"
        )
    }

    /// The statements that allow durable functions to read and write the state of their executions.
    private static func durableStatements(_ context: CompileContext) -> [TemplateValue] {
        let durable = context.functions.filter { $0.isDurable && context.customRole(of: $0) == nil }
        guard !durable.isEmpty else { return [] }
        let executions = durable.map { function in
            TemplateValue.sub(
                "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:\(function.name)"
                    + ":*/durable-execution/*/*"
            )
        }
        return [
            [
                "Effect": "Allow",
                "Action": ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
                "Resource": .array(executions),
            ]
        ]
    }
}
