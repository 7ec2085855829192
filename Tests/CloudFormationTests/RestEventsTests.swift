import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

@Suite struct RestEventsTests {
    /// The resources that events `http` of one function make.
    private func resources(
        _ events: [JSONValue],
        provider: OrderedMap<JSONValue> = [:]
    ) throws -> OrderedMap<TemplateValue> {
        try template(events, provider: provider).resources
    }

    private func template(_ events: [JSONValue], provider: OrderedMap<JSONValue> = [:]) throws -> Template {
        let functions: JSONValue = [
            "list": ["handler": "app.list", "events": .array(events.map { ["http": $0] })],
            "check": ["handler": "app.check"],
        ]
        var template = Template()
        try RestEvents.compile(.shop(functions: functions, provider: provider), into: &template)
        return template
    }

    private func method(_ event: OrderedMap<JSONValue>) throws -> TemplateValue {
        var event = event
        event["path"] = event["path"] ?? "items"
        event["method"] = event["method"] ?? "get"
        let id = RestNaming.methodID(event["path"]?.stringValue ?? "", event["method"]?.stringValue ?? "")
        return try #require(try resources([.object(event)])[id]?["Properties"])
    }

    @Test(arguments: [("strict", "STRICT"), ("BASIC", "BASIC"), ("", "")])
    func `the access mode is in upper case`(mode: JSONValue, written: TemplateValue) throws {
        let made = try resources(["GET /a"], provider: ["apiGateway": ["endpoint": ["accessMode": mode]]])
        #expect(made["ApiGatewayRestApi"]?["Properties"]?["EndpointAccessMode"] == written)
    }

