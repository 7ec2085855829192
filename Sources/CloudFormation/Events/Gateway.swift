import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// Shared code of API Gateway resources.
enum Gateway {
    /// The ways to transfer a function's response.
    enum Answer {
        /// Buffered: complete, after the function has ended.
        case buffered
        /// Streamed: while the function writes it.
        case streamed
    }

    /// The URI that API Gateway uses to invoke a function.
    static func invocationURI(_ function: TemplateValue) -> TemplateValue { invocationURI([function], .buffered) }

    /// The URI that a method uses to invoke a function of the service, with its alias.
    static func invocationURI(of function: CompiledFunction, _ answer: Answer) -> TemplateValue {
        let alias: [TemplateValue] = function.alias.map { [":", .string($0.name)] } ?? []
        return invocationURI([.getAtt(function.logicalID, "Arn")] + alias, answer)
    }

    private static func invocationURI(_ function: [TemplateValue], _ answer: Answer) -> TemplateValue {
        let (version, action): (String, TemplateValue) =
            switch answer {
            case .buffered: ("2015-03-31", "/invocations")
            case .streamed: ("2021-11-15", "/response-streaming-invocations")
            }
        let head: [TemplateValue] = [
            "arn:", .ref("AWS::Partition"), ":apigateway:", .ref("AWS::Region"),
            .string(":lambda:path/\(version)/functions/"),
        ]
        return .join("", head + function + [action])
    }

    /// The ARN of an API with a pattern for stages, methods and paths.
    static func executionARN(_ api: TemplateValue, _ path: String) -> TemplateValue {
        .join(
            "",
            [
                "arn:", .ref("AWS::Partition"), ":execute-api:", .ref("AWS::Region"), ":", .ref("AWS::AccountId"), ":",
                api, .string(path),
            ]
        )
    }

    /// The URL of an API.
    static func url(_ scheme: String, _ api: TemplateValue, _ path: String? = nil) -> TemplateValue {
        let parts: [TemplateValue?] = [
            .string("\(scheme)://"), api, ".execute-api.", .ref("AWS::Region"), ".", .ref("AWS::URLSuffix"),
            path.map { .string($0) },
        ]
        return .join("", parts.compactMap(\.self))
    }

    /// A log group of an API.
    static func logGroup(_ name: String, _ context: CompileContext) -> TemplateValue {
        [
            "Type": "AWS::Logs::LogGroup",
            "Properties": .object(of: [
                "LogGroupName": .string(name),
                "RetentionInDays": context.service.provider["logRetentionInDays"]?.truthyJSON,
                "DataProtectionPolicy": context.service.provider["logDataProtectionPolicy"]?.truthyJSON,
            ]),
        ]
    }

    /// Adds the role that API Gateway needs to write logs, unless the service manages it in another way.
    static func ensureLogRole(_ context: CompileContext, into template: inout Template) {
        let settings = context.service.provider[path: "logs", "restApi"]
        guard settings?["roleManagedExternally"]?.isTruthy != true,
            template.resources["CustomApiGatewayAccountCloudWatchRole"] == nil
        else { return }
        template.resources["CustomApiGatewayAccountCloudWatchRole"] = [
            "Type": "Custom::ApiGatewayAccountRole",
            "Version": 1,
            "Properties": .object(of: [
                "ServiceToken": CustomResource.apiGatewayLogRole.serviceToken,
                // If REST logs are disabled and WebSocket logs are not, the setting for REST overrides the role.
                "RoleArn": settings?.isTruthy == false ? settings?.json : settings?["role"]?.json,
            ]),
        ]
        let statements: [TemplateValue] = [
            [
                "Effect": "Allow",
                "Resource": .join(":", ["arn", .ref("AWS::Partition"), "iam:", .ref("AWS::AccountId"), "role/*"]),
                "Action": [
                    "iam:AttachRolePolicy", "iam:CreateRole", "iam:ListAttachedRolePolicies", "iam:PassRole",
                ],
            ],
            [
                "Effect": "Allow",
                "Resource": .join(":", ["arn", .ref("AWS::Partition"), "apigateway:*::/account"]),
                "Action": ["apigateway:GET", "apigateway:PATCH"],
            ],
        ]
        CustomResource.apiGatewayLogRole.add(statements: statements, context, into: &template)
    }
}
