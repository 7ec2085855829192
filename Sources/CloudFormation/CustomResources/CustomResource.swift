import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The functions of custom resources, for changes that CloudFormation does not support.
///
/// These are notifications of existing buckets and user pools, event buses of older stacks, and the log role of API
/// Gateway in the account. Their code is part of Furoshiki (`custom-resources.zip`). Logical IDs, names and properties
/// are those of Serverless v3, so that existing stacks keep them.
package enum CustomResource: String, CaseIterable, Sendable {
    case existingBuckets = "custom-resource-existing-s3"
    case existingUserPools = "custom-resource-existing-cup"
    case eventBridge = "custom-resource-event-bridge"
    case apiGatewayLogRole = "custom-resource-apigw-cw-role"

    /// The file name of the zip file with the code.
    package static let archiveName = "custom-resources.zip"

    /// The runtime of the functions.
    static let runtime = "python3.13"

    /// The logical ID of the function.
    package var logicalID: String { Naming.normalizedFunctionName(rawValue) + "LambdaFunction" }

    /// The ARN of the function, for the `ServiceToken` of its resources.
    package var serviceToken: TemplateValue { .getAtt(logicalID, "Arn") }

    private var handler: String {
        switch self {
        case .existingBuckets: "existing_buckets.handler"
        case .existingUserPools: "existing_user_pools.handler"
        case .eventBridge: "event_bridge.handler"
        case .apiGatewayLogRole: "api_gateway_log_role.handler"
        }
    }

    private static let roleID = "IamRoleCustomResourcesLambdaExecution"

    /// Adds the function and its role, and adds missing statements to the role.
    package func add(
        statements: [TemplateValue],
        _ context: CompileContext,
        into template: inout Template
    ) {
        let service = context.service
        let prefix = "\(service.name)-\(service.stage)"
        let writesLogs = service.provider[path: "logs", "frameworkLambda"]?.isTruthy == true
        let deploymentRole = (service.provider[path: "iam", "deploymentRole"] ?? service.provider["cfnRole"])?.json
        var dependencies: [TemplateValue] = []
        if deploymentRole == nil {
            Self.addRole(statements, prefix, writesLogs, service, into: &template)
            dependencies.append(.string(Self.roleID))
        }
        let name = Self.shortened("\(prefix)-\(rawValue)")
        if writesLogs {
            let logGroupID = Naming.normalizedFunctionName(rawValue) + "LogGroup"
            dependencies.append(.string(logGroupID))
            template.resources[logGroupID] = [
                "Type": "AWS::Logs::LogGroup",
                "Properties": .object(of: [
                    "LogGroupName": .string("/aws/lambda/\(name)"),
                    "RetentionInDays": service.provider["logRetentionInDays"]?.json,
                    "DataProtectionPolicy": service.provider["logDataProtectionPolicy"]?.json,
                ]),
            ]
        }
        template.resources[logicalID] = [
            "Type": "AWS::Lambda::Function",
            "Properties": [
                "Code": [
                    "S3Bucket": context.deploymentBucket,
                    "S3Key": .string(context.artifactDirectory.key(of: Self.archiveName)),
                ],
                "FunctionName": .string(name),
                "Handler": .string(handler),
                "MemorySize": 1024,
                "Runtime": .string(Self.runtime),
                "Timeout": 180,
                "Role": deploymentRole ?? .getAtt(Self.roleID, "Arn"),
            ],
            "DependsOn": .array(dependencies),
        ]
    }

    private static func addRole(
        _ statements: [TemplateValue],
        _ prefix: String,
        _ writesLogs: Bool,
        _ service: Service,
        into template: inout Template
    ) {
        if template.resources[roleID] == nil { template.resources[roleID] = role(prefix, writesLogs, service) }
        let known = template.resources[roleID]?["Properties"]?["Policies"]?.arrayValue?.first
        var all = known?["PolicyDocument"]?["Statement"]?.arrayValue ?? []
        for statement in statements {
            // As in Serverless, only statements with a single string as the resource are compared.
            let isKnown = statement["Resource"]?.stringValue
                .map { text in
                    all.contains { $0["Resource"]?.stringValue == text }
                }
            if isKnown != true { all.append(statement) }
        }
        guard var policy = known else { return }
        policy["PolicyDocument"]?["Statement"] = .array(all)
        template.resources[roleID]?["Properties"]?["Policies"] = [policy]
    }

    private static func role(_ prefix: String, _ writesLogs: Bool, _ service: Service) -> TemplateValue {
        let groups = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/\(prefix)*"
        let logging: [TemplateValue] = [
            [
                "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource"],
                "Resource": [.sub(groups + ":*")],
            ],
            ["Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": [.sub(groups + ":*:*")]],
        ]
        return [
            "Type": "AWS::IAM::Role",
            "Properties": [
                "AssumeRolePolicyDocument": .trustInLambda,
                "Policies": [
                    [
                        "PolicyName": .join(
                            "-",
                            [.string(service.stage), .string(service.name), "custom-resources-lambda"]
                        ),
                        "PolicyDocument": ["Version": "2012-10-17", "Statement": .array(writesLogs ? logging : [])],
                    ]
                ],
            ],
        ]
    }

    /// The name of a function; if it would exceed 64 characters, it is truncated and ends with a hash.
    private static func shortened(_ name: String) -> String {
        name.utf16.count > 64 ? name.prefix(32) + MD5.hexadecimal(of: name) : name
    }
}
