/// The properties whose change makes CloudFormation replace a resource ("Update requires: Replacement" in its
/// documentation), for the types that a service usually has.
///
/// A change set knows them for all types; this table is for comparisons of templates.
enum ReplacementRules {
    /// Whether the change of a property replaces a resource of a type.
    ///
    /// - Parameters:
    ///   - path: the keys from the properties of the resource to the one that differs.
    ///   - type: the type of the resource.
    /// - Returns: `nil` if the type is not in the table.
    static func replaces(_ path: [String], of type: String) -> Bool? {
        guard let rules = properties[type] else { return nil }
        return rules.contains { rule in
            let keys = rule.split(separator: ".").map(String.init)
            // A change of what contains the property may change the property as well.
            return keys.starts(with: path) || path.starts(with: keys)
        }
    }

    private static let properties: [String: [String]] = [
        "AWS::ApiGateway::ApiKey": ["CustomerId", "GenerateDistinctId", "Name", "Value"],
        "AWS::ApiGateway::Authorizer": ["RestApiId"],
        "AWS::ApiGateway::BasePathMapping": ["DomainName", "BasePath"],
        "AWS::ApiGateway::DomainName": ["DomainName"],
        "AWS::ApiGateway::Method": ["HttpMethod", "ResourceId", "RestApiId"],
        "AWS::ApiGateway::Model": ["ContentType", "Name", "RestApiId"],
        "AWS::ApiGateway::RequestValidator": ["Name", "RestApiId"],
        "AWS::ApiGateway::Resource": ["ParentId", "PathPart", "RestApiId"],
        "AWS::ApiGateway::RestApi": [],
        "AWS::ApiGateway::Stage": ["RestApiId", "StageName"],
        "AWS::ApiGateway::UsagePlan": [],
        "AWS::ApiGateway::UsagePlanKey": ["KeyId", "KeyType", "UsagePlanId"],
        "AWS::ApiGatewayV2::Api": ["ProtocolType"],
        "AWS::ApiGatewayV2::ApiMapping": ["DomainName"],
        "AWS::ApiGatewayV2::Authorizer": ["ApiId"],
        "AWS::ApiGatewayV2::Integration": ["ApiId"],
        "AWS::ApiGatewayV2::Route": ["ApiId"],
        "AWS::ApiGatewayV2::Stage": ["ApiId", "StageName"],
        "AWS::CloudFront::CachePolicy": [],
        "AWS::CloudFront::Distribution": [],
        "AWS::CloudWatch::Alarm": ["AlarmName"],
        "AWS::Cognito::IdentityPool": [],
        "AWS::Cognito::UserPool": ["UsernameAttributes", "AliasAttributes", "UsernameConfiguration"],
        "AWS::Cognito::UserPoolClient": ["UserPoolId", "GenerateSecret"],
        "AWS::Cognito::UserPoolDomain": ["UserPoolId", "Domain"],
        "AWS::DynamoDB::GlobalTable": [
            "AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "TableName",
        ],
        "AWS::DynamoDB::Table": ["TableName", "KeySchema", "LocalSecondaryIndexes", "ImportSourceSpecification"],
        "AWS::EC2::SecurityGroup": ["GroupDescription", "GroupName", "VpcId"],
        "AWS::ECR::Repository": ["RepositoryName", "EncryptionConfiguration"],
        "AWS::EFS::FileSystem": ["AvailabilityZoneName", "Encrypted", "KmsKeyId", "PerformanceMode"],
        "AWS::ElasticLoadBalancingV2::ListenerRule": ["ListenerArn"],
        "AWS::ElasticLoadBalancingV2::TargetGroup": [
            "Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId", "IpAddressType",
        ],
        "AWS::Events::EventBus": ["Name"],
        "AWS::Events::Rule": ["Name", "EventBusName"],
        "AWS::IAM::ManagedPolicy": ["Description", "ManagedPolicyName", "Path"],
        "AWS::IAM::Policy": [],
        "AWS::IAM::Role": ["Path", "RoleName"],
        "AWS::IoT::TopicRule": ["RuleName"],
        "AWS::KMS::Alias": ["AliasName"],
        "AWS::KMS::Key": ["KeySpec", "KeyUsage", "Origin"],
        "AWS::Kinesis::Stream": ["Name"],
        "AWS::Kinesis::StreamConsumer": ["ConsumerName", "StreamARN"],
        "AWS::KinesisFirehose::DeliveryStream": ["DeliveryStreamName", "DeliveryStreamType"],
        "AWS::Lambda::Alias": ["FunctionName", "Name"],
        "AWS::Lambda::EventInvokeConfig": ["FunctionName", "Qualifier"],
        "AWS::Lambda::EventSourceMapping": [
            "EventSourceArn", "SelfManagedEventSource", "StartingPosition", "StartingPositionTimestamp",
            "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig",
        ],
        "AWS::Lambda::Function": ["FunctionName", "PackageType", "TenancyConfig"],
        "AWS::Lambda::LayerVersion": [
            "LayerName", "Content", "CompatibleRuntimes", "CompatibleArchitectures", "Description", "LicenseInfo",
        ],
        "AWS::Lambda::LayerVersionPermission": ["Action", "LayerVersionArn", "OrganizationId", "Principal"],
        "AWS::Lambda::Permission": [
            "Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal",
            "PrincipalOrgID", "SourceAccount", "SourceArn",
        ],
        "AWS::Lambda::Url": ["Qualifier", "TargetFunctionArn"],
        "AWS::Lambda::Version": [
            "CodeSha256", "Description", "FunctionName", "ProvisionedConcurrencyConfig",
        ],
        "AWS::Logs::LogGroup": ["LogGroupName", "LogGroupClass"],
        "AWS::Logs::SubscriptionFilter": ["FilterName", "LogGroupName"],
        "AWS::RDS::DBCluster": [
            "AvailabilityZones", "DBClusterIdentifier", "DBSubnetGroupName", "DatabaseName", "KmsKeyId",
            "SnapshotIdentifier", "SourceDBClusterIdentifier", "StorageEncrypted", "UseLatestRestorableTime",
        ],
        "AWS::RDS::DBInstance": [
            "CharacterSetName", "DBClusterIdentifier", "DBInstanceIdentifier", "DBName", "DBSubnetGroupName",
            "KmsKeyId", "MasterUsername", "NcharCharacterSetName", "Port", "SourceRegion", "StorageEncrypted",
            "Timezone",
        ],
        "AWS::Route53::RecordSet": ["HostedZoneId", "HostedZoneName", "Name", "SetIdentifier", "Type"],
        "AWS::S3::Bucket": ["BucketName", "ObjectLockEnabled", "BucketNamePrefix"],
        "AWS::S3::BucketPolicy": ["Bucket"],
        "AWS::SNS::Subscription": ["Endpoint", "Protocol", "TopicArn"],
        "AWS::SNS::Topic": ["FifoTopic", "TopicName"],
        "AWS::SNS::TopicPolicy": [],
        "AWS::SQS::Queue": ["FifoQueue", "QueueName"],
        "AWS::SQS::QueuePolicy": [],
        "AWS::SSM::Parameter": ["Name"],
        "AWS::Scheduler::Schedule": ["Name"],
        "AWS::Scheduler::ScheduleGroup": ["Name"],
        "AWS::SecretsManager::Secret": ["Name"],
        "AWS::StepFunctions::StateMachine": ["StateMachineName", "StateMachineType"],
    ]
}
