extension ServerlessSchema {
    /// The rules of `provider` and its settings for functions.
    static let provider = #"""
        → provider: object requires name closed
          name: = "aws"
          alb: → providerAlb
          apiGateway: → providerApiGateway
          apiName: string
          architecture: {"arm64", "x86_64"}
          cfnRole: → awsArn
          cloudFront: object closed
            cachePolicies: object
              <any>: → cloudFrontCachePolicy
          deploymentBucket: any of:
            |: → awsS3BucketName
            |: object closed
              blockPublicAccess: boolean
              skipPolicySetup: boolean
              maxPreviousDeploymentArtifacts: integer >= 0
              name: → awsS3BucketName
              versioning: boolean
              serverSideEncryption: {"AES256", "aws:kms"}
              sseCustomerAlgorithim: string
              sseCustomerKey: string
              sseCustomerKeyMD5: string
              sseKMSKeyId: string
              tags: → awsResourceTags
          deploymentPrefix: string
          disableRollback: boolean
          endpointType: any of:
            |: string /^REGIONAL$/i
            |: string /^EDGE$/i
            |: string /^PRIVATE$/i
          environment: → awsLambdaEnvironment
          eventBridge: object closed
            useCloudFormation: boolean
          httpApi: → providerHttpApi
          iam: object closed
            role: any of:
              |: → awsLambdaRole
              |: object closed
                name: string /^[A-Za-z0-9/_+=,.@-]{1,64}$/
                path: string /(^\/$)|(^\/[!-\x7f]+\/$)/
                managedPolicies: → awsLambdaLayers
                statements: → awsIamPolicyStatements
                permissionBoundary: → awsArn
                permissionsBoundary: → awsArn
                tags: → awsResourceTags
            deploymentRole: → awsArn
          iamManagedPolicies: → awsLambdaLayers
          iamRoleStatements: → awsIamPolicyStatements
          ecr: object requires images closed
            scanOnPush: boolean
            maxImageCount: new integer >= 1
            images: object
              <^[a-z][a-z0-9-_]{1,31}$>: any of:
                |: object closed
                  uri: → ecrImageUri
                  path: string
                  file: string
                  buildArgs: object
                    <any>: string
                  cacheFrom: array
                    -: string
                  platform: string
                  buildOptions: new array
                    -: string
                  provenance: new string
                |: string
          kmsKeyArn: → awsKmsArn
          lambdaHashingVersion: string {"20200924", "20201221"}
          layers: → awsLambdaLayers
          logRetentionInDays: → awsLogRetentionInDays
          logDataProtectionPolicy: → awsLogDataProtectionPolicy
          logs: object
            frameworkLambda: boolean
            lambda: new → awsLambdaLogs
            httpApi: any of:
              |: boolean
              |: object closed
                format: string
            restApi: any of:
              |: boolean
              |: object closed
                accessLogging: boolean
                executionLogging: boolean
                format: string
                fullExecutionData: boolean
                level: {"INFO", "ERROR"}
                role: → awsArn
                roleManagedExternally: boolean
            websocket: any of:
              |: boolean
              |: object closed
                accessLogging: boolean
                executionLogging: boolean
                format: string
                fullExecutionData: boolean
                level: {"INFO", "ERROR"}
          memorySize: integer >= 128 <= 10240
          notificationArns: array
            -: string /^arn:/
          profile: string
          region: any of:
            |: {"us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-iso-west-1"}
            |: {"us-isob-east-1", "us-west-1", "us-west-2", "us-isob-west-1", "us-isof-east-1"}
            |: {"us-isof-south-1", "af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2"}
            |: {"ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2"}
            |: {"ap-southeast-3", "ap-southeast-4", "ap-east-2", "ap-southeast-5", "ap-southeast-6"}
            |: {"ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1"}
            |: {"eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"}
            |: {"eu-isoe-west-1", "eu-isoe-central-1", "il-central-1", "me-central-1", "me-south-1"}
            |: {"sa-east-1", "mx-central-1", "eusc-de-east-1"}
          role: → awsLambdaRole
          rolePermissionsBoundary: string /^arn:/
          rollbackConfiguration: object closed
            RollbackTriggers: array
              -: object requires Arn, Type closed
                Arn: string /^arn:/
                Type: = "AWS::CloudWatch::Alarm"
            MonitoringTimeInMinutes: integer >= 0
          runtime: → awsLambdaRuntime
          runtimeManagement: → awsLambdaRuntimeManagement
          deploymentMethod: {"changesets", "direct"}
          s3: object
            <any>: → s3Bucket
          stage: string /^[a-zA-Z0-9-]+$/
          stackName: string /^[a-zA-Z][a-zA-Z0-9-]*$/ length<= 128
          stackParameters: array
            -: object closed
              ParameterKey: string
              ParameterValue: string
              UsePreviousValue: boolean
              ResolvedValue: string
          stackPolicy: → awsIamPolicyStatements
          stackTags: → awsResourceTags
          tags: → awsResourceTags
          timeout: integer >= 1 <= 900
          tracing: object closed
            apiGateway: boolean
            lambda: → awsLambdaTracing
          deletionProtection: new any of:
            |: boolean
            |: object requires stages closed
              stages: array items>= 1
                -: → stage
          pruneFunctionVersions: new any of:
            |: boolean
            |: object closed
              number: integer >= 1
          vpc: → awsLambdaVpcConfig
          vpcEndpointIds: → awsCfArrayInstruction
          versionFunctions: boolean
          websocket: object closed
            useProviderTags: boolean
          websocketsApiName: string
          kinesis: object closed
            consumerNamingMode: = "serviceSpecific"
          websocketsApiRouteSelectionExpression: string
          websocketsDescription: string
        """#
}
