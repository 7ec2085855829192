import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `cognitoUserPool` events with `existing: true`: triggers of existing pools, set by a custom resource.
enum ExistingUserPoolEvents: ResourceFamily {
    static let sources: Set<String> = ["cognitoUserPool"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var statements: [TemplateValue] = []
        var chains = CustomResourceChains()
        var keys = OrderedMap<UserPoolKeys>()
        for function in context.functions {
            let events = function.function.events.filter {
                $0.source == "cognitoUserPool" && $0["existing"]?.isTruthy == true
            }
            guard let first = events.first, let pool = first["pool"]?.string else { continue }
            if let other = events.first(where: { $0["pool"]?.string != pool }) {
                throw DiagnosticError(
                    .tooManyEvents,
                    "\(function.label) has events of two existing user pools, '\(pool)' and "
                        + "'\(other["pool"]?.string ?? "")'",
                    at: other["pool"]?.place,
                    help: ["use another function for the second user pool"]
                )
            }
            var configurations: [TemplateValue] = []
            for event in events {
                try CognitoUserPoolEvents.checkVersion(event)
                configurations.append(try configuration(of: event, &keys[pool, default: UserPoolKeys(pool: pool)]))
            }
            template.begin(.event(first, of: function))
            let logicalID = "\(function.normalizedName)CustomCognitoUserPool1"
            template.merge(logicalID, resource(function, pool, first, configurations, context))
            chains.add(logicalID, to: pool)
            statements += self.statements(for: function, first)
        }
        guard !statements.isEmpty else { return }
        statements.append([
            "Effect": "Allow", "Resource": .sub("arn:${AWS::Partition}:iam::*:role/*"), "Action": ["iam:PassRole"],
        ])
        chains.link(in: &template)
        CustomResource.existingUserPools.add(statements: statements, context, into: &template)
    }

    private static func configuration(
        of event: FunctionEvent,
        _ keys: inout UserPoolKeys
    ) throws(DiagnosticError) -> TemplateValue {
        let trigger = event["trigger"]?.string ?? ""
        let version = event["lambdaVersion"]?.truthyJSON
        guard CognitoUserPoolEvents.customSenders.contains(trigger) else {
            return .object(of: ["Trigger": event["trigger"]?.json, "LambdaVersion": version])
        }
        let key = try keys.key(of: event)
        return ["Trigger": .string(trigger), "LambdaVersion": version ?? "V1_0", "KMSKeyID": key]
    }

    private static func resource(
        _ function: CompiledFunction,
        _ pool: String,
        _ first: FunctionEvent,
        _ configurations: [TemplateValue],
        _ context: CompileContext
    ) -> TemplateValue {
        [
            "Type": "Custom::CognitoUserPool",
            "Version": 1,
            "DependsOn": [.string(function.logicalID), .string(CustomResource.existingUserPools.logicalID)],
            "Properties": .object(of: [
                "ServiceToken": CustomResource.existingUserPools.serviceToken,
                "FunctionName": .string(function.name),
                "UserPoolName": .string(pool),
                "UserPoolConfigs": .array(configurations),
                "ForceDeploy": first["forceDeploy"]?.isTruthy == true ? context.forceDeployValue : nil,
            ]),
        ]
    }

    private static func statements(for function: CompiledFunction, _ first: FunctionEvent) -> [TemplateValue] {
        var statements: [TemplateValue] = []
        let trigger = first["trigger"]?.string ?? ""
        if CognitoUserPoolEvents.customSenders.contains(trigger), let key = first["kmsKeyId"]?.truthyJSON {
            statements.append(["Effect": "Allow", "Resource": key, "Action": ["kms:CreateGrant"]])
        }
        statements.append([
            "Effect": "Allow",
            "Resource": "*",
            "Action": [
                "cognito-idp:ListUserPools", "cognito-idp:DescribeUserPool", "cognito-idp:UpdateUserPool",
            ],
        ])
        statements.append([
            "Effect": "Allow",
            "Resource": .sub("arn:${AWS::Partition}:lambda:*:*:function:\(function.name)"),
            "Action": ["lambda:AddPermission", "lambda:RemovePermission"],
        ])
        return statements
    }
}