    @Test func `each segment of a path becomes one resource`() throws {
        let made = try resources(["GET /a/b", "POST /a/b/{c}", "GET /"])
        #expect(
            made.keys.filter { $0.hasPrefix("ApiGatewayResource") }
                == ["ApiGatewayResourceA", "ApiGatewayResourceAB", "ApiGatewayResourceABCVar"]
        )
        #expect(made["ApiGatewayResourceAB"]?["Properties"]?["ParentId"] == .ref("ApiGatewayResourceA"))
        let root = made["ApiGatewayMethodGet"]?["Properties"]?["ResourceId"]
        #expect(root == .getAtt("ApiGatewayRestApi", "RootResourceId"))
    }

    @Test(
        arguments: [
            (nil, "AWS_PROXY"), ("lambda", "AWS"), ("LAMBDA-PROXY", "AWS_PROXY"), ("aws_proxy", "AWS_PROXY"),
            ("mock", "MOCK"), ("http-proxy", "HTTP_PROXY"), ("HTTP", "HTTP"),
        ] as [(String?, String)]
    )
    func `an integration can be spelled in several ways`(text: String?, type: String) throws {
        var event: OrderedMap<JSONValue> = ["request": ["uri": "https://example.org"]]
        event["integration"] = text.map { .string($0) }
        if type == "HTTP" { event["response"] = [:] }
        #expect(try method(event)["Integration"]?["Type"] == .string(type))
    }

    @Test func `an asynchronous event maps requests and does not wait for the function`() throws {
        let integration = try #require(try method(["async": true])["Integration"])
        #expect(integration["Type"] == "AWS")
        #expect(
            integration["RequestParameters"] == ["integration.request.header.X-Amz-Invocation-Type": "'Event'"]
        )
        #expect(integration["IntegrationResponses"]?.arrayValue?.count == 9)
    }

    @Test func `mapping templates contain the claims of a user pool`() throws {
        let integration = try method([
            "integration": "lambda",
            "authorizer": [
                "arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a", "name": "pool",
                "claims": ["email", "custom:team"],
            ],
        ])["Integration"]
        let text = try #require(integration?["RequestTemplates"]?["application/json"]?.stringValue)
        #expect(text.contains("\"email\": \"$context.authorizer.claims.email\","))
        #expect(text.contains("\"team\": \"$context.authorizer.claims['custom:team']\","))
        #expect(!text.contains(RestMappingTemplates.claimsMark))
    }

    @Test func `statuses without a default one get 200, in numerical order`() throws {
        let responses = try method([
            "integration": "lambda", "response": ["statusCodes": ["404": ["pattern": "x"], "201": ["pattern": "y"]]],
        ])["Integration"]?["IntegrationResponses"]?
        .arrayValue
        #expect(responses?.compactMap { $0["StatusCode"]?.stringValue } == ["200", "201", "404"])
        #expect(responses?.compactMap { $0["SelectionPattern"]?.stringValue } == ["", "y", "x"])
    }

    @Test func `streamed responses use another URI`() throws {
        let integration = try #require(try method(["response": ["transferMode": "stream"]])["Integration"])
        #expect(integration["ResponseTransferMode"] == "STREAM")
        let parts = integration["Uri"]?["Fn::Join"]?.arrayValue?.last?.arrayValue
        #expect(parts?.last == "/response-streaming-invocations")
    }

    @Test func `settings without effect cause a warning`() throws {
        let warnings = try template([
            [
                "path": "a", "method": "get", "request": ["passThrough": "NEVER", "parameters": [:]],
                "response": ["headers": [:], "transferMode": "STREAM"],
            ]
        ])
        .warnings
        #expect(warnings.map(\.code) == [.ineffectiveProperty, .ineffectiveProperty])
    }

    @Test func `the CORS settings of two methods with the same path are merged`() throws {
        let made = try resources([
            ["path": "a", "method": "get", "cors": ["origin": "https://one.example", "maxAge": 60]],
            ["path": "a", "method": "post", "cors": ["origin": "https://two.example", "allowCredentials": true]],
        ])
        let integration = made["ApiGatewayMethodAOptions"]?["Properties"]?["Integration"]
        let headers = integration?["IntegrationResponses"]?.arrayValue?.first?["ResponseParameters"]
        #expect(headers?["method.response.header.Access-Control-Allow-Methods"] == "'OPTIONS,POST,GET'")
        #expect(headers?["method.response.header.Access-Control-Allow-Origin"] == "'https://two.example'")
        #expect(headers?["method.response.header.Access-Control-Max-Age"] == "'60'")
        #expect(headers?["method.response.header.Access-Control-Allow-Credentials"] == "'true'")
    }

    @Test(
        arguments: [
            (["integration": "http-proxy"], .missingProperty), (["authorizer": "chck"], .unknownFunction),
            (["authorizer": ["arn": ["Ref": "Pool"]]], .missingProperty), (["authorizer": [:]], .missingProperty),
            (["integration": "http", "request": ["uri": "https://example.org"]], .missingProperty),
            (["integration": "lambda", "response": ["transferMode": "STREAM"]], .unsupportedCombination),
            (["response": ["transferMode": "slow"]], .invalidValue),
            (
                [
                    "integration": "http-proxy", "connectionType": "vpc-link",
                    "request": ["uri": "https://example.org"],
                ], .missingProperty
            ),
        ] as [(JSONValue, DiagnosticCode)]
    )
    func `an event with missing or unsupported settings is an error`(event: JSONValue, code: DiagnosticCode) throws {
        var event = event
        event["path"] = "a"
        event["method"] = "get"
        let error = #expect(throws: DiagnosticError.self) { try resources([event]) }
        #expect(error?.diagnostics.map(\.code) == [code])
    }

    @Test func `resources of a shared API are below those with IDs in the configuration`() throws {
        let made = try resources(
            ["GET /users/{id}/posts", "GET /other"],
            provider: [
                "apiGateway": [
                    "restApiId": "api1", "restApiRootResourceId": "root1",
                    "restApiResources": ["/users": "users1"],
                ]
            ]
        )
        #expect(made["ApiGatewayRestApi"] == nil)
        #expect(made["ApiGatewayResourceUsers"] == nil)
        #expect(made["ApiGatewayResourceUsersIdVar"]?["Properties"]?["ParentId"] == "users1")
        #expect(made["ApiGatewayResourceOther"]?["Properties"]?["ParentId"] == "root1")
    }

    @Test func `a missing ID of a parent resource in a shared API is an error`() throws {
        let apiGateway: JSONValue = [
            "restApiId": "api1", "restApiRootResourceId": "root1", "restApiResources": ["users/admins": "admins1"],
        ]
        let error = #expect(throws: DiagnosticError.self) {
            try resources(["GET /users", "GET /other"], provider: ["apiGateway": apiGateway])
        }
        #expect(error?.description.contains("'users'") == true)
    }

    @Test func `the keys of a usage plan are numbered per plan`() throws {
        let made = try resources(
            ["GET /a"],
            provider: [
                "apiGateway": [
                    "apiKeys": [["free": ["one", "two"]], ["paid": ["three"]]],
                    "usagePlan": [["free": ["quota": ["limit": 5]]], ["paid": ["throttle": [:]]]],
                ]
            ]
        )
        #expect(made["ApiGatewayApiKeyFree2"]?["Properties"]?["Name"] == "two")
        #expect(made["ApiGatewayUsagePlanKeyPaid1"]?["Properties"]?["UsagePlanId"] == .ref("ApiGatewayUsagePlanPaid"))
        #expect(made["ApiGatewayUsagePlanFree"]?["Properties"]?["Quota"] == ["Limit": 5])
        #expect(made["ApiGatewayUsagePlanPaid"]?["Properties"]?["Throttle"] == nil)
    }

    @Test func `the logical ID of the deployment depends on the time`() throws {
        let made = try resources(["GET /a"])
        #expect(made["ApiGatewayDeployment1700000000000"]?["DependsOn"] == ["ApiGatewayMethodAGet"])
    }
}
