extension ServerlessSchema {
    /// The choice of an event, and events of all other sources.
    static let otherEvents = #"""
        → event: object one key closed
          schedule: → event schedule
          s3: → event s3
          http: → event http
          websocket: → event websocket
          sns: → event sns
          stream: → event stream
          kafka: → event kafka
          activemq: → event activemq
          rabbitmq: → event rabbitmq
          msk: → event msk
          alb: → event alb
          alexaSkill: → event alexaSkill
          alexaSmartHome: → event alexaSmartHome
          iot: → event iot
          iotFleetProvisioning: → event iotFleetProvisioning
          cloudwatchEvent: → event cloudwatchEvent
          cloudwatchLog: → event cloudwatchLog
          cognitoUserPool: → event cognitoUserPool
          eventBridge: → event eventBridge
          sqs: → event sqs
          cloudFront: → event cloudFront
          httpApi: → event httpApi
        → event schedule: any of:
          |: string /^rate\((?:1 (?:minute|hour|day)|(?:1\d+|[2-9]\d*) (?:minute|hour|day)s)\)$|^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/
          |: object requires rate closed
            rate: array items>= 1
              -: any of:
                |: → awsCfFunction
                |: string /^rate\((?:1 (?:minute|hour|day)|(?:1\d+|[2-9]\d*) (?:minute|hour|day)s)\)$|^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/
            enabled: boolean
            name: string /[\.\-_A-Za-z0-9]+/ length>= 1 length<= 64
            description: string length<= 512
            input: any of:
              |: string length<= 8192
              |: object one of:
                |: requires body closed
                  body: string length<= 8192
                |: without body
            inputPath: string length<= 256
            inputTransformer: object requires inputTemplate closed
              inputTemplate: string length>= 1 length<= 8192
              inputPathsMap: object
            method: string {"eventBus", "scheduler"}
            groupName: new any of:
              |: string /^[0-9a-zA-Z-_.]+$/ length>= 1 length<= 64
              |: → awsCfFunction
            roleArn: new any of:
              |: string
              |: → awsCfFunction
            timezone: string /[\w\-\/]+/
        → event s3: any of:
          |: string
          |: object requires bucket closed
            bucket: any of:
              |: string
              |: → awsCfFunction
              |: → awsCfIf
            event: string /^s3:.+$/
            existing: boolean
            forceDeploy: boolean
            rules: array
              -: object properties<= 1 closed
                prefix: any of:
                  |: string
                  |: → awsCfFunction
                suffix: any of:
                  |: string
                  |: → awsCfFunction
        → event alexaSkill: any of:
          |: → awsAlexaEventToken
          |: object requires appId closed
            appId: → awsAlexaEventToken
            enabled: boolean
        → event alexaSmartHome: any of:
          |: → awsAlexaEventToken
          |: object requires appId closed
            appId: → awsAlexaEventToken
            enabled: boolean
        → event iot: object requires sql closed
          sql: string
          sqlVersion: string {"2015-10-08", "2016-03-23", "beta"}
          name: string
          enabled: boolean
          description: string
        → event iotFleetProvisioning: object requires templateBody, provisioningRoleArn closed
          enabled: boolean
          provisioningRoleArn: → awsArn
          templateBody: object
          templateName: string
        → event cloudwatchEvent: object closed
          event: object
          input: any of:
            |: string length<= 8192
            |: object
          inputPath: string length>= 1 length<= 256
          inputTransformer: object requires inputTemplate closed
            inputPathsMap: object
              <any>: string length>= 1
            inputTemplate: string length>= 1 length<= 8192
          description: string length<= 512
          name: string /[a-zA-Z0-9-_.]+/ length>= 1 length<= 64
          enabled: boolean
        → event cloudwatchLog: any of:
          |: string /^[/#A-Za-z0-9-_.]+$/
          |: object requires logGroup closed
            logGroup: string /^[/#A-Za-z0-9-_.]+$/
            filter: string
        → event cognitoUserPool: object requires pool, trigger closed
          pool: string /^[\w\s+=,.@-]+$/ length<= 128
          trigger: {"PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration", "CustomMessage", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse", "UserMigration", "CustomSMSSender", "CustomEmailSender"}
          existing: boolean
          forceDeploy: boolean
          kmsKeyId: → awsKmsArn
          lambdaVersion: new string
        → event eventBridge: object any of:
          eventBus: any of:
            |: string length>= 1
            |: string /^arn:/
            |: → awsCfImport
            |: → awsCfRef
            |: object requires Fn::GetAtt closed
              Fn::GetAtt: array items>= 2 items<= 2
                - 0: string length>= 1
                - 1: string {"Name"}
          schedule: string /^(?:cron|rate)\(.+\)$/
          name: string /[a-zA-Z0-9-_.]+/ length>= 1 length<= 64
          description: string length<= 512
          enabled: boolean
          pattern: object closed
            version:
            id:
            detail-type:
            source:
            account:
            time:
            region:
            resources:
            detail:
            $or: array
          input: object
          inputPath: string length>= 1 length<= 256
          inputTransformer: object requires inputTemplate closed
            inputPathsMap: object
              <any>: string length>= 1
            inputTemplate: string length>= 1 length<= 8192
          retryPolicy: object
            maximumEventAge: integer >= 60 <= 86400
            maximumRetryAttempts: integer >= 0 <= 185
          deadLetterQueueArn: → awsArn
          |: requires pattern
          |: requires schedule
        """#
}
