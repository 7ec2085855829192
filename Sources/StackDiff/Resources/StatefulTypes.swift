/// The types of resources that hold data, which is lost when a resource is replaced or deleted.
package enum StatefulTypes {
    /// The types; those that end with `::` are all types of a service.
    private static let names = [
        "AWS::DynamoDB::", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::Cognito::UserPool",
        "AWS::Cognito::IdentityPool", "AWS::RDS::", "AWS::EFS::FileSystem", "AWS::Logs::LogGroup",
        "AWS::Kinesis::Stream",
        "AWS::ElastiCache::", "AWS::Redshift::", "AWS::Neptune::", "AWS::DocDB::", "AWS::OpenSearchService::",
        "AWS::Elasticsearch::", "AWS::Timestream::", "AWS::SecretsManager::Secret", "AWS::KMS::Key",
        "AWS::FSx::FileSystem", "AWS::EC2::Volume", "AWS::ECR::Repository", "AWS::SSM::Parameter", "AWS::MSK::",
        "AWS::Backup::BackupVault",
    ]

    /// Whether resources of a type hold data.
    package static func contains(_ type: String) -> Bool {
        names.contains { type == $0 || ($0.hasSuffix("::") && type.hasPrefix($0)) }
    }

    /// The types of resources of which each deployment makes new ones: versions of functions and layers, and
    /// deployments of APIs.
    private static let versions: Set<String> = [
        "AWS::Lambda::Version", "AWS::Lambda::LayerVersion", "AWS::ApiGateway::Deployment",
        "AWS::ApiGatewayV2::Deployment",
    ]

    /// Whether resources of a type come and go with each deployment, so that one of them is never a loss.
    package static func isVersion(_ type: String) -> Bool { versions.contains(type) }
}
