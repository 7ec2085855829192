extension ResourcePermissions {
    /// Resources that hold data.
    static let storage: [ResourcePermissions] = [
        ResourcePermissions(
            "AWS::Logs::LogGroup",
            "logs",
            "CreateLogGroup DeleteLogGroup DescribeLogGroups PutRetentionPolicy DeleteRetentionPolicy"
                + " ListTagsForResource TagResource UntagResource",
            "logs:{region}:{account}:log-group:{name}",
            name: "LogGroupName",
            extras: [
                ("DataProtectionPolicy", "PutDataProtectionPolicy GetDataProtectionPolicy DeleteDataProtectionPolicy")
            ]
        ),
        ResourcePermissions(
            "AWS::Logs::SubscriptionFilter",
            "logs",
            "PutSubscriptionFilter DeleteSubscriptionFilter DescribeSubscriptionFilters"
        ),
        ResourcePermissions(
            "AWS::S3::Bucket",
            "s3",
            "CreateBucket DeleteBucket ListBucket GetEncryptionConfiguration PutEncryptionConfiguration GetBucketTagging"
                + " PutBucketTagging",
            "s3:::{name}",
            name: "BucketName",
            extras: [
                ("VersioningConfiguration", "GetBucketVersioning PutBucketVersioning"),
                ("PublicAccessBlockConfiguration", "GetBucketPublicAccessBlock PutBucketPublicAccessBlock"),
                ("AccelerateConfiguration", "GetAccelerateConfiguration PutAccelerateConfiguration"),
                ("CorsConfiguration", "GetBucketCORS PutBucketCORS"),
                ("LifecycleConfiguration", "GetLifecycleConfiguration PutLifecycleConfiguration"),
                ("NotificationConfiguration", "GetBucketNotification PutBucketNotification"),
                ("WebsiteConfiguration", "GetBucketWebsite PutBucketWebsite DeleteBucketWebsite"),
                ("LoggingConfiguration", "GetBucketLogging PutBucketLogging"),
                ("OwnershipControls", "GetBucketOwnershipControls PutBucketOwnershipControls"),
                ("ReplicationConfiguration", "GetReplicationConfiguration PutReplicationConfiguration iam:PassRole"),
                ("AccessControl", "GetBucketAcl PutBucketAcl"),
            ]
        ),
        ResourcePermissions(
            "AWS::S3::BucketPolicy",
            "s3",
            "GetBucketPolicy PutBucketPolicy DeleteBucketPolicy",
            "s3:::{name}"
        ),
        ResourcePermissions(
            "AWS::DynamoDB::Table",
            "dynamodb",
            "CreateTable DeleteTable DescribeTable UpdateTable DescribeTimeToLive UpdateTimeToLive"
                + " DescribeContinuousBackups UpdateContinuousBackups DescribeContributorInsights"
                + " UpdateContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy ListTagsOfResource"
                + " TagResource UntagResource",
            "dynamodb:{region}:{account}:table/{name}",
            name: "TableName",
            extras: [("SSESpecification", "kms:CreateGrant kms:Decrypt kms:DescribeKey")]
        ),
        ResourcePermissions(
            "AWS::Cognito::UserPool",
            "cognito-idp",
            "CreateUserPool DeleteUserPool DescribeUserPool UpdateUserPool AddCustomAttributes GetUserPoolMfaConfig"
                + " SetUserPoolMfaConfig ListTagsForResource TagResource UntagResource iam:PassRole"
        ),
        ResourcePermissions(
            "AWS::Cognito::UserPoolClient",
            "cognito-idp",
            "CreateUserPoolClient DeleteUserPoolClient DescribeUserPoolClient UpdateUserPoolClient"
        ),
        ResourcePermissions(
            "AWS::Cognito::UserPoolDomain",
            "cognito-idp",
            "CreateUserPoolDomain DeleteUserPoolDomain DescribeUserPoolDomain UpdateUserPoolDomain"
        ),
        ResourcePermissions(
            "AWS::Cognito::IdentityPool",
            "cognito-identity",
            "CreateIdentityPool DeleteIdentityPool DescribeIdentityPool UpdateIdentityPool TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::SSM::Parameter",
            "ssm",
            "PutParameter DeleteParameter GetParameters DescribeParameters AddTagsToResource RemoveTagsFromResource"
                + " ListTagsForResource"
        ),
        ResourcePermissions(
            "AWS::SecretsManager::Secret",
            "secretsmanager",
            "CreateSecret DeleteSecret DescribeSecret UpdateSecret GetRandomPassword TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::ECR::Repository",
            "ecr",
            "CreateRepository DeleteRepository DescribeRepositories GetLifecyclePolicy PutLifecyclePolicy"
                + " GetRepositoryPolicy SetRepositoryPolicy PutImageScanningConfiguration PutImageTagMutability"
                + " ListTagsForResource TagResource UntagResource",
            "ecr:{region}:{account}:repository/{name}",
            name: "RepositoryName"
        ),
        ResourcePermissions(
            "AWS::KMS::Key",
            "kms",
            "CreateKey DescribeKey EnableKeyRotation DisableKeyRotation GetKeyPolicy PutKeyPolicy GetKeyRotationStatus"
                + " ScheduleKeyDeletion ListResourceTags TagResource UntagResource UpdateKeyDescription"
        ),
        ResourcePermissions("AWS::KMS::Alias", "kms", "CreateAlias UpdateAlias DeleteAlias ListAliases"),
    ]

    /// Types that services have less often.
    static let others: [ResourcePermissions] = [
        ResourcePermissions(
            "AWS::CloudWatch::Alarm",
            "cloudwatch",
            "PutMetricAlarm DeleteAlarms DescribeAlarms ListTagsForResource TagResource UntagResource",
            "cloudwatch:{region}:{account}:alarm:{name}",
            name: "AlarmName"
        ),
        ResourcePermissions(
            "AWS::CloudWatch::Dashboard",
            "cloudwatch",
            "PutDashboard GetDashboard DeleteDashboards"
        ),
        ResourcePermissions(
            "AWS::CloudFront::Distribution",
            "cloudfront",
            "CreateDistribution CreateDistributionWithTags GetDistribution GetDistributionConfig UpdateDistribution"
                + " DeleteDistribution ListTagsForResource TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::CloudFront::CachePolicy",
            "cloudfront",
            "CreateCachePolicy GetCachePolicy UpdateCachePolicy DeleteCachePolicy"
        ),
        ResourcePermissions(
            "AWS::CloudFront::CloudFrontOriginAccessIdentity",
            "cloudfront",
            "CreateCloudFrontOriginAccessIdentity GetCloudFrontOriginAccessIdentity"
                + " UpdateCloudFrontOriginAccessIdentity DeleteCloudFrontOriginAccessIdentity"
        ),
        ResourcePermissions(
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "elasticloadbalancing",
            "CreateTargetGroup DeleteTargetGroup DescribeTargetGroups DescribeTargetGroupAttributes ModifyTargetGroup"
                + " ModifyTargetGroupAttributes RegisterTargets DeregisterTargets DescribeTargetHealth DescribeTags"
                + " AddTags RemoveTags"
        ),
        ResourcePermissions(
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            "elasticloadbalancing",
            "CreateRule DeleteRule DescribeRules ModifyRule SetRulePriorities AddTags RemoveTags"
        ),
        ResourcePermissions(
            "AWS::EC2::SecurityGroup",
            "ec2",
            "CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups AuthorizeSecurityGroupIngress"
                + " AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags DeleteTags"
        ),
        ResourcePermissions(
            "AWS::Route53::RecordSet",
            "route53",
            "ChangeResourceRecordSets GetChange GetHostedZone ListResourceRecordSets"
        ),
    ]
}
