import ConfigurationFormats
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import ServiceDoctor
import Testing

@Suite("The policy of a service")
struct ServicePolicyTests {
    private static let template: JSONValue = [
        "Resources": [
            "ServerlessDeploymentBucket": ["Type": "AWS::S3::Bucket", "Properties": [:]],
            "HelloLambdaFunction": [
                "Type": "AWS::Lambda::Function",
                "Properties": ["FunctionName": "orders-dev-hello", "Code": ["S3Key": "k"], "VpcConfig": [:]],
            ],
            "Permission": [
                "Type": "AWS::Lambda::Permission",
                "Properties": ["FunctionName": ["Fn::GetAtt": ["HelloLambdaFunction", "Arn"]]],
            ],
            "Table": ["Type": "AWS::DynamoDB::Table", "Properties": ["TableName": "orders"]],
            "Api": ["Type": "AWS::ApiGatewayV2::Api"],
        ]
    ]

    private func service(_ provider: String = "") throws -> Service {
        let yaml =
            "service: orders\nprovider: { name: aws, region: eu-west-1\(provider) }\n"
            + "functions: { hello: { handler: app.run } }"
        let root = try #require(try ConfigurationText.yaml(Array(yaml.utf8), file: "serverless.yml"))
        return Service(root: root, directory: "/service")
    }

    /// The resources with which an action is allowed.
    private func resources(_ action: String, in policy: ServicePolicy) -> [String] {
        (policy.document["Statement"]?.arrayValue ?? [])
            .filter { $0["Action"]?.arrayValue?.contains(.string(action)) == true }
            .flatMap { $0["Resource"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
            .sorted()
    }

    @Test("limits actions to the stack, bucket, functions and tables of the service")
    func limits() throws {
        let policy = try ServicePolicy(of: service(), Self.template, account: "123456789012")
        #expect(
            resources("cloudformation:CreateChangeSet", in: policy)
                == ["arn:aws:cloudformation:eu-west-1:123456789012:stack/orders-dev/*"]
        )
        #expect(
            resources("s3:PutObject", in: policy)
                == ["arn:aws:s3:::orders-dev-serverlessdeploymentbucket-*/serverless/orders/dev/*"]
        )
        #expect(
            resources("dynamodb:CreateTable", in: policy)
                == ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
        )
        let function = "arn:aws:lambda:eu-west-1:123456789012:function:orders-dev-hello"
        #expect(resources("lambda:CreateFunction", in: policy) == [function, "\(function):*"])
        #expect(resources("lambda:AddPermission", in: policy) == [function, "\(function):*"])
        #expect(resources("ec2:DescribeSubnets", in: policy) == ["*"])
        #expect(resources("apigateway:POST", in: policy) == ["arn:aws:apigateway:eu-west-1::/*"])
        #expect(policy.warning == nil)
    }

    @Test("has the actions of settings only if these are set")
    func conditions() throws {
        let plain = try ServicePolicy(of: service(), Self.template)
        #expect(resources("cloudformation:UpdateStack", in: plain).isEmpty)
        #expect(resources("cloudformation:UpdateTerminationProtection", in: plain).isEmpty)
        let other = try ServicePolicy(
            of: service(", deploymentMethod: direct, deletionProtection: true, pruneFunctionVersions: true"),
            Self.template
        )
        #expect(!resources("cloudformation:UpdateStack", in: other).isEmpty)
        #expect(!resources("cloudformation:UpdateTerminationProtection", in: other).isEmpty)
        #expect(!resources("lambda:ListAliases", in: other).isEmpty)
    }

    @Test("passes the role of the deployment, which acts with the resources then")
    func deploymentRole() throws {
        let role = "arn:aws:iam::123456789012:role/deployer"
        let policy = try ServicePolicy(of: service(", iam: { deploymentRole: '\(role)' }"), Self.template)
        #expect(resources("iam:PassRole", in: policy) == [role])
        #expect(resources("dynamodb:CreateTable", in: policy).isEmpty)
    }

    @Test("can be that of some commands, and refuses unknown ones")
    func commands() throws {
        let policy = try ServicePolicy(of: service(), Self.template, commands: ["logs"])
        let actions = policy.document["Statement"]?.arrayValue?.flatMap { $0["Action"]?.arrayValue ?? [] }
        #expect(actions == ["logs:FilterLogEvents"])
        let error = try #require(throws: DiagnosticError.self) {
            try ServicePolicy(of: try service(), Self.template, commands: ["deploi"])
        }
        #expect(error.diagnostics.map(\.code) == [.invalidOptionValue])
    }

    @Test("reports types of resources that it does not know")
    func unknownTypes() throws {
        let policy = try ServicePolicy(of: service(), ["Resources": ["M": ["Type": "AWS::MSK::Cluster"]]])
        #expect(policy.warning?.code == .policyIncomplete)
        #expect(policy.warning?.notes == ["AWS::MSK::Cluster"])
    }

    @Test("allows to read the values of variables")
    func variables() throws {
        let policy = try ServicePolicy(
            of: service(),
            Self.template,
            commands: ["logs"],
            account: "1",
            variables: [
                "ssm:/orders/key", "ssm(eu-west-1, raw):plain", "cf(us-east-1):network-prod.Subnet",
                "s3:shared/values.json",
                "ssm:/aws/reference/secretsmanager/db", "aws:accountId",
            ]
        )
        #expect(
            resources("ssm:GetParameters", in: policy) == ["*"]
        )
        #expect(
            resources("cloudformation:DescribeStacks", in: policy) == [
                "arn:aws:cloudformation:*:1:stack/network-prod/*"
            ]
        )
        #expect(resources("s3:GetObject", in: policy) == ["arn:aws:s3:::shared/values.json"])
        #expect(
            resources("secretsmanager:GetSecretValue", in: policy) == ["arn:aws:secretsmanager:eu-west-1:1:secret:db*"]
        )
    }
}
