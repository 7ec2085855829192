extension Description {
    /// The properties of functions.
    static let function = #"""
        # function.
        name: Name of the function. If it is not set, it is SERVICE-STAGE-KEY.
        events: What invokes the function.
        architecture: Architecture of the function. If it is not set, it is that of the provider.
        awsKmsKeyArn: Deprecated; use 'kmsKeyArn'.
        condition: Condition in 'resources' under which the function exists.
        dependsOn: Logical IDs of the resources that the function needs first.
        description: Description of the function.
        destinations: Where results of asynchronous invocations go.
        destinations.onSuccess: Key of a function, or ARN, that receives results.
        destinations.onFailure: Key of a function, or ARN, that receives errors.
        disableLogs: Whether the service has no log group for the function. = false
        environment: Environment variables, in addition to those of the provider.
        ephemeralStorageSize: Size of /tmp in MB. = 512
        fileSystemConfig: File system of EFS that the function mounts.
        fileSystemConfig.arn: ARN of the access point.
        fileSystemConfig.localMountPath: Directory of the file system, below /mnt.
        handler: File and name of the handler, such as src/orders.handler for the function handler in src/orders.py.
        image: Container image: a URI, the name of an image of the provider, or properties.
        image.name: Name of an image in 'provider.ecr.images'.
        image.uri: URI of an image in ECR.
        image.workingDirectory: Working directory in the container.
        image.command: Command of the container.
        image.entryPoint: Entry point of the container.
        kmsKeyArn: ARN of the KMS key that encrypts environment variables.
        snapStart: Whether Lambda starts instances from a snapshot. = false
        layers: ARNs of layers, instead of those of the provider.
        logRetentionInDays: Number of days that logs are kept. If it is not set, it is that of the provider.
        logDataProtectionPolicy: Policy that masks data in logs.
        maximumEventAge: Age in seconds up to which asynchronous events are tried again. = 21600
        maximumRetryAttempts: Number of times that asynchronous events are tried again. = 2
        memorySize: Memory in MB. If it is not set, it is that of the provider.
        onError: ARN of a topic or queue that receives events which failed.
        package: What the artifact contains.
        package.artifact: Zip file that is used as it is, instead of a new one.
        package.exclude: Patterns of files to omit. Deprecated; use 'patterns' with a '!'.
        package.include: Patterns of files to add. Deprecated; use 'patterns'.
        package.individually: Whether the function has its own artifact. = false
        package.patterns: Patterns of files to add, or with a '!' to omit, in addition to those of the service.
        provisionedConcurrency: Number of instances that are kept ready.
        reservedConcurrency: Number of instances that may run at the same time.
        role: ARN of the function's role, instead of that of the service.
        runtime: Runtime, such as python3.13. If it is not set, it is that of the provider.
        runtimeManagement: When Lambda updates the runtime. = "auto"
        tags: Tags, in addition to those of the provider.
        timeout: Time limit in seconds. If it is not set, it is that of the provider.
        tracing: Whether the function is traced with X-Ray, or how.
        url: Whether the function has a URL of its own, or the properties of the URL. = false
        url.authorizer: Who may use the URL; if it is not set, everyone.
        url.cors: Whether other origins may send requests, or which ones. = false
        url.invokeMode: Whether responses are streamed. = "BUFFERED"
        versionFunction: Whether each deployment publishes a version of the function.
        vpc: Network of the function, or false for none.
        durableConfig: Makes the function durable. Since Serverless 4.
        durableConfig.executionTimeout: Time limit of an execution in seconds.
        durableConfig.retentionPeriodInDays: Number of days that executions are kept.
        logs: Format, levels and group of logs. Since Serverless 4.
        recursiveLoop: Whether Lambda may stop loops in which the function invokes itself. Since Serverless 4.
        httpApi: Settings of httpApi events.
        httpApi.payload: Version of the format of events.
        module: Directory with the function's own code and requirements, if functions are packaged individually.
        vendor: Directory whose files are added to the requirements and replace installed files of the same path.
        # service.functions.
        *: A function. Its key is used by commands, as in invoke --function KEY.
        # service.layers.
        *: A layer. Functions refer to it as KeyLambdaLayer.
        """#
}
