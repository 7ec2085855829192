extension ServerlessSchema {
    /// Events of queues, topics and streams.
    static let messageEvents = #"""
        → event sns: any of:
          |: string /^[\w-]+$/ length<= 256
          |: string /^arn:/
          |: object any of: closed
            arn: → awsArn
            topicName: string /^[\w-]+$/ length<= 256
            displayName: string length>= 1
            filterPolicy: object
            filterPolicyScope: string
            redrivePolicy: object one of: closed
              deadLetterTargetArn: string /^arn:/
              deadLetterTargetRef: string length>= 1
              deadLetterTargetImport: object requires arn, url closed
                arn: string /^arn:/
                url: string length>= 1
              |: requires deadLetterTargetArn
              |: requires deadLetterTargetRef
              |: requires deadLetterTargetImport
            |: requires arn
            |: requires topicName
        → event sqs: any of:
          |: string /^arn:/
          |: object requires arn closed
            arn: → awsArn
            batchSize: integer >= 1 <= 10000
            enabled: boolean
            maximumBatchingWindow: integer >= 0 <= 300
            functionResponseType: {"ReportBatchItemFailures"}
            filterPatterns: → filterPatterns
            maximumConcurrency: integer >= 2 <= 1000
        → event stream: any of:
          |: string /^arn:/
          |: object any of: closed
            arn:
            type: {"dynamodb", "kinesis"}
            batchSize: integer >= 1 <= 10000
            parallelizationFactor: integer >= 1 <= 10
            startingPosition: {"LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"}
            startingPositionTimestamp: number
            enabled: boolean
            consumer: any of:
              |: = true
              |: → awsArn
            batchWindow: integer >= 0 <= 300
            maximumRetryAttempts: integer >= -1 <= 10000
            bisectBatchOnFunctionError: boolean
            maximumRecordAgeInSeconds: any of:
              |: = -1
              |: integer >= 60 <= 604800
            functionResponseType: {"ReportBatchItemFailures"}
            destinations: object requires onFailure closed
              onFailure: any of:
                |: string /^arn:/
                |: object any of: closed
                  arn:
                  type: {"sns", "sqs"}
                  |: requires arn, type
                    arn: → awsCfFunction
                  |: requires arn
                    arn: string /^arn:/
            tumblingWindowInSeconds: integer >= 0 <= 900
            filterPatterns: → filterPatterns
            |: requires arn, type
              arn: → awsCfFunction
            |: requires arn
              arn: string /^arn:/
        → event kafka: object requires accessConfigurations, bootstrapServers, topic closed
          accessConfigurations: object properties>= 1 closed
            vpcSubnet: array items>= 1
              -: string /subnet-[a-z0-9]+/
            vpcSecurityGroup: array items>= 1
              -: string /sg-[a-z0-9]+/
            saslPlainAuth: → awsSecretsManagerArns
            saslScram256Auth: → awsSecretsManagerArns
            saslScram512Auth: → awsSecretsManagerArns
            clientCertificateTlsAuth: → awsSecretsManagerArns
            serverRootCaCertificate: → awsSecretsManagerArns
          batchSize: number >= 1 <= 10000
          maximumBatchingWindow: number >= 0 <= 300
          enabled: boolean
          bootstrapServers: array items>= 1
            -: string
          startingPosition: string {"LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"}
          startingPositionTimestamp: number
          topic: string
          onFailureDestination: new string
          provisionedPollerConfig: new object properties>= 1
            minimumPollers: number >= 1 <= 200
            maximumPollers: number >= 1 <= 2000
          consumerGroupId: string /[a-zA-Z0-9-/*:_+=.@-]*/ length<= 200
          filterPatterns: → filterPatterns
        → event activemq: object requires basicAuthArn, arn, queue closed
          arn: → mqBroker
          basicAuthArn: → mqCredentials
          batchSize: number >= 1 <= 10000
          maximumBatchingWindow: number >= 0 <= 300
          enabled: boolean
          queue: string
          filterPatterns: → filterPatterns
        → event rabbitmq: object requires basicAuthArn, arn, queue closed
          arn: → mqBroker
          basicAuthArn: → mqCredentials
          batchSize: number >= 1 <= 10000
          maximumBatchingWindow: number >= 0 <= 300
          enabled: boolean
          queue: string
          virtualHost: string
          filterPatterns: → filterPatterns
        → event msk: object requires arn, topic closed
          arn: any of:
            |: string /^arn:/
            |: → awsCfImport
            |: → awsCfRef
          batchSize: number >= 1 <= 10000
          maximumBatchingWindow: number >= 0 <= 300
          enabled: boolean
          startingPosition: string {"LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"}
          startingPositionTimestamp: number
          topic: string
          saslScram512: string /^arn:/
          onFailureDestination: new string
          provisionedPollerConfig: new object
            minimumPollers: integer >= 1 <= 1000
            maximumPollers: integer >= 1 <= 1000
          consumerGroupId: string /[a-zA-Z0-9-/*:_+=.@-]*/ length<= 200
          filterPatterns: → filterPatterns
        → mqCredentials: any of:
          |: → awsSecretsManagerArnString
          |: → awsCfImport
          |: → awsCfRef
        → mqBroker: any of:
          |: string /arn:[a-z-]+:mq:[a-z0-9-]+:\d+:broker:[A-Za-z0-9/_+=.@-]+:b-[a-z0-9-]+/
          |: → awsCfImport
          |: → awsCfRef
        """#
}
