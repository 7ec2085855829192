extension ServerlessSchema {
    /// Events of HTTP and WebSocket interfaces.
    static let apiEvents = #"""
        → event http: any of:
          |: string /^(?:\*|(GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY) (\/\S*))$/i
          |: object requires path, method closed
            async: boolean
            authorizer: any of:
              |: string
              |: object closed
                arn: → awsArn
                authorizerId: → awsCfInstruction
                claims: array
                  -: string
                identitySource: string
                identityValidationExpression: string
                managedExternally: boolean
                name: string
                resultTtlInSeconds: integer >= 0 <= 3600
                scopes: array
                  -: any of:
                    |: string
                    |: → awsCfInstruction
                type: any of:
                  |: string /^token$/i
                  |: string /^cognito_user_pools$/i
                  |: string /^request$/i
                  |: string /^aws_iam$/i
                  |: string /^custom$/i
            connectionId: → awsCfInstruction
            connectionType: any of:
              |: string /^vpc-link$/i
              |: string /^VPC_LINK$/i
            cors: any of:
              |: boolean
              |: object closed
                allowCredentials: boolean
                cacheControl: string
                headers: array
                  -: string
                maxAge: integer >= 1
                methods: array
                  -: {"GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE", "ANY"}
                origin: string
                origins: array
                  -: string
            integration: any of:
              |: string /^LAMBDA_PROXY$/i
              |: string /^LAMBDA-PROXY$/i
              |: string /^LAMBDA$/i
              |: string /^AWS$/i
              |: string /^AWS_PROXY$/i
              |: string /^AWS-PROXY$/i
              |: string /^HTTP$/i
              |: string /^HTTP_PROXY$/i
              |: string /^HTTP-PROXY$/i
              |: string /^MOCK$/i
            method: string /^(?:\*|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY)$/i
            operationId: string
            path: string /^(?:\*|\/?\S*)$/
            private: boolean
            request: object closed
              contentHandling: {"CONVERT_TO_BINARY", "CONVERT_TO_TEXT"}
              method: string /^(?:\*|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY)$/i
              parameters: object closed
                querystrings: object
                  <any>: → httpRequestParameter
                headers: object
                  <any>: → httpRequestParameter
                paths: object
                  <any>: → httpRequestParameter
              passThrough: {"NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"}
              schemas: object
                <any>: any of:
                  |: object
                  |: string
              template: object
                <any>: string
              uri: → awsCfInstruction
            timeoutInMillis: new integer >= 50
            response: object closed
              transferMode: new any of:
                |: string /^BUFFERED$/i
                |: string /^STREAM$/i
              contentHandling: {"CONVERT_TO_BINARY", "CONVERT_TO_TEXT"}
              headers: object
                <any>: string
              template: string
              statusCodes: object
                <any>: object closed
                  headers: object
                    <any>: string
                  pattern: string
                  template: any of:
                    |: string
                    |: object
                      <any>: string
                <names>: string /^\d{3}$/
        → event httpApi: any of:
          |: string /^(?:\*|(ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE) (\/\S*))$/i
          |: object requires path closed
            authorizer: any of:
              |: string
              |: object any of: closed
                id: any of:
                  |: string
                  |: → awsCfFunction
                name: string
                scopes: array
                  -: string
                type: string {"request", "jwt", "aws_iam"}
                |: requires id
                |: requires name
                |: requires type
            method: string /^(?:\*|ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE)$/i
            path: string /^(?:\*|\/\S*)$/
        → event websocket: any of:
          |: string
          |: object requires route closed
            route: string
            routeResponseSelectionExpression: = "$default"
            authorizer: any of:
              |: string /^arn:/
              |: string /^[a-zA-Z0-9-_]+$/
              |: object any of: closed
                name: string /^[a-zA-Z0-9-_]+$/
                arn: → awsArn
                identitySource: array
                  -: string
                |: requires name
                |: requires arn
        → event alb: object requires listenerArn, priority, conditions closed
          authorizer: array
            -: string
          conditions: object closed
            header: any of:
              |: array
                -: → albHeader
              |: → albHeader
            host: array
              -: string /^[A-Za-z0-9*?.-]+$/ length<= 128
            ip: array unique
              -: string
            method: array
              -: string /^[A-Z_-]+$/ length<= 40
            path: array
              -: string /^([A-Za-z0-9*?_.$/~"'@:+-]|&amp;)+$/ length<= 128
            query: object
              <any>: string length<= 128
              <names>: string length<= 128
          healthCheck: any of:
            |: boolean
            |: object closed
              healthyThresholdCount: integer >= 2 <= 10
              intervalSeconds: integer >= 5 <= 300
              matcher: object closed
                httpCode: string /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/
              path: string length>= 1 length<= 1024
              timeoutSeconds: integer >= 2 <= 120
              unhealthyThresholdCount: integer >= 2 <= 10
          listenerArn: any of:
            |: → awsAlbListenerArn
            |: → awsCfRef
          multiValueHeaders: boolean
          priority: integer >= 1 <= 50000
          targetGroupName: string /^[a-zA-Z0-9-]+$/ length>= 1 length<= 32
        → event cloudFront: object closed
          behavior: object closed
            AllowedMethods: any of:
              |: array items>= 2 unique
                -: {"GET", "HEAD"}
              |: array items>= 3 unique
                -: {"GET", "HEAD", "OPTIONS"}
              |: array items>= 7 unique
                -: {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
            CachedMethods: any of:
              |: array items>= 2 unique
                -: {"GET", "HEAD"}
              |: array items>= 3 unique
                -: {"GET", "HEAD", "OPTIONS"}
            CachePolicyId: string
            Compress: boolean
            FieldLevelEncryptionId: string
            OriginRequestPolicyId: any of:
              |: string
              |: → awsCfFunction
            ResponseHeadersPolicyId: any of:
              |: string
              |: → awsCfFunction
            SmoothStreaming: boolean
            TrustedSigners: array
              -: string
            ViewerProtocolPolicy: {"allow-all", "redirect-to-https", "https-only"}
            TrustedKeyGroups: array
              -: any of:
                |: string
                |: → awsCfRef
            MaxTTL: number
            MinTTL: number
            DefaultTTL: number
            ForwardedValues: object requires QueryString closed
              Cookies: any of:
                |: object requires Forward closed
                  Forward: {"all", "none"}
                |: object requires Forward, WhitelistedNames closed
                  Forward: = "whitelist"
                  WhitelistedNames: array
                    -: string
              Headers: array
                -: string
              QueryString: boolean
              QueryStringCacheKeys: array
                -: string
          cachePolicy: object one of: closed
            id: → awsCfInstruction
            name: string length>= 1
            |: requires id
            |: requires name
          eventType: {"viewer-request", "origin-request", "origin-response", "viewer-response"}
          isDefaultOrigin: boolean
          includeBody: boolean
          origin: any of:
            |: string format uri
            |: object requires DomainName one of: closed
              ConnectionAttempts: integer >= 1 <= 3
              ConnectionTimeout: integer >= 1 <= 10
              CustomOriginConfig: object requires OriginProtocolPolicy closed
                HTTPPort: integer >= 0 <= 65535
                HTTPSPort: integer >= 0 <= 65535
                OriginKeepaliveTimeout: integer >= 1 <= 60
                OriginProtocolPolicy: {"http-only", "match-viewer", "https-only"}
                OriginReadTimeout: integer >= 1 <= 60
                OriginSSLProtocols: array
                  -: {"SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"}
              DomainName: any of:
                |: string
                |: → awsCfFunction
              OriginAccessControlId: any of:
                |: string
                |: → awsCfFunction
              OriginCustomHeaders: array
                -: object requires HeaderName, HeaderValue closed
                  HeaderName: string
                  HeaderValue: string
              OriginPath: string
              S3OriginConfig: object closed
                OriginAccessIdentity: any of:
                  |: string /^origin-access-identity/cloudfront/.+/
                  |: → awsCfFunction
              |: requires CustomOriginConfig
              |: requires S3OriginConfig
          pathPattern: string /^([A-Za-z0-9_.*?$/~"'@:+-]|&amp;)+$/
        → httpRequestParameter: any of:
          |: boolean
          |: object closed
            required: boolean
            mappedValue: → awsCfInstruction
        → albHeader: object requires name, values closed
          name: string length<= 40
          values: array unique
            -: string length<= 128
        """#
}
