extension ResourcePermissions {
    private static let functionARN = "lambda:{region}:{account}:function:{name}"
    private static let roleARN = "iam::{account}:role/{name}"

    /// Functions, and what belongs to them.
    static let functions: [ResourcePermissions] = [
        ResourcePermissions(
            "AWS::Lambda::Function",
            "lambda",
            "CreateFunction DeleteFunction GetFunction GetFunctionCodeSigningConfig GetFunctionRecursionConfig"
                + " GetRuntimeManagementConfig UpdateFunctionCode UpdateFunctionConfiguration ListTags TagResource"
                + " UntagResource",
            functionARN,
            name: "FunctionName",
            extras: [
                ("ReservedConcurrentExecutions", "PutFunctionConcurrency DeleteFunctionConcurrency"),
                ("VpcConfig", "ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs"),
                ("FileSystemConfigs", "elasticfilesystem:DescribeMountTargets"),
                ("RuntimeManagementConfig", "PutRuntimeManagementConfig"),
                ("RecursiveLoop", "PutFunctionRecursionConfig"), ("Layers", "GetLayerVersion"),
                ("KmsKeyArn", "kms:CreateGrant kms:Decrypt kms:Encrypt"),
            ]
        ),
        ResourcePermissions(
            "AWS::Lambda::Version",
            "lambda",
            "PublishVersion ListVersionsByFunction GetFunctionConfiguration DeleteFunction",
            functionARN,
            extras: [("ProvisionedConcurrencyConfig", provisioned)]
        ),
        ResourcePermissions(
            "AWS::Lambda::Alias",
            "lambda",
            "CreateAlias UpdateAlias GetAlias DeleteAlias",
            functionARN,
            extras: [("ProvisionedConcurrencyConfig", provisioned)]
        ),
        ResourcePermissions(
            "AWS::Lambda::Permission",
            "lambda",
            "AddPermission RemovePermission GetPolicy",
            functionARN
        ),
        ResourcePermissions(
            "AWS::Lambda::Url",
            "lambda",
            "CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig",
            functionARN
        ),
        ResourcePermissions(
            "AWS::Lambda::EventInvokeConfig",
            "lambda",
            "PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig"
                + " DeleteFunctionEventInvokeConfig",
            functionARN
        ),
        ResourcePermissions(
            "AWS::Lambda::EventSourceMapping",
            "lambda",
            "CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping"
                + " ListTags TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::Lambda::LayerVersion",
            "lambda",
            "PublishLayerVersion GetLayerVersion DeleteLayerVersion",
            "lambda:{region}:{account}:layer:{name}",
            name: "LayerName"
        ),
        ResourcePermissions(
            "AWS::Lambda::LayerVersionPermission",
            "lambda",
            "AddLayerVersionPermission RemoveLayerVersionPermission GetLayerVersionPolicy"
        ),
        ResourcePermissions(
            "AWS::IAM::Role",
            "iam",
            "CreateRole DeleteRole GetRole GetRolePolicy PutRolePolicy DeleteRolePolicy UpdateRole"
                + " UpdateAssumeRolePolicy ListRolePolicies ListAttachedRolePolicies AttachRolePolicy DetachRolePolicy"
                + " TagRole UntagRole PassRole",
            roleARN,
            name: "RoleName",
            extras: [("PermissionsBoundary", "PutRolePermissionsBoundary DeleteRolePermissionsBoundary")]
        ),
        ResourcePermissions("AWS::IAM::Policy", "iam", "PutRolePolicy GetRolePolicy DeleteRolePolicy", roleARN),
        ResourcePermissions(
            "AWS::IAM::ManagedPolicy",
            "iam",
            "CreatePolicy GetPolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion ListPolicyVersions"
                + " GetPolicyVersion AttachRolePolicy DetachRolePolicy"
        ),
    ]

    private static let provisioned =
        "PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig"

    /// What functions are invoked by and write to.
    static let messages: [ResourcePermissions] = [
        ResourcePermissions(
            "AWS::SQS::Queue",
            "sqs",
            "CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl ListQueueTags TagQueue UntagQueue",
            "sqs:{region}:{account}:{name}",
            name: "QueueName"
        ),
        ResourcePermissions("AWS::SQS::QueuePolicy", "sqs", "SetQueueAttributes GetQueueAttributes"),
        ResourcePermissions(
            "AWS::SNS::Topic",
            "sns",
            "CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe"
                + " ListSubscriptionsByTopic ListTagsForResource TagResource UntagResource GetDataProtectionPolicy",
            "sns:{region}:{account}:{name}",
            name: "TopicName"
        ),
        ResourcePermissions(
            "AWS::SNS::Subscription",
            "sns",
            "Subscribe Unsubscribe GetSubscriptionAttributes SetSubscriptionAttributes ListSubscriptionsByTopic"
        ),
        ResourcePermissions("AWS::SNS::TopicPolicy", "sns", "GetTopicAttributes SetTopicAttributes"),
        ResourcePermissions(
            "AWS::Events::Rule",
            "events",
            "PutRule DeleteRule DescribeRule EnableRule DisableRule PutTargets RemoveTargets ListTargetsByRule"
                + " ListTagsForResource TagResource UntagResource",
            "events:{region}:{account}:rule/{name}",
            name: "Name"
        ),
        ResourcePermissions(
            "AWS::Events::EventBus",
            "events",
            "CreateEventBus DeleteEventBus DescribeEventBus PutPermission RemovePermission TagResource UntagResource",
            "events:{region}:{account}:event-bus/{name}",
            name: "Name"
        ),
        ResourcePermissions(
            "AWS::Scheduler::Schedule",
            "scheduler",
            "CreateSchedule GetSchedule UpdateSchedule DeleteSchedule iam:PassRole"
        ),
        ResourcePermissions(
            "AWS::Scheduler::ScheduleGroup",
            "scheduler",
            "CreateScheduleGroup GetScheduleGroup DeleteScheduleGroup ListTagsForResource TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::Kinesis::Stream",
            "kinesis",
            "CreateStream DeleteStream DescribeStream DescribeStreamSummary UpdateShardCount UpdateStreamMode"
                + " IncreaseStreamRetentionPeriod DecreaseStreamRetentionPeriod StartStreamEncryption StopStreamEncryption"
                + " ListTagsForStream AddTagsToStream RemoveTagsFromStream",
            "kinesis:{region}:{account}:stream/{name}",
            name: "Name"
        ),
        ResourcePermissions(
            "AWS::Kinesis::StreamConsumer",
            "kinesis",
            "RegisterStreamConsumer DeregisterStreamConsumer DescribeStreamConsumer"
        ),
        ResourcePermissions(
            "AWS::IoT::TopicRule",
            "iot",
            "CreateTopicRule GetTopicRule ReplaceTopicRule DeleteTopicRule ListTagsForResource TagResource UntagResource"
        ),
        ResourcePermissions(
            "AWS::StepFunctions::StateMachine",
            "states",
            "CreateStateMachine DescribeStateMachine UpdateStateMachine DeleteStateMachine ListTagsForResource"
                + " TagResource UntagResource iam:PassRole"
        ),
    ]
}
