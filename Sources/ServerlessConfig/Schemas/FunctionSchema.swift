extension ServerlessSchema {
    /// A function, but for its events.
    static let function = #"""
        → function: object closed
          name: string
          events: array
            -: → event
          architecture: {"arm64", "x86_64"}
          awsKmsKeyArn: → awsKmsArn
          condition: string
          dependsOn: array
            -: string
          description: string length<= 256
          destinations: object closed
            onSuccess: → functionDestination
            onFailure: → functionDestination
          disableLogs: boolean
          environment: → awsLambdaEnvironment
          ephemeralStorageSize: integer >= 512 <= 10240
          fileSystemConfig: object requires localMountPath, arn closed
            arn: any of:
              |: string /^arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-[1-9]{1}:[0-9]{12}:access-point/fsap-[a-f0-9]{17}$/
              |: → awsCfGetAtt
              |: → awsCfJoin
              |: → awsCfImport
            localMountPath: string /^/mnt/[a-zA-Z0-9-_.]+$/
          handler: string
          image: any of:
            |: → ecrImageUri
            |: string /^[a-z][a-z0-9-_]{1,31}$/
            |: object closed
              name: string /^[a-z][a-z0-9-_]{1,31}$/
              uri: → ecrImageUri
              workingDirectory: string
              command: array
                -: string
              entryPoint: array
                -: string
          kmsKeyArn: → awsKmsArn
          snapStart: boolean
          layers: → awsLambdaLayers
          logRetentionInDays: → awsLogRetentionInDays
          logDataProtectionPolicy: → awsLogDataProtectionPolicy
          maximumEventAge: integer >= 60 <= 21600
          maximumRetryAttempts: integer >= 0 <= 2
          memorySize: integer >= 128 <= 10240
          onError: any of:
            |: string /^arn:aws[a-z-]*:sns/
            |: → awsCfFunction
          package: object closed
            artifact: string
            exclude: array
              -: string
            include: array
              -: string
            individually: boolean
            patterns: array
              -: string
          provisionedConcurrency: any of:
            |: integer >= 0
            |: → awsCfFunction
            |: → awsCfIf
          reservedConcurrency: any of:
            |: integer >= 0
            |: → awsCfFunction
            |: → awsCfIf
          role: → awsLambdaRole
          runtime: → awsLambdaRuntime
          runtimeManagement: → awsLambdaRuntimeManagement
          tags: → awsResourceTags
          timeout: integer >= 1 <= 900
          tracing: → awsLambdaTracing
          url: any of:
            |: boolean
            |: object closed
              authorizer: string {"aws_iam"}
              cors: any of:
                |: boolean
                |: object closed
                  allowCredentials: boolean
                  allowedHeaders: array items>= 1 items<= 100
                    -: string
                  allowedMethods: array items>= 1 items<= 6
                    -: string
                  allowedOrigins: array items>= 1 items<= 100
                    -: string
                  exposedResponseHeaders: array items>= 1 items<= 100
                    -: string
                  maxAge: integer >= 0
              invokeMode: string {"BUFFERED", "RESPONSE_STREAM"}
          versionFunction: boolean
          vpc: any of:
            |: = false
            |: → awsLambdaVpcConfig
          durableConfig: new object requires executionTimeout closed
            executionTimeout: integer >= 1 <= 31622400
            retentionPeriodInDays: integer >= 1 <= 90
          logs: new → awsLambdaLogs
          recursiveLoop: new {"Allow", "Terminate"}
          httpApi: object closed
            payload: string {"1.0", "2.0"}
          module: string
          vendor: string
        → functionDestination: any of:
          |: string length>= 1
          |: object requires arn, type closed
            arn: → awsCfFunction
            type: {"function", "sns", "sqs", "eventBus"}
        """#
}
