import ConfigurationFormats
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

@Suite struct ResourceOriginTests {
    @Test(arguments: RecordedTemplate.all)
    func `every resource of a stack has an origin`(_ recorded: RecordedTemplate) throws {
        let templates = try recorded.templates()
        let logicalIDs = templates.update["Resources"]?.objectValue?.keys ?? []
        #expect(logicalIDs.filter { templates.origins[$0] == nil } == [])
        #expect(Set(templates.origins.keys).subtracting(logicalIDs) == [])
    }

    private static let yaml = """
        service: shop
        provider:
          name: aws
          runtime: python3.13
          httpApi:
            authorizers:
              team: {type: jwt, issuerUrl: https://example.org, audience: [shop]}
          apiGateway: {apiKeys: [partners]}
          logs: {restApi: true}
        layers:
          tools: {path: tools, retain: true, allowedAccounts: ['*']}
        functions:
          orders:
            handler: app.run
            url: true
            events:
              - http: GET /orders
              - http: {method: post, path: 'orders/{id}', cors: true}
              - httpApi: {method: get, path: /orders, authorizer: {name: team}}
              - schedule: rate(1 day)
              - schedule: {rate: rate(2 days)}
          mails:
            handler: app.run
            provisionedConcurrency: 1
            events:
              - sqs: arn:aws:sqs:us-east-1:123456789012:jobs
              - stream: arn:aws:kinesis:us-east-1:123456789012:stream/clicks
              - s3: {bucket: letters, existing: true}
              - s3: photos
              - sns: alarms
              - websocket: $connect
              - eventBridge: {eventBus: shop, schedule: rate(1 hour)}
              - cognitoUserPool: {pool: people, trigger: PreSignUp}
          edge:
            handler: app.run
            events:
              - cloudFront: {eventType: viewer-request, origin: https://example.org}
        resources:
          Resources:
            Queue: {Type: AWS::SQS::Queue}
            S3BucketPhotos: {Properties: {VersioningConfiguration: {Status: Enabled}}}
        """

    private static let cases: [(prefix: String, line: Int, part: ResourceOrigin.Part)] = [
        ("ServerlessDeploymentBucket", 2, .provider),
        ("IamRoleLambdaExecution", 2, .provider),
        ("ToolsLambdaLayer", 11, .layer("tools")),
        ("ToolsWildLambdaLayerPermission", 11, .layer("tools")),
        ("OrdersLogGroup", 13, .function("orders")),
        ("OrdersLambdaFunction", 13, .function("orders")),
        ("OrdersLambdaFunctionUrl", 13, .function("orders")),
        ("OrdersLambdaVersion", 13, .function("orders")),
        ("MailsLambdaVersion", 22, .function("mails")),
        ("MailsProvConcLambdaAlias", 22, .function("mails")),
        ("ApiGatewayRestApi", 17, .event(source: "http", function: "orders")),
        ("ApiGatewayResourceOrders", 17, .event(source: "http", function: "orders")),
        ("ApiGatewayResourceOrdersIdVar", 18, .event(source: "http", function: "orders")),
        ("ApiGatewayMethodOrdersGet", 17, .event(source: "http", function: "orders")),
        ("ApiGatewayMethodOrdersIdVarPost", 18, .event(source: "http", function: "orders")),
        ("ApiGatewayMethodOrdersIdVarOptions", 18, .event(source: "http", function: "orders")),
        ("ApiGatewayDeployment", 17, .event(source: "http", function: "orders")),
        ("ApiGatewayApiKey1", 8, .provider),
        ("ApiGatewayLogGroup", 9, .provider),
        ("OrdersLambdaPermissionApiGateway", 17, .event(source: "http", function: "orders")),
        ("HttpApi", 19, .event(source: "httpApi", function: "orders")),
        ("HttpApiAuthorizerTeam", 7, .provider),
        ("HttpApiRouteGetOrders", 19, .event(source: "httpApi", function: "orders")),
        ("OrdersEventsRuleSchedule1", 20, .event(source: "schedule", function: "orders")),
        ("OrdersLambdaPermissionEventsRuleSchedule2", 21, .event(source: "schedule", function: "orders")),
        ("MailsEventSourceMappingSQSJobs", 26, .event(source: "sqs", function: "mails")),
        ("MailsEventSourceMappingKinesisClicks", 27, .event(source: "stream", function: "mails")),
        ("MailsCustomS31", 28, .event(source: "s3", function: "mails")),
        ("CustomDashresourceDashexistingDashs3LambdaFunction", 28, .event(source: "s3", function: "mails")),
        ("S3BucketPhotos", 29, .event(source: "s3", function: "mails")),
        ("MailsLambdaPermissionPhotosS3", 29, .event(source: "s3", function: "mails")),
        ("SNSTopicAlarms", 30, .event(source: "sns", function: "mails")),
        ("WebsocketsApi", 31, .event(source: "websocket", function: "mails")),
        ("SconnectWebsocketsRoute", 31, .event(source: "websocket", function: "mails")),
        ("ShopEventBridgeEventBus", 32, .event(source: "eventBridge", function: "mails")),
        ("CognitoUserPoolPeople", 33, .event(source: "cognitoUserPool", function: "mails")),
        ("CloudFrontDistribution", 37, .event(source: "cloudFront", function: "edge")),
        ("EdgeLambdaFunctionInvokePermission", 37, .event(source: "cloudFront", function: "edge")),
        ("Queue", 40, .userResource),
    ]

    @Test func `the origin of a resource is a line of the configuration`() throws {
        let root = try #require(try ConfigurationText.yaml(Array(Self.yaml.utf8), file: "serverless.yml"))
        let context = CompileContext(service: Service(root: root, directory: "/service"), artifactDirectory: .shop)
        let origins = try TemplateCompiler.templates(of: context).origins
        for (name, line, part) in Self.cases {
            // Some logical IDs end in a hash or a time.
            let found = origins.filter { $0.key == name }.first ?? origins.filter { $0.key.hasPrefix(name) }.first
            #expect(found?.value.part == part, "\(name)")
            #expect(found?.value.place?.line == line, "\(name)")
        }
    }
}
