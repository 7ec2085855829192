extension ServerlessSchema {
    /// The outermost properties of a configuration.
    static let service = #"""
        → service: object requires provider, service closed
          configValidationMode: {"error", "warn", "off"}
          console: any of:
            |: boolean
            |: object
          custom: object
            enterprise: object closed
              collectApiGatewayLogs: boolean
              collectLambdaLogs: boolean
              compressLogs: boolean
              disableAwsSpans: boolean
              disableFrameworksInstrumentation: boolean
              disableHttpSpans: boolean
              logAccessIamRole: string /^arn:/
              logIngestMode: {"push", "pull"}
              disableWrapping: boolean
              disableMonitoringSetup: boolean
          dashboard: object closed
            disableMonitoring: boolean
          deprecationNotificationMode: {"error", "warn", "warn:summary"}
          disabledDeprecations: any of:
            |: = "*"
            |: array
              -: string /^[A-Z0-9_]+$/
          frameworkVersion: string
          functions: object closed
            <^[a-zA-Z0-9-_]+$>: → function
          package: object closed
            artifact: string
            exclude: array
              -: string
            excludeDevDependencies: boolean
            include: array
              -: string
            individually: boolean
            path: string
            patterns: array
              -: string
          params: object closed
            <^[a-zA-Z0-9-]+$>: object
          plugins: any of:
            |: object requires modules closed
              localPath: string
              modules: array
                -: string
            |: array
              -: string
          projectDir: string /^(\.\/?|(\.\/)?\.\.(\/\.\.)*\/?)$/
          provider: → provider
          service: string /^[a-zA-Z][0-9a-zA-Z-]+$/
          useDotenv: = true
          variablesResolutionMode: string {"20210219", "20210326"}
          resources: → resources
          layers: object
            <any>: → layer
          org: string /^[a-z0-9]{5,39}$/
          app: string /^[a-z0-9][a-z0-9-]{1,37}[a-z0-9]$/
          outputs: object
            <any>: any of:
              |: string
              |: number
              |: boolean
              |: array
              |: object
        """#
}
