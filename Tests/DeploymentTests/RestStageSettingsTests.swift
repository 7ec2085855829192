import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import AWSClient
@testable import Deployment

@Suite("The settings of a REST API's stage")
struct RestStageSettingsTests {
    /// Applies the settings of a provider to a stage, and returns what was requested of the API.
    private func requests(
        _ provider: String,
        stage: JSONValue = [:],
        event: String = "http: { path: /, method: get }"
    ) async throws -> [(method: String, path: String, body: JSONValue)] {
        let yaml =
            "service: orders\nprovider: { name: aws\(provider) }\n"
            + "functions: { hello: { handler: app.run, events: [{ \(event) }] } }"
        let fixture = try DeploymentFixture(yaml) { request in
            HTTPResponse(status: 200, body: JSONWriter().bytes(of: request.method == "GET" ? stage : [:]))
        }
        let text =
            "<member><LogicalResourceId>ApiGatewayRestApi</LogicalResourceId><PhysicalResourceId>api1</PhysicalResourceId>"
            + "<ResourceType>AWS::ApiGateway::RestApi</ResourceType></member>"
        let api = StackResource(try XMLReader.parse(Array(text.utf8)))
        try await RestStageSettings(fixture.context).apply(to: try Stack.fixture(), [api])
        return fixture.transport.requests.map { request in
            guard case .bytes(let bytes) = request.body, let json = try? JSONValue(parsing: bytes) else {
                return (request.method, request.address.path, [:])
            }
            return (request.method, request.address.path, json)
        }
    }

    private func patches(_ provider: String, stage: JSONValue = [:]) async throws -> [String] {
        try await requests(provider, stage: stage).filter { $0.method == "PATCH" }
            .flatMap { $0.body["patchOperations"]?.arrayValue ?? [] }
            .map { patch in
                [patch["op"], patch["path"], patch["value"]].compactMap { $0?.stringValue }.joined(separator: " ")
            }
    }

    @Test("are not asked for if nothing is configured, or if there is no REST API")
    func nothing() async throws {
        #expect(try await requests("").isEmpty)
        #expect(try await requests(", tracing: { apiGateway: true }", event: "httpApi: '*'").isEmpty)
    }

    @Test("turn tracing and metrics on and off")
    func flags() async throws {
        #expect(
            try await patches(", tracing: { apiGateway: true }, apiGateway: { metrics: true }")
                == ["replace /tracingEnabled true", "replace /*/*/metrics/enabled true"]
        )
        #expect(
            try await patches(
                ", tracing: { apiGateway: false }, apiGateway: { metrics: false }",
                stage: ["tracingEnabled": true, "methodSettings": ["*/*": ["metricsEnabled": false]]]
            ) == ["replace /tracingEnabled false"]
        )
    }

    @Test("turn logs on with the log group of the service, and off again")
    func logs() async throws {
        let on = try await patches(", logs: { restApi: { level: ERROR, fullExecutionData: false, format: short } }")
        #expect(
            on == [
                "replace /accessLogSettings/destinationArn"
                    + " arn:aws:logs:eu-west-1:1:log-group:/aws/api-gateway/orders-dev",
                "replace /accessLogSettings/format short", "replace /*/*/logging/dataTrace false",
                "replace /*/*/logging/loglevel ERROR",
            ]
        )
        let off = try await patches(
            ", logs: { restApi: false }",
            stage: [
                "accessLogSettings": ["destinationArn": "arn"],
                "methodSettings": ["*/*": ["dataTraceEnabled": true, "loggingLevel": "INFO"]],
            ]
        )
        #expect(
            off == [
                "remove /accessLogSettings", "replace /*/*/logging/dataTrace false",
                "replace /*/*/logging/loglevel OFF",
            ]
        )
    }

    @Test("set missing tags, and remove those that are neither configured nor of the stack or AWS")
    func tags() async throws {
        let requests = try await requests(
            ", stackTags: { team: a, old: x }, tags: { old: new }",
            stage: ["tags": ["team": "a", "STAGE": "dev", "gone": "1", "aws:cloudformation:stack-name": "s"]]
        )
        let put = try #require(requests.first { $0.method == "PUT" })
        #expect(put.body["tags"] == ["old": "new"])
        #expect(requests.contains { $0.method == "DELETE" })
        #expect(put.path.contains("restapis"))
    }

    @Test("are not sent again if the stage has them")
    func equal() async throws {
        let requests = try await requests(
            ", tracing: { apiGateway: true }, tags: { team: a }",
            stage: ["tracingEnabled": true, "tags": ["team": "a"]]
        )
        #expect(requests.map(\.method) == ["GET"])
    }
}
