import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// Rules of routes and paths that the recorded templates do not contain.
@Suite struct RouteRuleTests {
    @Test func `the last route '*' of an HTTP API is its default route`() throws {
        let functions: JSONValue = [
            "first": ["handler": "app.first", "events": [["httpApi": "*"]]],
            "second": ["handler": "app.second", "events": [["httpApi": ["path": "*"]], ["httpApi": "GET /a"]]],
            "third": [
                "handler": "app.third", "events": [["httpApi": ["method": "*", "path": "*"]], ["httpApi": "GET /b"]],
            ],
        ]
        var template = Template()
        try HttpApiEvents.compile(.shop(functions: functions), into: &template)
        let routes = template.resources.keys.filter { $0.hasPrefix("HttpApiRoute") }
        #expect(routes == ["HttpApiRouteGetA", "HttpApiRouteDefault", "HttpApiRouteGetB"])
        let route = template.resources["HttpApiRouteDefault"]?["Properties"]
        #expect(route?["RouteKey"] == "$default")
        #expect(route?["Target"] == .join("/", ["integrations", .ref("HttpApiIntegrationThird")]))
        let integrations = template.resources.keys.filter { $0.hasPrefix("HttpApiIntegration") }
        #expect(integrations == ["HttpApiIntegrationSecond", "HttpApiIntegrationThird"])
    }

    @Test(arguments: ["items", "/items", "items/", "/items/"])
    func `a slash at the start or end of a REST path has no effect`(path: String) throws {
        let functions: JSONValue = [
            "list": ["handler": "app.list", "events": [["http": ["path": .string(path), "method": "get"]]]]
        ]
        var template = Template()
        try RestEvents.compile(.shop(functions: functions), into: &template)
        let names = template.resources.keys.filter {
            $0.hasPrefix("ApiGatewayResource") || $0.hasPrefix("ApiGatewayMethod")
        }
        #expect(names == ["ApiGatewayResourceItems", "ApiGatewayMethodItemsGet"])
        #expect(template.resources["ApiGatewayResourceItems"]?["Properties"]?["PathPart"] == "items")
    }

    @Test(arguments: [("/", ""), ("", ""), ("//", ""), ("///", "/"), ("/a//", "a/"), ("a/b", "a/b")])
    func `one slash is removed at each end of a path`(path: String, trimmed: String) {
        #expect(RestEvent.trimmed(path) == trimmed)
    }
}
