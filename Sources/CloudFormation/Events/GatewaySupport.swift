import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// What resources of API Gateway share.
enum Gateway {
    /// How a function's answer comes.
    enum Answer {
        /// As one, when the function has ended.
        case buffered
        /// As the function writes it.
        case streamed
    }

    /// The address at which API Gateway invokes a function.
    static func invocationURI(_ function: TemplateValue) -> TemplateValue { invocationURI([function], .buffered) }

    /// The address at which a method invokes a function of the service, with its alias.
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

    /// The ARN of an API, with all that a path matches.
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

    /// Sees to it that API Gateway has a role to write logs with, unless the service says that somebody else does.
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
                // Logs of REST APIs that are off, beside those of web sockets, stand in the place of their role.
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
