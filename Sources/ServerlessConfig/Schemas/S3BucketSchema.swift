extension ServerlessSchema {
    /// A bucket of `provider.s3`, after the properties of `AWS::S3::Bucket`.
    static let s3Bucket = #"""
        → s3Bucket: object closed
          accelerateConfiguration: object requires AccelerationStatus closed
            AccelerationStatus: {"Enabled", "Suspended"}
          accessControl: string
          analyticsConfigurations: array
            -: object requires Id, StorageClassAnalysis closed
              Id: string
              Prefix: string
              StorageClassAnalysis: object closed
                DataExport: object requires Destination, OutputSchemaVersion closed
                  Destination: → s3ReportDestination
                  OutputSchemaVersion: = "V_1"
              TagFilters: → s3TagFilters
          bucketEncryption: object requires ServerSideEncryptionConfiguration closed
            ServerSideEncryptionConfiguration: array
              -: object closed
                ServerSideEncryptionByDefault: object requires SSEAlgorithm closed
                  KMSMasterKeyID: any of:
                    |: → awsArn
                    |: string /^[a-f0-9-]+$/
                  SSEAlgorithm: {"AES256", "aws:kms"}
                BucketKeyEnabled: boolean
          bucketName: → awsS3BucketName
          corsConfiguration: object requires CorsRules closed
            CorsRules: array items<= 100
              -: object requires AllowedMethods, AllowedOrigins closed
                AllowedHeaders: array
                  -: string
                AllowedMethods: array
                  -: {"GET", "PUT", "HEAD", "POST", "DELETE"}
                AllowedOrigins: array
                  -: string
                ExposedHeaders: array
                  -: string
                Id: string length<= 255
                MaxAge: integer >= 0
          inventoryConfigurations: array
            -: object requires Destination, Enabled, Id, IncludedObjectVersions, ScheduleFrequency closed
              Destination: → s3ReportDestination
              Enabled: boolean
              Id: string
              IncludedObjectVersions: {"All", "Current"}
              OptionalFields: array
                -: string
              Prefix: string
              ScheduleFrequency: {"Daily", "Weekly"}
          lifecycleConfiguration: object requires Rules closed
            Rules: array
              -: object requires Status any of: closed
                AbortIncompleteMultipartUpload: object requires DaysAfterInitiation closed
                  DaysAfterInitiation: integer >= 0
                ExpirationDate: string format date-time
                ExpirationInDays: any of:
                  |: integer >= 0
                  |: → awsCfFunction
                  |: → awsCfIf
                Id: string length<= 255
                NoncurrentVersionExpirationInDays: integer >= 0
                NoncurrentVersionTransition: object requires StorageClass, TransitionInDays closed
                  StorageClass: {"DEEP_ARCHIVE", "GLACIER", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA"}
                  TransitionInDays: integer >= 0
                NoncurrentVersionTransitions: array
                  -: object requires StorageClass, TransitionInDays closed
                    StorageClass: {"DEEP_ARCHIVE", "GLACIER", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA"}
                    TransitionInDays: integer >= 0
                Prefix: string
                Status: {"Disabled", "Enabled"}
                TagFilters: → s3TagFilters
                Transitions: array
                  -: object requires StorageClass closed
                    StorageClass: {"DEEP_ARCHIVE", "GLACIER", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA"}
                    TransitionDate: string format date-time
                    TransitionInDays: integer >= 1
                |: requires AbortIncompleteMultipartUpload
                |: requires ExpirationDate
                |: requires ExpirationInDays
                |: requires NoncurrentVersionExpirationInDays
                |: requires NoncurrentVersionTransition
                |: requires NoncurrentVersionTransitions
                |: requires Transition
                |: requires Transitions
          loggingConfiguration: object closed
            DestinationBucketName: any of:
              |: → awsS3BucketName
              |: → awsCfFunction
            LogFilePrefix: string
          metricsConfigurations: array
            -: object requires Id closed
              Id: string
              Prefix: string
              TagFilters: → s3TagFilters
          name: → awsS3BucketName
          notificationConfiguration: object closed
            LambdaConfigurations: array
              -: object requires Event, Function closed
                Event: string /^s3:/
                Filter: → s3KeyFilter
                Function: → awsArn
            QueueConfigurations: array
              -: object requires Event, Queue closed
                Event: string /^s3:/
                Filter: → s3KeyFilter
                Queue: → awsArn
            TopicConfigurations: array
              -: object requires Event, Topic closed
                Event: string /^s3:/
                Filter: → s3KeyFilter
                Topic: → awsArn
          objectLockConfiguration: object closed
            ObjectLockEnabled: = "Enabled"
            Rule: object closed
              DefaultRetention: object closed
                Days: integer >= 0
                Mode: {"COMPLIANCE", "GOVERNANCE"}
                Years: integer >= 0
          objectLockEnabled: boolean
          publicAccessBlockConfiguration: object closed
            BlockPublicAcls: boolean
            BlockPublicPolicy: boolean
            IgnorePublicAcls: boolean
            RestrictPublicBuckets: boolean
          replicationConfiguration: object requires Role, Rules closed
            Role: → awsArn
            Rules: array items>= 1 items<= 1000
              -: object requires Destination, Status closed
                DeleteMarkerReplication: object closed
                  Status: {"Disabled", "Enabled"}
                Destination: object requires Bucket closed
                  AccessControlTranslation: object requires Owner closed
                    Owner: = "Destination"
                  Account: string /^\d{12}$/
                  Bucket: → awsArn
                  EncryptionConfiguration: object requires ReplicaKmsKeyID closed
                    ReplicaKmsKeyID: string
                  Metrics: object requires EventThreshold, Status closed
                    EventThreshold: object requires Minutes closed
                      Minutes: integer >= 0
                    Status: {"Disabled", "Enabled"}
                  ReplicationTime: object requires Status, Time closed
                    Status: {"Disabled", "Enabled"}
                    Time: object requires Minutes closed
                      Minutes: integer >= 0
                  StorageClass: {"DEEP_ARCHIVE", "GLACIER", "INTELLIGENT_TIERING", "ONEZONE_IA", "OUTPOSTS", "REDUCED_REDUNDANCY", "STANDARD", "STANDARD_IA"}
                  AccessControlTranslation needs ["Account"]
                Filter: object closed
                  And: object closed
                    Prefix: string
                    TagFilters: → s3TagFilters
                  Prefix: string
                  TagFilter: object requires Key, Value closed
                    Key: string
                    Value: string
                Id: string length<= 255
                Prefix: string
                Priority: integer
                SourceSelectionCriteria: object requires SseKmsEncryptedObjects closed
                  SseKmsEncryptedObjects: object requires Status closed
                    Status: {"Disabled", "Enabled"}
                Status: {"Disabled", "Enabled"}
          tags: → s3TagFilters
          versioningConfiguration: object requires Status closed
            Status: {"Enabled", "Suspended"}
          websiteConfiguration: object closed
            ErrorDocument: string
            IndexDocument: string
            RedirectAllRequestsTo: object requires HostName closed
              HostName: string
              Protocol: {"http", "https"}
            RoutingRules: array
              -: object requires RedirectRule closed
                RedirectRule: object closed
                  HostName: string
                  HttpRedirectCode: string
                  Protocol: {"http", "https"}
                  ReplaceKeyPrefixWith: string
                  ReplaceKeyWith: string
                RoutingRuleCondition: object closed
                  HttpErrorCodeReturnedEquals: string
                  KeyPrefixEquals: string
        → s3KeyFilter: object requires S3Key closed
          S3Key: object requires Rules closed
            Rules: array
              -: object requires Name, Value closed
                Name: {"prefix", "suffix"}
                Value: string
        → s3ReportDestination: object requires BucketArn, Format closed
          BucketAccountId: string /\d{12}/
          BucketArn: → awsArn
          Format: {"CSV", "ORC", "Parquet"}
          Prefix: string
        → s3TagFilters: array
          -: object requires Key, Value closed
            Key: string
            Value: string
        """#
}
