extension Description {
    /// The sources of events, and those of other sources than APIs.
    static let events = #"""
        # event.
        schedule: Invokes the function at intervals or times.
        s3: Invokes the function for objects in a bucket.
        http: A method and path of the REST API.
        websocket: A route of the WebSocket API.
        sns: Messages of an SNS topic.
        stream: Records of a stream of DynamoDB or Kinesis.
        kafka: Messages of a Kafka cluster of your own.
        activemq: Messages of a queue of ActiveMQ.
        rabbitmq: Messages of a queue of RabbitMQ.
        msk: Messages of a Kafka cluster of Amazon MSK.
        alb: Requests to an application load balancer.
        alexaSkill: Requests of an Alexa skill.
        alexaSmartHome: Requests of an Alexa smart home skill.
        iot: Messages that an AWS IoT rule selects.
        iotFleetProvisioning: Checks new devices of AWS IoT.
        cloudwatchEvent: Events of CloudWatch.
        cloudwatchLog: Lines of a log group.
        cognitoUserPool: Steps of a Cognito user pool.
        eventBridge: Events of an EventBridge bus, or a schedule.
        sqs: Messages of an SQS queue.
        cloudFront: Requests and responses of a CloudFront distribution (Lambda@Edge).
        httpApi: A method and path of the HTTP API.
        # event schedule.
        rate: One or several rates and times, such as rate(5 minutes) or cron(0 8 * * ? *).
        enabled: Whether the schedule is active. = true
        name: Name of the schedule.
        description: Description of the schedule.
        input: Input of the function.
        inputPath: Part of the event that is passed to the function.
        inputTransformer: Input that is made from parts of the event.
        method: Whether a rule or EventBridge Scheduler invokes the function. = "eventBus"
        groupName: Group of the schedule in EventBridge Scheduler. Since Serverless 4.
        roleArn: ARN of the role that EventBridge Scheduler uses. Since Serverless 4.
        timezone: Time zone of times in EventBridge Scheduler.
        # event s3.
        bucket: Name of the bucket, or its key in 'provider.s3'.
        event: Kind of change. = "s3:ObjectCreated:*"
        existing: Whether the bucket exists already. = false
        forceDeploy: Whether each deployment updates the notifications of an existing bucket. = false
        rules: Beginnings and ends of keys, of which all must match.
        # event alexaSkill.
        appId: ID of the skill.
        enabled: Whether the event is active. = true
        # event alexaSmartHome.
        appId: ID of the skill.
        enabled: Whether the event is active. = true
        # event iot.
        sql: Statement that selects messages.
        sqlVersion: Version of the language of the statement.
        name: Name of the rule.
        enabled: Whether the rule is active. = true
        description: Description of the rule.
        # event iotFleetProvisioning.
        enabled: Whether the template is active. = true
        provisioningRoleArn: ARN of the role that creates devices.
        templateBody: Template of devices.
        templateName: Name of the template.
        # event cloudwatchEvent.
        event: Pattern of events.
        input: Input of the function.
        inputPath: Part of the event that is passed to the function.
        inputTransformer: Input that is made from parts of the event.
        description: Description of the rule.
        name: Name of the rule.
        enabled: Whether the rule is active. = true
        # event cloudwatchLog.
        logGroup: Name of the log group.
        filter: Pattern of lines.
        # event cognitoUserPool.
        pool: Name of the user pool.
        trigger: Step that invokes the function.
        existing: Whether the user pool exists already. = false
        forceDeploy: Whether each deployment updates the triggers of an existing user pool. = false
        kmsKeyId: ARN of the KMS key for custom senders.
        lambdaVersion: Version of the event. Since Serverless 4.
        # event eventBridge.
        eventBus: Name or ARN of the bus; a bus that is only a name is created. If it is not set, it is the default bus.
        schedule: Rate or time, such as rate(5 minutes).
        name: Name of the rule.
        description: Description of the rule.
        enabled: Whether the rule is active. = true
        pattern: Pattern of events.
        input: Input of the function.
        inputPath: Part of the event that is passed to the function.
        inputTransformer: Input that is made from parts of the event.
        retryPolicy: How often, and up to which age, events are tried again.
        deadLetterQueueArn: ARN of the queue for events that failed.
        # event sns.
        arn: ARN of an existing topic.
        topicName: Name of a topic that is created, or of the one in 'arn'.
        displayName: Display name of a topic that is created.
        filterPolicy: Policy that selects messages.
        filterPolicyScope: Whether the policy applies to attributes or to the body.
        redrivePolicy: Queue for messages that cannot be delivered.
        # event sqs.
        arn: ARN of the queue.
        batchSize: Number of messages in an invocation at most. = 10
        enabled: Whether the event is active. = true
        maximumBatchingWindow: Seconds to wait for more messages. = 0
        functionResponseType: Lets the function report the messages that failed.
        filterPatterns: Patterns of messages.
        maximumConcurrency: Number of instances that may receive messages at the same time.
        # event stream.
        arn: ARN of the stream.
        type: Kind of the stream, if the ARN does not show it.
        batchSize: Number of records in an invocation at most. = 10
        parallelizationFactor: Number of batches of a shard at the same time. = 1
        startingPosition: Where reading starts. = "TRIM_HORIZON"
        startingPositionTimestamp: Time at which reading starts, in seconds since 1970.
        enabled: Whether the event is active. = true
        consumer: Whether a consumer is created, or the ARN of an existing one.
        batchWindow: Seconds to wait for more records. = 0
        maximumRetryAttempts: Number of times that records are tried again; -1 for no limit.
        bisectBatchOnFunctionError: Whether a batch that failed is divided. = false
        maximumRecordAgeInSeconds: Age up to which records are tried again; -1 for no limit.
        functionResponseType: Lets the function report the records that failed.
        destinations: Where information about records that failed goes.
        tumblingWindowInSeconds: Length of a window for aggregation.
        filterPatterns: Patterns of records.
        # event kafka.
        accessConfigurations: Networks and credentials for the cluster.
        batchSize: Number of messages in an invocation at most. = 100
        maximumBatchingWindow: Seconds to wait for more messages.
        enabled: Whether the event is active. = true
        bootstrapServers: Servers of the cluster, as host:port.
        startingPosition: Where reading starts. = "TRIM_HORIZON"
        startingPositionTimestamp: Time at which reading starts, in seconds since 1970.
        topic: Name of the topic.
        onFailureDestination: ARN that receives information about messages that failed. Since Serverless 4.
        provisionedPollerConfig: Number of pollers that are kept ready. Since Serverless 4.
        consumerGroupId: ID of the consumer group.
        filterPatterns: Patterns of messages.
        # event activemq.
        arn: ARN of the broker.
        basicAuthArn: ARN of the secret with user name and password.
        batchSize: Number of messages in an invocation at most. = 100
        maximumBatchingWindow: Seconds to wait for more messages.
        enabled: Whether the event is active. = true
        queue: Name of the queue.
        filterPatterns: Patterns of messages.
        # event rabbitmq.
        arn: ARN of the broker.
        basicAuthArn: ARN of the secret with user name and password.
        batchSize: Number of messages in an invocation at most. = 100
        maximumBatchingWindow: Seconds to wait for more messages.
        enabled: Whether the event is active. = true
        queue: Name of the queue.
        virtualHost: Virtual host of the queue.
        filterPatterns: Patterns of messages.
        # event msk.
        arn: ARN of the cluster.
        batchSize: Number of messages in an invocation at most. = 100
        maximumBatchingWindow: Seconds to wait for more messages.
        enabled: Whether the event is active. = true
        startingPosition: Where reading starts. = "TRIM_HORIZON"
        startingPositionTimestamp: Time at which reading starts, in seconds since 1970.
        topic: Name of the topic.
        saslScram512: ARN of the secret for SASL/SCRAM.
        onFailureDestination: ARN that receives information about messages that failed. Since Serverless 4.
        provisionedPollerConfig: Number of pollers that are kept ready. Since Serverless 4.
        consumerGroupId: ID of the consumer group.
        filterPatterns: Patterns of messages.
        """#

    /// The events of APIs, load balancers and distributions.
    static let apiEvents = #"""
        # event http.
        async: Whether the function is invoked asynchronously. = false
        authorizer: Who may send requests: a function, aws_iam, or the properties of an authorizer.
        connectionId: ID of the VPC link of an http-proxy integration.
        connectionType: Kind of connection of an http-proxy integration.
        cors: Whether other origins may send requests, or which ones. = false
        integration: How requests are passed on. = "lambda-proxy"
        method: HTTP method, or any.
        operationId: Name of the operation in exported documents.
        path: Path of the resource, such as orders/{id}.
        private: Whether requests need an API key. = false
        request: Parameters, schemas and templates of requests.
        timeoutInMillis: Time limit of requests in milliseconds. Since Serverless 4.
        response: Headers, templates and status codes of responses.
        # event httpApi.
        authorizer: Who may send requests: the name of an authorizer, or its properties.
        method: HTTP method, or '*'.
        path: Path of the route, such as /orders/{id}, or '*'.
        # event websocket.
        route: Name of the route, such as $connect.
        routeResponseSelectionExpression: Lets the function answer messages.
        authorizer: Function, ARN or properties of the authorizer, for $connect.
        # event alb.
        authorizer: Names of authorizers in 'provider.alb.authorizers'.
        conditions: What requests must have: host, path, method, headers, query or addresses.
        healthCheck: Whether the health of the function is checked, or how. = false
        listenerArn: ARN of the listener.
        multiValueHeaders: Whether headers and parameters have lists of values. = false
        priority: Priority of the rule; each is used once for a listener.
        targetGroupName: Name of the target group.
        # event cloudFront.
        behavior: Properties of the cache behavior.
        cachePolicy: Name or ID of the cache policy.
        eventType: When the function is invoked.
        isDefaultOrigin: Whether this is the origin of the default behavior. = false
        includeBody: Whether the function gets the body of requests. = false
        origin: URL of the origin, or its properties.
        pathPattern: Pattern of paths.
        """#
}
