extension Description {
    /// The properties of `provider`.
    static let provider = #"""
        # provider.
        name: Name of the cloud; only aws is supported.
        alb: Settings of events of application load balancers.
        apiGateway: Settings of the REST API of http events.
        apiName: Name of the REST API. If it is not set, it is STAGE-SERVICE.
        architecture: Architecture of functions. = "x86_64"
        cfnRole: Deprecated; use 'iam.deploymentRole'.
        cloudFront: Settings of cloudFront events.
        cloudFront.cachePolicies: Cache policies that cloudFront events refer to, by their names.
        deploymentBucket: S3 bucket for artifacts and templates, by its name or with its properties. If it is not set, one is created.
        deploymentBucket.blockPublicAccess: Whether a bucket that is created blocks public access. = false
        deploymentBucket.skipPolicySetup: Whether a bucket that is created gets no policy that requires TLS. = false
        deploymentBucket.maxPreviousDeploymentArtifacts: Number of earlier deployments to keep in the bucket. = 5
        deploymentBucket.name: Name of an existing bucket.
        deploymentBucket.versioning: Whether a bucket that is created keeps versions of objects. = false
        deploymentBucket.serverSideEncryption: Encryption of uploaded objects. = "AES256"
        deploymentBucket.sseCustomerAlgorithim: Algorithm of a key of your own.
        deploymentBucket.sseCustomerKey: Key of your own.
        deploymentBucket.sseCustomerKeyMD5: MD5 digest of a key of your own.
        deploymentBucket.sseKMSKeyId: ID of the KMS key for encryption with aws:kms.
        deploymentBucket.tags: Tags of a bucket that is created.
        deploymentPrefix: Beginning of the keys of all objects in the bucket. = "serverless"
        disableRollback: Whether a failed deployment is not rolled back. = false
        endpointType: Type of the REST API's endpoint. = "EDGE"
        environment: Environment variables of functions.
        eventBridge: Settings of eventBridge events.
        eventBridge.useCloudFormation: Whether CloudFormation creates event buses and rules. = true
        httpApi: Settings of the HTTP API of httpApi events.
        iam: Permissions of functions and of the deployment.
        iam.role: Role of functions: the ARN of an existing one, or the properties of the one that is created.
        iam.role.name: Name of the role.
        iam.role.path: Path of the role.
        iam.role.managedPolicies: ARNs of policies that the role gets.
        iam.role.statements: Statements of the role's own policy.
        iam.role.permissionBoundary: Deprecated; use 'permissionsBoundary'.
        iam.role.permissionsBoundary: ARN of the policy that limits the role's permissions.
        iam.role.tags: Tags of the role.
        iam.deploymentRole: ARN of the role that CloudFormation uses.
        iamManagedPolicies: Deprecated; use 'iam.role.managedPolicies'.
        iamRoleStatements: Deprecated; use 'iam.role.statements'.
        ecr: Images that are built and uploaded to the service's repository.
        ecr.scanOnPush: Whether images are scanned when they are uploaded. = false
        ecr.maxImageCount: Number of images that the repository keeps.
        ecr.images: Images by their names: a URI, a directory with a Dockerfile, or properties.
        kmsKeyArn: ARN of the KMS key that encrypts environment variables.
        lambdaHashingVersion: Deprecated, without effect.
        layers: ARNs of the layers of functions.
        logRetentionInDays: Number of days that logs are kept. If it is not set, they are kept for good.
        logDataProtectionPolicy: Policy that masks data in logs.
        logs: Logs of functions and APIs.
        logs.frameworkLambda: Whether the functions of custom resources write logs. = false
        logs.lambda: Format, levels and group of the logs of functions.
        logs.httpApi: Whether the HTTP API writes access logs, or their format. = false
        logs.restApi: Whether the REST API writes logs, or their properties. = false
        logs.websocket: Whether the WebSocket API writes logs, or their properties. = false
        memorySize: Memory of functions in MB. = 1024
        notificationArns: ARNs of SNS topics that receive the events of the stack.
        profile: Profile of the AWS credentials.
        region: Region of the service. = "us-east-1"
        role: Deprecated; use 'iam.role'.
        rolePermissionsBoundary: Deprecated; use 'iam.role.permissionsBoundary'.
        rollbackConfiguration: Alarms that roll a deployment back.
        rollbackConfiguration.RollbackTriggers: The alarms.
        rollbackConfiguration.MonitoringTimeInMinutes: Minutes for which the alarms are watched after a deployment.
        runtime: Runtime of functions, such as python3.13.
        runtimeManagement: When Lambda updates the runtime of functions. = "auto"
        deploymentMethod: Whether a deployment uses a change set, or updates the stack directly. = "changesets"
        s3: Properties of buckets that s3 events refer to, by the key in 'bucket'.
        stage: Stage of the service. = "dev"
        stackName: Name of the stack. If it is not set, it is SERVICE-STAGE.
        stackParameters: Parameters of the stack.
        stackPolicy: Statements of the stack policy.
        stackTags: Tags of the stack.
        tags: Tags of functions and APIs.
        timeout: Time limit of functions in seconds. = 6
        tracing: Tracing with X-Ray.
        tracing.apiGateway: Whether the REST API is traced. = false
        tracing.lambda: Whether functions are traced, or how.
        deletionProtection: Whether the stack is protected from deletion, or for which stages. Since Serverless 4.
        pruneFunctionVersions: Whether earlier versions of functions are deleted, or how many are kept. Since Serverless 4.
        vpc: Network of functions.
        vpcEndpointIds: IDs of the VPC endpoints of a private REST API.
        versionFunctions: Whether each deployment publishes versions of functions. = true
        websocket: Settings of the WebSocket API.
        websocket.useProviderTags: Whether the WebSocket API gets the tags in 'tags'. = false
        websocketsApiName: Name of the WebSocket API. If it is not set, it is STAGE-SERVICE-websockets.
        kinesis: Settings of stream events of Kinesis.
        kinesis.consumerNamingMode: How consumers of streams are named.
        websocketsApiRouteSelectionExpression: Expression that selects the route of a message. = "$request.body.action"
        websocketsDescription: Description of the WebSocket API.
        """#

    /// The APIs, and what functions have in common with the provider.
    static let providerParts = #"""
        # providerAlb.
        targetGroupPrefix: Beginning of the names of target groups.
        authorizers: Authorizers by their names.
        # providerApiGateway.
        apiKeys: API keys that are created, by name, with properties, or by usage plan.
        apiKeySourceType: Where API keys are expected: in a header, or from an authorizer. = "HEADER"
        binaryMediaTypes: Media types whose bodies are binary.
        description: Description of the REST API.
        disableDefaultEndpoint: Whether only custom domains lead to the REST API. = false
        endpoint: Access mode and security policy of the endpoint. Since Serverless 4.
        timeoutInMillis: Time limit of requests in milliseconds. Since Serverless 4.
        metrics: Whether detailed metrics are recorded. = false
        minimumCompressionSize: Size in bytes from which responses are compressed.
        resourcePolicy: Statements of the policy of the REST API.
        restApiId: ID of an existing REST API.
        restApiResources: Resources of an existing REST API, by path.
        restApiRootResourceId: ID of the root resource of an existing REST API.
        request: Schemas of request bodies that events refer to.
        request.schemas: The schemas by their names.
        shouldStartNameWithService: Whether the name is SERVICE-STAGE instead of STAGE-SERVICE. = false
        stage: Name of the stage of the REST API. If it is not set, it is the stage of the service.
        usagePlan: Quota and limits of API keys, or a list of plans by name.
        websocketApiId: ID of an existing WebSocket API.
        # providerHttpApi.
        authorizers: Authorizers by their names.
        cors: Whether other origins may send requests, or which ones. = false
        id: ID of an existing HTTP API.
        name: Name of the HTTP API. If it is not set, it is STAGE-SERVICE.
        description: Description of the HTTP API.
        payload: Version of the format of events. = "2.0"
        metrics: Whether detailed metrics are recorded. = false
        useProviderTags: Deprecated, without effect.
        disableDefaultEndpoint: Whether only custom domains lead to the HTTP API. = false
        shouldStartNameWithService: Whether the name is SERVICE-STAGE instead of STAGE-SERVICE. = false
        # awsLambdaVpcConfig.
        ipv6AllowedForDualStack: Whether functions in subnets with both protocols may use IPv6. Since Serverless 4.
        securityGroupIds: IDs of security groups.
        subnetIds: IDs of subnets.
        # awsLambdaLogs.
        applicationLogLevel: Least important messages of functions to record, in the format JSON.
        logFormat: Format of logs. = "Text"
        logGroup: Name of the log group.
        systemLogLevel: Least important messages of Lambda to record, in the format JSON.
        """#
}
