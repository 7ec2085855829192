extension ServerlessSchema {
    /// The rules of `resources` and `layers`.
    static let resources = #"""
        → resources: object closed
          AWSTemplateFormatVersion: string
          Conditions: object
          Description: string
          Mappings: object
          Metadata: object
          Outputs: object
          Parameters: object
          Resources: object closed
            Fn::Transform: object requires Name closed
              Name: string
              Parameters: object
            <^[a-zA-Z0-9]{1,255}$>: object requires Type closed
              Type: string
              Properties: object
              CreationPolicy: object
              DeletionPolicy: string
              DependsOn: array
                -: string
              Metadata: object
              UpdatePolicy: object
              UpdateReplacePolicy: string
              Condition: string
          Transform: array
            -: string
          extensions: object closed
            <^[a-zA-Z0-9]{1,255}$>: object closed
              Properties: object
              CreationPolicy: object
              DeletionPolicy: string
              DependsOn: array
                -: string
              Metadata: object
              UpdatePolicy: object
              UpdateReplacePolicy: string
              Condition: string
        → layer: object closed
          allowedAccounts: array
            -: string /^(\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root)$/
          compatibleArchitectures: array items<= 2
            -: {"arm64", "x86_64"}
          compatibleRuntimes: array items<= 15
            -: → awsLambdaRuntime
          description: string length<= 256
          licenseInfo: string length<= 512
          name: string /^((arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+)$/ length>= 1 length<= 140
          package: object closed
            artifact: string
            exclude: array
              -: string
            include: array
              -: string
            patterns: array
              -: string
          path: string
          retain: boolean
        """#
}
