import Diagnostics
import OrderedJSON

/// The resources that a deployment removes from a stack.
struct RemovedResources: Hashable, Sendable {
    struct Resource: Hashable, Sendable {
        let logicalID: String
        let type: String

        /// Whether its data is lost with it.
        var holdsData: Bool {
            RemovedResources.typesWithData.contains { type == $0 || ($0.hasSuffix("::") && type.hasPrefix($0)) }
        }
    }

    /// The resources: those that hold data first, each group in the order of the template.
    let resources: [Resource]

    /// Types of resources that hold data; those that end with `::` are all types of a service.
    private static let typesWithData = [
        "AWS::DynamoDB::", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::Cognito::UserPool",
        "AWS::Cognito::IdentityPool", "AWS::RDS::", "AWS::EFS::FileSystem", "AWS::Logs::LogGroup",
        "AWS::Kinesis::Stream",
        "AWS::ElastiCache::", "AWS::Redshift::", "AWS::Neptune::", "AWS::DocDB::", "AWS::OpenSearchService::",
        "AWS::Elasticsearch::", "AWS::Timestream::", "AWS::SecretsManager::Secret", "AWS::KMS::Key",
        "AWS::FSx::FileSystem", "AWS::EC2::Volume", "AWS::ECR::Repository", "AWS::SSM::Parameter", "AWS::MSK::",
        "AWS::Backup::BackupVault",
    ]

    /// Types of resources whose logical IDs change with each version.
    private static let versions: Set<String> = [
        "AWS::Lambda::Version", "AWS::Lambda::LayerVersion", "AWS::ApiGateway::Deployment",
        "AWS::ApiGatewayV2::Deployment",
    ]

    /// Compares the template that a stack has with the one that it gets.
    init(from old: JSONValue, to new: JSONValue) {
        let kept = new["Resources"]?.objectValue ?? [:]
        let removed = (old["Resources"]?.objectValue ?? [:])
            .compactMap { id, resource -> Resource? in
                guard kept[id] == nil, let type = resource["Type"]?.stringValue, !Self.versions.contains(type),
                    resource["DeletionPolicy"]?.stringValue != "Retain"
                else { return nil }
                return Resource(logicalID: id, type: type)
            }
        resources = removed.filter(\.holdsData) + removed.filter { !$0.holdsData }
    }

    /// The warning that lists them; `nil` if there are none.
    var warning: Diagnostic? {
        guard !resources.isEmpty else { return nil }
        let count = resources.count == 1 ? "a resource" : "\(resources.count) resources"
        return Diagnostic(
            .warning,
            .resourcesRemoved,
            "the deployment removes \(count) from the stack",
            notes: resources.map { "\($0.logicalID) (\($0.type))\($0.holdsData ? ", with its data" : "")" }
        )
    }
}
