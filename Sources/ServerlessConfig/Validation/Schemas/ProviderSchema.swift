extension SchemaLibrary {
    /// The provider.
    static let provider = #"""
        → provider: object requires name closed
          name: = "aws"
          alb: object closed
            targetGroupPrefix: string length<= 16
            authorizers: object
              <any>: any of:
                |: object requires type, authorizationEndpoint, clientId, issuer, tokenEndpoint, userInfoEndpoint closed
                  type: = "oidc"
                  authorizationEndpoint: string
                  clientId: string
                  clientSecret: string
                  issuer: string
                  tokenEndpoint: string
                  userInfoEndpoint: string
                  onUnauthenticatedRequest: {"allow", "authenticate", "deny"}
                  requestExtraParams: object properties<= 10
                    <any>: string
                  scope: string
                  sessionCookieName: string
                  sessionTimeout: integer >= 0
                |: object requires type, userPoolArn, userPoolClientId, userPoolDomain closed
                  type: = "cognito"
                  userPoolArn: → awsArn
                  userPoolClientId: string
                  userPoolDomain: string
                  onUnauthenticatedRequest: {"allow", "authenticate", "deny"}
                  requestExtraParams: object properties<= 10
                    <any>: string
                  scope: string
                  sessionCookieName: string
                  sessionTimeout: integer >= 0
          apiGateway: object closed
            apiKeys: → awsApiGatewayApiKeys
            apiKeySourceType: any of:
              |: string /^HEADER$/i
              |: string /^AUTHORIZER$/i
            binaryMediaTypes: array
              -: string /^\S+\/\S+$/
            description: string
            disableDefaultEndpoint: boolean
            endpoint: new object closed
              accessMode: {"BASIC", "STRICT", ""}
              securityPolicy: string
              type: any of:
                |: string /^REGIONAL$/i
                |: string /^EDGE$/i
                |: string /^PRIVATE$/i
              vpcEndpointIds: → awsCfArrayInstruction
            timeoutInMillis: new integer >= 50
            metrics: boolean
            minimumCompressionSize: integer >= 0 <= 10485760
            resourcePolicy: → awsResourcePolicyStatements
            restApiId: → awsCfInstruction
            restApiResources: any of:
              |: array
                -: object closed
                  path: string
                  resourceId: string
              |: object
            restApiRootResourceId: → awsCfInstruction
            request: object closed
              schemas: object
                <any>: object requires schema closed
                  schema: object
                  name: string
                  description: string
            shouldStartNameWithService: boolean
            stage: string
            usagePlan: any of:
              |: object closed
                quota: object closed
                  limit: integer >= 0
                  offset: integer >= 0
                  period: {"DAY", "WEEK", "MONTH"}
                throttle: object closed
                  burstLimit: integer >= 0
                  rateLimit: integer >= 0
              |: array
                -: object properties<= 1
                  <any>: object closed
                    quota: object closed
                      limit: integer >= 0
                      offset: integer >= 0
                      period: {"DAY", "WEEK", "MONTH"}
                    throttle: object closed
                      burstLimit: integer >= 0
                      rateLimit: integer >= 0
            websocketApiId: → awsCfInstruction
          apiName: string
          architecture: {"arm64", "x86_64"}
          cfnRole: → awsArn
          cloudFront: object closed
            cachePolicies: object
              <any>: object requires DefaultTTL, MaxTTL, MinTTL, ParametersInCacheKeyAndForwardedToOrigin closed
                Comment: string
                DefaultTTL: integer >= 0
                MaxTTL: integer >= 0
                MinTTL: integer >= 0
                ParametersInCacheKeyAndForwardedToOrigin: object requires CookiesConfig, EnableAcceptEncodingGzip, HeadersConfig, QueryStringsConfig closed
                  CookiesConfig: object requires CookieBehavior closed
                    CookieBehavior: {"none", "whitelist", "allExcept", "all"}
                    Cookies: array
                      -: string
                  EnableAcceptEncodingBrotli: boolean
                  EnableAcceptEncodingGzip: boolean
                  HeadersConfig: object requires HeaderBehavior closed
                    HeaderBehavior: {"none", "whitelist"}
                    Headers: array
                      -: string
                  QueryStringsConfig: object requires QueryStringBehavior closed
                    QueryStringBehavior: {"none", "whitelist", "allExcept", "all"}
                    QueryStrings: array
                      -: string
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
          httpApi: object closed
            authorizers: object
              <any>: one of:
                |: object requires identitySource, issuerUrl, audience closed
                  type: = "jwt"
                  name: string
                  identitySource: → awsCfInstruction
                  issuerUrl: → awsCfInstruction
                  audience: any of:
                    |: → awsCfInstruction
                    |: array
                      -: → awsCfInstruction
                |: object requires type
                  type: = "request"
                  name: string
                  functionName: string
                  functionArn: → awsCfInstruction
                  managedExternally: boolean
                  resultTtlInSeconds: integer >= 0 <= 3600
                  enableSimpleResponses: boolean
                  payloadVersion: string {"1.0", "2.0"}
                  identitySource: any of:
                    |: → awsCfInstruction
                    |: array
                      -: → awsCfInstruction
            cors: any of:
              |: boolean
              |: object closed
                allowCredentials: boolean
                allowedHeaders: array
                  -: string
                allowedMethods: array
                  -: string
                allowedOrigins: array
                  -: string
                exposedResponseHeaders: array
                  -: string
                maxAge: integer >= 0
            id: any of:
              |: string
              |: → awsCfImportLocallyResolvable
            name: string
            description: string
            payload: string
            metrics: boolean
            useProviderTags: = true
            disableDefaultEndpoint: boolean
            shouldStartNameWithService: boolean
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
