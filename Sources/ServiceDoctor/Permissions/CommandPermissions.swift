package import AWSClient

/// The calls that a command makes, from which its permissions follow.
///
/// The table in the documentation and the policy of `doctor --policy` are made from it.
package struct CommandPermissions: Sendable {
    /// When a call is made.
    package enum Condition: String, Hashable, Sendable, CaseIterable {
        /// `provider.deploymentMethod` is `direct`.
        case direct = "with `deploymentMethod: direct`"
        /// The service has a `provider.stackPolicy`.
        case stackPolicy = "with `stackPolicy`"
        /// The service says with `provider.deletionProtection` whether its stack is protected.
        case deletionProtection = "with `deletionProtection`"
        /// Old versions are removed (`provider.pruneFunctionVersions`).
        case pruning = "with `pruneFunctionVersions`"
        /// The service has a REST API.
        case restAPI = "with a REST API"
        /// The service has an HTTP API.
        case httpAPI = "with an HTTP API"
        /// The service has API keys.
        case apiKeys = "with API keys"
        /// The deployment bucket keeps versions.
        case bucketVersions = "with `deploymentBucket.versioning`"
        /// The service builds images.
        case images = "with `ecr.images`"
        /// Images of functions are given by tag.
        case imageTags = "with images by tag"
        /// ECR deletes old images.
        case imageExpiry = "with `ecr.maxImageCount`"
        /// The service has layers.
        case layers = "with layers"
        /// The service has so many functions that a list is faster; without the permission, each one is looked up.
        case manyFunctions = "with more than 50 functions"
    }

    /// A call, and when it is made.
    package struct Call: Hashable, Sendable {
        /// The service that is called.
        package let service: AWSService
        /// The name of the operation.
        package let operation: String
        /// When it is made; `nil` if always.
        package let condition: Condition?

        /// The actions that allow it.
        package var actions: [IAMAction] { IAMAction.actions(for: operation, of: service) }
    }

    /// The name of the command.
    package let command: String
    /// The calls of the command.
    package let calls: [Call]

    private init(_ command: String, _ calls: [[Call]]) {
        self.command = command
        self.calls = calls.flatMap { $0 }
    }

    private static func calls(_ service: AWSService, _ operations: String, _ condition: Condition? = nil) -> [Call] {
        operations.split(separator: " ").map { Call(service: service, operation: String($0), condition: condition) }
    }

    // MARK: Data

    /// The commands that call AWS, in the order of help.
    package static let all: [CommandPermissions] = [
        CommandPermissions("package", [functionImages]),
        CommandPermissions("deploy", [functionImages, deployedService, packageUpload, stackChange, afterDeployment]),
        CommandPermissions(
            "deploy function",
            [
                calls(.cloudFormation, "ListStackResources DescribeStackResource"),
                calls(.lambda, "GetFunction UpdateFunctionCode UpdateFunctionConfiguration"),
                calls(.lambda, "GetLayerVersion PublishLayerVersion", .layers),
                calls(.iam, "GetRole"),
                calls(.s3, "PutObject"),
                functionImages,
            ]
        ),
        CommandPermissions(
            "diff",
            [
                calls(.ecr, "DescribeImages", .imageTags),
                deployedService,
                calls(.cloudFormation, "CreateChangeSet DescribeChangeSet DeleteChangeSet"),
                calls(.s3, "GetObject PutObject DeleteObjects"),
            ]
        ),
        CommandPermissions(
            "deploy list",
            [calls(.cloudFormation, "DescribeStackResource"), calls(.s3, "ListObjectsV2")]
        ),
        CommandPermissions("deploy list functions", [calls(.lambda, "ListVersionsByFunction")]),
        CommandPermissions("info", [information]),
        CommandPermissions(
            "remove",
            [
                calls(.cloudFormation, "DescribeStacks DescribeStackEvents ListStackResources DeleteStack"),
                calls(.s3, "ListObjectsV2 DeleteObjects"),
                calls(.s3, "ListObjectVersions", .bucketVersions),
                calls(.apiGateway, "GetUsagePlans UpdateUsagePlan", .apiKeys),
                calls(.ecr, "DeleteRepository", .images),
            ]
        ),
        CommandPermissions(
            "rollback",
            [
                calls(.cloudFormation, "DescribeStacks DescribeStackEvents DescribeStackResource"), stackChange,
                calls(.s3, "ListObjectsV2 GetObject"),
            ]
        ),
        CommandPermissions("rollback function", [calls(.lambda, "GetFunction UpdateFunctionCode")]),
        CommandPermissions("invoke", [calls(.lambda, "Invoke")]),
        CommandPermissions("logs", [calls(.logs, "FilterLogEvents")]),
        CommandPermissions("metrics", [calls(.cloudWatch, "GetMetricStatistics")]),
        CommandPermissions(
            "doctor",
            [calls(.sts, "GetCallerIdentity"), calls(.cloudFormation, "DescribeStacks DescribeStackEvents")]
        ),
    ]

    /// The calls for the images of functions; the engine makes those from `BatchCheckLayerAvailability` on.
    private static let functionImages =
        calls(.ecr, "DescribeImages", .imageTags)
        + calls(.ecr, "DescribeRepositories CreateRepository GetAuthorizationToken", .images)
        + calls(.ecr, "BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart", .images)
        + calls(.ecr, "CompleteLayerUpload BatchGetImage PutImage", .images)
        + calls(.ecr, "PutLifecyclePolicy", .imageExpiry)

    private static let deployedService =
        calls(.cloudFormation, "DescribeStacks DescribeStackEvents ListStackResources GetTemplate")
        + calls(.s3, "HeadBucket ListObjectsV2 HeadObject") + calls(.lambda, "GetFunction")
        + calls(.lambda, "ListFunctions", .manyFunctions)

    private static let packageUpload =
        calls(.cloudFormation, "ValidateTemplate")
        + calls(.s3, "PutObject CreateMultipartUpload UploadPart CompleteMultipartUpload AbortMultipartUpload")
        + calls(.s3, "ListMultipartUploads GetObject DeleteObjects")

    private static let stackChange =
        calls(.cloudFormation, "CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet")
        + calls(.cloudFormation, "CreateStack UpdateStack", .direct)
        + calls(.cloudFormation, "SetStackPolicy", .stackPolicy)

    private static let information =
        calls(.cloudFormation, "DescribeStacks ListStackResources")
        + calls(.apiGateway, "GetApiKey", .apiKeys) + calls(.apiGatewayV2, "GetApi", .httpAPI)

    private static let afterDeployment =
        information
        + calls(.cloudFormation, "UpdateTerminationProtection", .deletionProtection)
        + calls(.apiGateway, "GetStage UpdateStage TagResource UntagResource", .restAPI)
        + calls(.lambda, "ListVersionsByFunction ListAliases DeleteFunction", .pruning)
        + calls(.lambda, "ListLayerVersions DeleteLayerVersion", .pruning)

    // MARK: Table

    /// The table of all commands in Markdown.
    package static var table: String {
        let rows = all.map { row in
            "| `\(row.command)` | \(row.cells.joined(separator: "; ")) |"
        }
        return (["| command | actions |", "|---|---|"] + rows).joined(separator: "\n")
    }

    /// The actions, those that are always needed first, then those of each condition.
    private var cells: [String] {
        func list(_ condition: Condition?) -> String? {
            let always = Set(calls.filter { $0.condition == nil }.flatMap(\.actions))
            var actions = Set(calls.filter { $0.condition == condition }.flatMap(\.actions))
            if condition != nil { actions.subtract(always) }
            guard !actions.isEmpty else { return nil }
            let names = actions.sorted().map { "`\($0.name)`" }.joined(separator: ", ")
            return condition.map { "\($0.rawValue): \(names)" } ?? names
        }
        return ([nil] + Condition.allCases.map { Optional($0) }).compactMap(list)
    }
}
