extension ServerlessSchema {
    /// ARNs, calls of intrinsic functions, and other shared parts.
    static let intrinsics = #"""
        → awsAccountId: string /^\d{12}$/
        → awsAlbListenerArn: string /^arn:aws[\w-]*:elasticloadbalancing:.+:listener\/app\/[\w-]+\/([\w-]+)\/([\w-]+)$/
        → awsAlexaEventToken: string /^[a-zA-Z0-9._\-]+$/ length>= 0 length<= 256
        → awsApiGatewayAbbreviatedArn: string /^execute-api://
        → awsApiGatewayApiKeys: array
          -: any of:
            |: string
            |: → awsApiGatewayApiKeysProperties
            |: object properties<= 1
              <any>: array
                -: one of:
                  |: string
                  |: → awsApiGatewayApiKeysProperties
        → awsApiGatewayApiKeysProperties: object closed
          name: string
          value: string
          description: string
          customerId: string
          enabled: boolean
        → awsArn: any of:
          |: string /^arn:/
          |: → awsCfFunction
        → awsArnString: string /^arn:/
        → awsCfArrayInstruction: any of:
          |: array
            -: → awsCfInstruction
          |: → awsCfSplit
        → awsCfBase64: object
          Fn::Base64:
        → awsCfFindInMap: object requires Fn::FindInMap closed
          Fn::FindInMap: array items>= 3 items<= 3
            -: one of:
              |: string
              |: → awsCfFunction
        → awsCfFunction: any of:
          |: → awsCfImport
          |: → awsCfJoin
          |: → awsCfGetAtt
          |: → awsCfRef
          |: → awsCfSub
          |: object
            Fn::Base64:
          |: → awsCfToJsonString
        → awsCfGetAZs: object requires Fn::GetAZs closed
          Fn::GetAZs: one of:
            |: string length>= 1
            |: → awsCfRef
        → awsCfGetAtt: object requires Fn::GetAtt closed
          Fn::GetAtt: array items>= 2 items<= 2
            -: string length>= 1
        → awsCfIf: object requires Fn::If closed
          Fn::If: array items>= 3 items<= 3
            -: → awsCfInstruction
        → awsCfImport: object requires Fn::ImportValue closed
          Fn::ImportValue:
        → awsCfImportLocallyResolvable: object requires Fn::ImportValue closed
          Fn::ImportValue: string
        → awsCfInstruction: any of:
          |: string length>= 1
          |: → awsCfFunction
        → awsCfJoin: object requires Fn::Join closed
          Fn::Join: array items>= 2 items<= 2
            - 0: string
            - 1: array
        → awsCfRef: object requires Ref closed
          Ref: string length>= 1
        → awsCfSelect: object requires Fn::Select closed
          Fn::Select: array items>= 2 items<= 2
            -: any of:
              |: number
              |: string
              |: array
              |: → awsCfFindInMap
              |: → awsCfGetAtt
              |: → awsCfGetAZs
              |: → awsCfIf
              |: → awsCfSplit
              |: → awsCfRef
        → awsCfSplit: object requires Fn::Split closed
          Fn::Split: array items>= 2 items<= 2
            -: one of:
              |: string
              |: → awsCfFunction
        → awsCfSub: object requires Fn::Sub closed
          Fn::Sub:
        → awsCfToJsonString: object requires Fn::ToJsonString closed
          Fn::ToJsonString: any of:
            |: object
            |: array
        → awsHttpApiPayload: string {"1.0", "2.0"}
        """#
}
