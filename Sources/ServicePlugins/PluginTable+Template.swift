extension PluginTable {
    /// The plugins that add resources to the template, or change them.
    static let template: [KnownPlugin] = [
        .package(
            "serverless-step-functions",
            "state machines are not created",
            uses: [
                .resources(.members([["stepFunctions", "stateMachines"]]), "state machine"),
                .resources(.members([["stepFunctions", "activities"]]), "activity"),
            ],
            commands: ["invoke stepf"],
            root: ["stepFunctions"]
        ),
        .package(
            "serverless-appsync-plugin",
            "AppSync APIs are not created",
            uses: [
                .resources(.values(["appSync"]), "AppSync API"),
                .resources(.values(["custom", "appSync"]), "AppSync API"),
            ],
            commands: ["appsync", "validate-schema", "graphql-playground"],
            variables: ["appsync"],
            root: ["appSync"]
        ),
        .package(
            "serverless-lift",
            "'constructs' are not created",
            uses: [.resources(.members([["constructs"]]), "construct")],
            variables: ["construct"],
            root: ["constructs"]
        ),
        .package(
            "serverless-python-mcp",
            "the functions of MCP servers are not created",
            uses: [.resources(.members([["custom", "pythonMcp", "servers"]]), "MCP server")]
        ),
        .package(
            "serverless-plugin-warmup",
            "the function that keeps others warm is not created",
            commands: ["warmup"],
            function: ["warmup"]
        ),
        .package(
            "serverless-plugin-canary-deployments",
            "new versions of functions get all traffic at once",
            uses: [
                .others(.functions("deploymentSettings"), "function", " would get all traffic at once")
            ],
            function: ["deploymentSettings"]
        ),
        .package(
            "serverless-plugin-split-stacks",
            "the stack is not split: its resources move out of nested stacks, and it may have too many"
        ),
        .package(
            "serverless-nested-stack",
            "the stack is not split: its resources move out of nested stacks, and it may have too many"
        ),
        .package(
            "serverless-plugin-additional-stacks",
            "additional stacks are not deployed",
            uses: [.others(.members([["custom", "additionalStacks"]]), "additional stack", " would not be deployed")]
        ),
        .package(
            "serverless-plugin-log-retention",
            "logs are never deleted",
            instead: "set 'provider.logRetentionInDays'",
            function: ["logRetentionInDays"]
        ),
        .package(
            "serverless-plugin-log-subscription",
            "subscriptions of log groups are not created",
            function: ["logSubscription"]
        ),
        .package("serverless-log-forwarding", "logs are not forwarded", function: ["logForwarding"]),
        .package(
            "serverless-logging-config",
            "the format of logs is not set",
            instead: "set 'logs' on the functions or in 'provider.logs.lambda'"
        ),
        .package(
            "serverless-plugin-tracing",
            "tracing is not enabled",
            instead: "set 'provider.tracing.lambda: true'",
            function: ["tracing"]
        ),
        .package("serverless-plugin-lambda-insights", "Lambda Insights is not enabled", function: ["lambdaInsights"]),
        .package(
            "serverless-plugin-resource-tagging",
            "tags of the plugin are not added",
            instead: "set 'provider.tags' and 'provider.stackTags'"
        ),
        .package(
            "serverless-plugin-lambda-dead-letter",
            "dead-letter queues are not connected",
            instead: "set 'onError' on the functions",
            uses: [.others(.functions("deadLetter"), "function", " would have no dead-letter queue")],
            function: ["deadLetter"]
        ),
        .package(
            "serverless-plugin-aws-alerts",
            "alarms are not created",
            uses: [.others(.functions("alarms"), "function", " would have no alarms")],
            function: ["alarms"]
        ),
        .package("serverless-slic-watch-plugin", "alarms and dashboards are not created", function: ["slicWatch"]),
        .package("serverless-sqs-alarms-plugin", "alarms of queues are not created"),
        .package("serverless-plugin-metric", "metric filters are not created"),
        .package("serverless-plugin-cloudwatch-dashboard", "dashboards are not created"),
        .package(
            "serverless-provisioned-concurrency-autoscaling",
            "provisioned concurrency does not scale",
            uses: [
                .others(
                    .functions("concurrencyAutoscaling"),
                    "function",
                    " would not scale its provisioned concurrency"
                )
            ],
            function: ["concurrencyAutoscaling"]
        ),
        .package("serverless-dynamodb-autoscaling", "tables do not scale"),
        .package("serverless-dynamodb-autoscaling-plugin", "tables do not scale"),
        .package("serverless-aws-alias", "aliases of stages are not created", commands: ["alias"]),
        .package("serverless-aws-alias-v3", "aliases of stages are not created", commands: ["alias"]),
        .package("serverless-vpc-plugin", "the VPC is not created"),
        .package("serverless-fargate", "tasks of Fargate are not created", root: ["fargate"]),
        .package("serverless-fargate-tasks", "tasks of Fargate are not created"),
        .package("serverless-single-page-app-plugin", "the bucket and the distribution of the page are not created"),
        .package(
            "serverless-plugin-cloudfront-lambda-edge",
            "functions are not connected to the CloudFront distribution",
            function: ["lambdaAtEdge"]
        ),
        .package(
            "serverless-lambda-edge-pre-existing-cloudfront",
            "functions are not connected to the CloudFront distribution"
        ),
        .package(
            "serverless-external-s3-event",
            "events of existing buckets are not connected",
            instead: "set 'existing: true' on 's3' events"
        ),
        .package("serverless-plugin-external-sns-events", "events of existing topics are not connected"),
        .package("serverless-dependson-plugin", "resources do not wait for each other"),
        .package("serverless-plugin-bind-deployment-id", "the id of the API's deployment is not replaced"),
        .package("serverless-plugin-lambda-account-access", "other accounts cannot invoke the functions"),
    ]

    /// The plugins that change APIs.
    static let api: [KnownPlugin] = [
        .package(
            "serverless-apigateway-service-proxy",
            "service proxies are not created",
            uses: [.resources(.members([["custom", "apiGatewayServiceProxies"]]), "service proxy")]
        ),
        .package(
            "serverless-plugin-custom-domain",
            "the base path of the custom domain is not connected to the API",
            uses: [.resources(.values(["custom", "domain"]), "base path mapping")]
        ),
        .package(
            "serverless-reqvalidator-plugin",
            "request validators are not created",
            instead: "set 'request.schemas' on 'http' events",
            uses: [.others(.routes("reqValidatorName"), "event", " would not be validated")],
            route: ["reqValidatorName"]
        ),
        .package("serverless-disable-request-validators", "request validators are not disabled"),
        .package(
            "serverless-aws-documentation",
            "the API has no documentation",
            commands: ["downloadDocumentation"],
            route: ["documentation"]
        ),
        .package(
            "serverless-apigw-binary",
            "binary media types are not set",
            instead: "set 'provider.apiGateway.binaryMediaTypes'"
        ),
        .package(
            "serverless-apigwy-binary",
            "binary media types are not set",
            instead: "set 'provider.apiGateway.binaryMediaTypes'"
        ),
        .package(
            "serverless-plugin-custom-binary",
            "binary media types are not set",
            instead: "set 'provider.apiGateway.binaryMediaTypes'"
        ),
        .package("serverless-binary-cors", "preflight requests are not answered for binary media types"),
        .package(
            "serverless-content-encoding",
            "responses are not compressed",
            instead: "set 'provider.apiGateway.minimumCompressionSize'"
        ),
        .package(
            "serverless-api-compression",
            "responses are not compressed",
            instead: "set 'provider.apiGateway.minimumCompressionSize'"
        ),
        .package(
            "serverless-api-gateway-throttling",
            "throttling of methods is not set",
            uses: [.others(.routes("throttling"), "event", " would not be throttled")],
            route: ["throttling"]
        ),
        .package(
            "serverless-api-gateway-caching",
            "caching of methods is not set",
            uses: [.others(.routes("caching"), "event", " would not be cached")],
            route: ["caching"]
        ),
        .package("serverless-api-stage", "variables and logs of the API's stage are not set"),
        .package("serverless-plugin-stage-variables", "variables of the API's stage are not set"),
        .package(
            "serverless-enable-api-logs",
            "logs of the API are not enabled",
            instead: "set 'provider.logs.restApi'"
        ),
        .package(
            "serverless-api-gateway-xray",
            "tracing of the API is not enabled",
            instead: "set 'provider.tracing.apiGateway: true'"
        ),
        .package("serverless-add-api-key", "API keys are not created", instead: "set 'provider.apiGateway.apiKeys'"),
        .package("serverless-api-cloudfront", "the CloudFront distribution of the API is not created"),
        .package("serverless-appsync-cloudfront", "the CloudFront distribution of the API is not created"),
        .package(
            "serverless-whitelisting",
            "access to the API is not restricted",
            instead: "set 'provider.apiGateway.resourcePolicy'"
        ),
        .package("serverless-websockets-plugin", "WebSocket APIs are not created", instead: "use 'websocket' events"),
    ]
}
