/// A service of AWS: its names in endpoints, signatures and settings, and how it is called.
package struct AWSService: Hashable, Sendable {
    /// How requests and responses are written.
    package enum Wire: Hashable, Sendable {
        /// Form parameters and XML, with the version of the API.
        case query(version: String)
        /// One JSON document for each request, whose operation is in `X-Amz-Target` after a prefix.
        case json(targetPrefix: String)
        /// Resources with JSON documents.
        case restJSON
        /// Resources with XML documents.
        case restXML
    }

    /// The name that people know, such as `CloudWatch Logs`.
    package let name: String
    /// The prefix of its actions in IAM policies, such as `logs`.
    package let actionPrefix: String
    /// The name in settings, such as `cloudwatch_logs` of `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`.
    package let settingName: String
    /// The first part of its endpoints' hosts.
    let endpointPrefix: String
    /// The name in signatures.
    package let signingName: String
    /// How requests and responses are written.
    package let wire: Wire

    private init(
        _ name: String,
        action: String,
        setting: String,
        endpoint: String? = nil,
        signing: String? = nil,
        _ wire: Wire
    ) {
        self.name = name
        actionPrefix = action
        settingName = setting
        endpointPrefix = endpoint ?? action
        signingName = signing ?? action
        self.wire = wire
    }
}

extension AWSService {
    /// CloudFormation, which manages stacks of resources.
    package static let cloudFormation = AWSService(
        "CloudFormation",
        action: "cloudformation",
        setting: "cloudformation",
        .query(version: "2010-05-15")
    )
    /// S3, which stores objects in buckets.
    package static let s3 = AWSService("S3", action: "s3", setting: "s3", .restXML)
    /// Lambda, which runs functions with layers.
    package static let lambda = AWSService("Lambda", action: "lambda", setting: "lambda", .restJSON)
    /// API Gateway, which has REST APIs.
    package static let apiGateway = AWSService(
        "API Gateway",
        action: "apigateway",
        setting: "api_gateway",
        .restJSON
    )
    /// HTTP and WebSocket APIs.
    package static let apiGatewayV2 = AWSService(
        "API Gateway V2",
        action: "apigateway",
        setting: "apigatewayv2",
        .restJSON
    )
    /// Temporary credentials and identities.
    package static let sts = AWSService("STS", action: "sts", setting: "sts", .query(version: "2011-06-15"))
    /// Users, roles and policies.
    package static let iam = AWSService("IAM", action: "iam", setting: "iam", .query(version: "2010-05-08"))
    /// Log groups, streams and events.
    package static let logs = AWSService(
        "CloudWatch Logs",
        action: "logs",
        setting: "cloudwatch_logs",
        .json(targetPrefix: "Logs_20140328")
    )
    /// CloudWatch, which has metrics.
    package static let cloudWatch = AWSService(
        "CloudWatch",
        action: "cloudwatch",
        setting: "cloudwatch",
        endpoint: "monitoring",
        signing: "monitoring",
        .query(version: "2010-08-01")
    )
    /// Repositories of container images.
    package static let ecr = AWSService(
        "ECR",
        action: "ecr",
        setting: "ecr",
        endpoint: "api.ecr",
        .json(targetPrefix: "AmazonEC2ContainerRegistry_V20150921")
    )
    /// Parameters of the Systems Manager.
    package static let ssm = AWSService("SSM", action: "ssm", setting: "ssm", .json(targetPrefix: "AmazonSSM"))
    /// Secrets Manager, which stores secrets with versions.
    package static let secretsManager = AWSService(
        "Secrets Manager",
        action: "secretsmanager",
        setting: "secrets_manager",
        .json(targetPrefix: "secretsmanager")
    )
    /// Event buses, rules and targets.
    package static let events = AWSService(
        "EventBridge",
        action: "events",
        setting: "eventbridge",
        .json(targetPrefix: "AWSEvents")
    )
    /// The portal of the IAM Identity Center, which gives credentials for a token.
    package static let sso = AWSService(
        "IAM Identity Center",
        action: "sso",
        setting: "sso",
        endpoint: "portal.sso",
        signing: "awsssoportal",
        .restJSON
    )
    /// The tokens of the IAM Identity Center.
    package static let ssoTokens = AWSService(
        "IAM Identity Center (OIDC)",
        action: "sso-oauth",
        setting: "sso_oidc",
        endpoint: "oidc",
        .restJSON
    )

    /// All services that this target can call.
    package static let all: [AWSService] = [
        cloudFormation, s3, lambda, apiGateway, apiGatewayV2, sts, iam, logs, cloudWatch, ecr, ssm, secretsManager,
        events, sso, ssoTokens,
    ]
}
