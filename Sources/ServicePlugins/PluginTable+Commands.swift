extension PluginTable {
    /// The plugins with commands only, and those that change only the local machine.
    static let commands: [KnownPlugin] = [
        .commands("serverless-offline", "the 'offline' commands are not available", "offline"),
        .commands("serverless-offline-aws-eventbridge", "the emulated event bus of 'offline' is not available"),
        .commands("serverless-offline-direct-lambda", "emulated calls of 'offline' are not available"),
        .commands("serverless-offline-dynamodb-streams", "emulated streams of 'offline' are not available"),
        .commands("serverless-offline-edge-lambda", "emulated edge functions of 'offline' are not available"),
        .commands("serverless-offline-kinesis", "emulated streams of 'offline' are not available"),
        .commands("serverless-offline-lambda", "emulated calls of 'offline' are not available"),
        .commands("serverless-offline-s3", "emulated buckets of 'offline' are not available", "offline-s3"),
        .commands("serverless-offline-schedule", "emulated schedules of 'offline' are not available"),
        .commands("serverless-offline-scheduler", "the 'schedule' command is not available", "schedule"),
        .commands("serverless-offline-ses-v2", "emulated mail of 'offline' is not available"),
        .commands("serverless-offline-sns", "the 'offline-sns' commands are not available", "offline-sns"),
        .commands("serverless-offline-sqs", "emulated queues of 'offline' are not available"),
        .commands("serverless-offline-ssm", "emulated parameters of 'offline' are not available"),
        .commands("serverless-offline-watcher", "the watcher of 'offline' is not available"),
        .commands("serverless-local-schedule", "emulated schedules of 'offline' are not available"),
        .commands("serverless-dynamodb", "the 'dynamodb' commands are not available", "dynamodb"),
        .commands("serverless-dynamodb-local", "the 'dynamodb' commands are not available", "dynamodb"),
        .commands("serverless-dynamodb-fixtures", "the 'dynamodb' commands are not available", "dynamodb"),
        .commands("serverless-s3-local", "the 's3' commands are not available", "s3"),
        .commands("serverless-mongodb-local", "the 'mongodb' commands are not available", "mongodb"),
        .commands(
            "serverless-appsync-simulator",
            "the 'appsync-offline' commands are not available",
            "appsync-offline"
        ),
        .commands("serverless-step-functions-local", "emulated state machines of 'offline' are not available"),
        .commands(
            "serverless-step-functions-offline",
            "the 'step-functions-offline' command is not available",
            "step-functions-offline"
        ),
        .commands("serverless-ngrok-tunnel", "the 'tunnel' command is not available", "tunnel"),
        .commands("serverless-cloudside-plugin", "the 'cloudside' commands are not available", "cloudside"),
        .commands("serverless-artillery", "the 'slsart' commands are not available", "slsart"),
        .commands(
            "serverless-mocha-plugin",
            "the 'create test' and 'invoke test' commands are not available",
            "create test",
            "create function",
            "invoke test"
        ),
        .commands(
            "serverless-jest-plugin",
            "the 'create test' and 'invoke test' commands are not available",
            "create test",
            "create function",
            "invoke test"
        ),
        .commands("serverless-export-env", "the 'export-env' command is not available", "export-env"),
        .commands("serverless-openapi-documentation", "the 'openapi' commands are not available", "openapi"),
        .commands("serverless-openapi-documenter", "the 'openapi' commands are not available", "openapi"),
        .commands("serverless-alexa-skills", "the 'alexa' commands are not available", "alexa"),
        .commands("serverless-sam", "the 'sam' commands are not available", "sam"),
        .commands("serverless-plugin-simulate", "the 'simulate' commands are not available", "simulate"),
        .commands("serverless-analyze-bundle-plugin", "the option '--analyze' is not available"),
        .commands("serverless-plugin-package-size", "the sizes of packages are shown by 'furoshiki package' itself"),
        .commands("serverless-cloudformation-resource-counter", "the number of resources is not shown"),
        .commands("serverless-plugin-iam-checker", "statements of IAM are not checked"),
        .commands("serverless-stage-manager", "names of stages are not checked"),
        .commands(
            "serverless-secrets-plugin",
            "the 'encrypt' and 'decrypt' commands are not available",
            "encrypt",
            "decrypt"
        ),
        .commands("serverless-better-credentials", "credentials are found as the AWS CLI finds them"),
        .commands("serverless-plugin-static", "static files are not served by 'offline'"),
        .commands(
            "serverless-certificate-creator",
            "the 'create-cert' command is not available",
            "create-cert",
            "remove-cert"
        ),
    ]
}
