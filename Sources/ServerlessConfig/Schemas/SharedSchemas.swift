import LambdaRuntimes

extension ServerlessSchema {
    /// The names of runtimes as a set of an outline.
    private static let lambdaRuntimes =
        "{" + RuntimeCatalog.acceptedNames.map { "\"\($0)\"" }.joined(separator: ", ") + "}"

    /// Policies, settings of functions, and other shared parts.
    static let shared = #"""
        → awsIamPolicyAction: array
          -: string
        → awsIamPolicyPrincipal: any of:
          |: = "*"
          |: object closed
            AWS: any of:
              |: = "*"
              |: → awsCfIf
              |: array
                -: any of:
                  |: string /^\d{12}$/
                  |: → awsArn
            Federated: array
              -: string
            Service: array
              -: string
            CanonicalUser: array
              -: string
        → awsIamPolicyResource: any of:
          |: = "*"
          |: → awsArn
          |: string /^[#A-Za-z0-9-_./]+[*]?$/
          |: array
            -: any of:
              |: = "*"
              |: → awsArn
              |: string /^[#A-Za-z0-9-_./]+[*]?$/
        → awsPolicyStatement: object all of: closed
          Sid: string
          Effect: {"Allow", "Deny"}
          Action: array
            -: string
          NotAction: array
            -: string
          Principal: → awsIamPolicyPrincipal
          NotPrincipal: → awsIamPolicyPrincipal
          Resource:
          NotResource:
          Condition: object
          &: requires Effect
          &: one of:
            |: requires Action
            |: requires NotAction
          &: one of:
            |: requires Resource
            |: requires NotResource
        → awsIamPolicyStatements: array
          -: all of:
            &:
              Resource: → awsIamPolicyResource
              NotResource: → awsIamPolicyResource
            &: → awsPolicyStatement
        → awsKmsArn: any of:
          |: → awsCfFunction
          |: string /^arn:aws[a-z-]*:kms/
        → awsLambdaArchitecture: {"arm64", "x86_64"}
        → awsLambdaEnvironment: object closed
          <^[A-Za-z_][a-zA-Z0-9_]*$>: any of:
            |: = ""
            |: → awsCfInstruction
            |: → awsCfIf
            |: → awsCfSelect
        → awsLambdaLayers: array
          -: → awsArn
        → awsLambdaMemorySize: integer >= 128 <= 10240
        → awsLambdaRole: any of:
          |: string length>= 1
          |: → awsCfSub
          |: → awsCfImport
          |: → awsCfGetAtt
        → awsLambdaRuntime: any of:
          |: \#(lambdaRuntimes)
        → awsLambdaRuntimeManagement: one of:
          |: {"auto", "onFunctionUpdate"}
          |: object closed
            mode: {"auto", "onFunctionUpdate", "manual"}
            arn: → awsArn
        → awsLambdaTimeout: integer >= 1 <= 900
        → awsLambdaTracing: any of:
          |: {"Active", "PassThrough"}
          |: boolean
        → awsLambdaVersioning: boolean
        → awsLambdaVpcConfig: object requires securityGroupIds, subnetIds closed
          ipv6AllowedForDualStack: new boolean
          securityGroupIds: any of:
            |: array items<= 5
              -: → awsVpcItem
            |: → awsCfSplit
            |: → awsCfFindInMap
          subnetIds: any of:
            |: array items<= 16
              -: → awsVpcItem
            |: → awsCfSplit
            |: → awsCfFindInMap
        → awsVpcItem: any of:
          |: → awsCfInstruction
          |: → awsCfIf
        → awsLambdaLogs: object closed
          applicationLogLevel: string {"DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"}
          logFormat: string {"JSON", "Text"}
          logGroup: string /^[.\-_/#A-Za-z0-9]{1,512}$/
          systemLogLevel: string {"DEBUG", "INFO", "WARN"}
        → awsLogDataProtectionPolicy: object requires Name, Version, Statement closed
          Name: string
          Description: string
          Version: string
          Statement: array
        → awsLogGroupName: string /^[/#A-Za-z0-9-_.]+$/
        → awsLogRetentionInDays: number {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 2192, 2557, 2922, 3288, 3653}
        → awsLogicalResourceId: string /^[#A-Za-z0-9-_./]+[*]?$/
        → awsResourceCondition: string
        → awsResourceDependsOn: array
          -: string
        → awsResourcePolicyResource: any of:
          |: = "*"
          |: → awsArn
          |: string /^execute-api://
          |: array
            -: any of:
              |: = "*"
              |: → awsArn
              |: string /^execute-api://
        → awsResourcePolicyStatements: array
          -: all of:
            &:
              Resource: → awsResourcePolicyResource
              NotResource: → awsResourcePolicyResource
            &: → awsPolicyStatement
        → awsResourceTags: object closed
          <^(?!aws:)[\w./=+:\-_\x20]{1,128}$>: string length<= 256
        → awsS3BucketName: string /(?!^(\d{1,3}\.){3}\d{1,3}$)(^(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])$)/ length>= 3 length<= 63
        → awsSecretsManagerArnString: string /arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d+:secret:[A-Za-z0-9/_+=.@-]+/
        → ecrImageUri: string /^\d+\.dkr\.ecr\.[a-z0-9-]+..amazonaws.com\/([^@]+)|([^@:]+@sha256:[a-f0-9]{64})$/
        → errorCode: string /^[A-Z0-9_]+$/
        → filterPatterns: array items>= 1 items<= 10
          -: object
        → functionName: string /^[a-zA-Z0-9-_]+$/
        → serviceName: string /^[a-zA-Z][0-9a-zA-Z-]+$/
        → stage: string /^[a-zA-Z0-9-]+$/
        → awsSecretsManagerArns: array items>= 1
          -: → awsSecretsManagerArnString
        """#
}
