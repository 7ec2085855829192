import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The deployment bucket and its policy, unless the configuration refers to an existing bucket.
enum DeploymentBucket: ResourceFamily {
    private static let policyID = "ServerlessDeploymentBucketPolicy"

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        template.begin(.provider(of: context.service, "deploymentBucket"))
        template.outputs["ServerlessDeploymentBucketName"] = ["Value": context.deploymentBucket]
        guard context.deploymentBucketName == nil else { return }
        let settings = context.service.provider["deploymentBucket"]
        template.add(Template.deploymentBucketID, type: "AWS::S3::Bucket", properties: properties(settings))
        if settings?["skipPolicySetup"]?.isTruthy != true {
            template.add(policyID, type: "AWS::S3::BucketPolicy", properties: policy)
        }
    }

    private static func properties(_ settings: ConfigurationValue?) -> TemplateValue {
        let tags = settings?["tags"]?.map.flatMap { $0.isEmpty ? nil : $0 }
        return .object(of: [
            "BucketEncryption": [
                "ServerSideEncryptionConfiguration": [["ServerSideEncryptionByDefault": ["SSEAlgorithm": "AES256"]]]
            ],
            "Tags": tags.map(TemplateValue.tags),
            "PublicAccessBlockConfiguration": settings?["blockPublicAccess"]?.isTruthy == true
                ? [
                    "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
                    "RestrictPublicBuckets": true,
                ] : nil,
            "VersioningConfiguration": settings?["versioning"]?.isTruthy == true ? ["Status": "Enabled"] : nil,
        ])
    }

    /// The policy that denies access without transport encryption.
    private static let policy: TemplateValue = [
        "Bucket": .ref(Template.deploymentBucketID),
        "PolicyDocument": [
            "Statement": [
                [
                    "Action": "s3:*",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Resource": [
                        .join("", ["arn:", .ref("AWS::Partition"), ":s3:::", .ref(Template.deploymentBucketID), "/*"]),
                        .join("", ["arn:", .ref("AWS::Partition"), ":s3:::", .ref(Template.deploymentBucketID)]),
                    ],
                    "Condition": ["Bool": ["aws:SecureTransport": false]],
                ]
            ]
        ],
    ]
}
