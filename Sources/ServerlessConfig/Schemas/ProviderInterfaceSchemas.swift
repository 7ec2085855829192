extension ServerlessSchema {
    /// What the provider says of the interfaces by which functions are called.
    static let providerInterfaces = #"""
        → providerAlb: object closed
          targetGroupPrefix: string length<= 16
          authorizers: object
            <any>: any of:
              |: object requires type, authorizationEndpoint, clientId, issuer, tokenEndpoint, userInfoEndpoint closed
                type: = "oidc"
                authorizationEndpoint: string format uri
                clientId: string
                clientSecret: string
                issuer: string format uri
                tokenEndpoint: string format uri
                userInfoEndpoint: string format uri
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
        → providerApiGateway: object closed
          apiKeys: → awsApiGatewayApiKeys
          apiKeySourceType: any of:
            |: string /^HEADER$/i
            |: string /^AUTHORIZER$/i
          binaryMediaTypes: array
            -: string /^\S+\/\S+$/
          description: string
          disableDefaultEndpoint: boolean
          endpoint: new object closed
            accessMode: any of:
              |: string /^BASIC$/i
              |: string /^STRICT$/i
              |: = ""
            securityPolicy: string
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
              quota: → apiQuota
              throttle: → apiThrottle
            |: array
              -: object properties<= 1
                <any>: object closed
                  quota: → apiQuota
                  throttle: → apiThrottle
          websocketApiId: → awsCfInstruction
        → providerHttpApi: object closed
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
        → apiQuota: object closed
          limit: integer >= 0
          offset: integer >= 0
          period: {"DAY", "WEEK", "MONTH"}
        → apiThrottle: object closed
          burstLimit: integer >= 0
          rateLimit: integer >= 0
        → cloudFrontCachePolicy: object requires DefaultTTL, MaxTTL, MinTTL, ParametersInCacheKeyAndForwardedToOrigin closed
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
        """#
}
