import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The WebSocket API of a service.
struct WebSocketApi {
    /// The logical ID of the API if it is in this stack.
    static let logicalID = "WebsocketsApi"
    private static let stageID = "WebsocketsDeploymentStage"

    /// The ID of an existing API.
    let externalID: TemplateValue?
    private let context: CompileContext
    private var provider: ConfigurationValue { context.service.provider }

    init(_ context: CompileContext) {
        self.context = context
        externalID = context.service.provider[path: "apiGateway", "websocketApiId"]?.truthyJSON
    }

    /// The ID of the API, or a reference to it.
    var id: TemplateValue { externalID ?? .ref(Self.logicalID) }

    /// The logical ID that resources of the API depend on, or `nil` if it is not in this stack.
    var dependency: String? { id["Ref"]?.stringValue }

    private var description: TemplateValue { provider["websocketsDescription"]?.truthyJSON ?? "Serverless Websockets" }

    /// Adds the API, and allows functions to send messages to its connections.
    func add(into template: inout Template) {
        let service = context.service
        let usesTags = provider[path: "websocket", "useProviderTags"]?.isTruthy == true
        template.merge(
            Self.logicalID,
            [
                "Type": "AWS::ApiGatewayV2::Api",
                "Properties": .object(of: [
                    "Name": provider["websocketsApiName"]?.truthyJSON
                        ?? .string("\(service.stage)-\(service.name)-websockets"),
                    "RouteSelectionExpression": provider["websocketsApiRouteSelectionExpression"]?.truthyJSON
                        ?? "$request.body.action",
                    "Description": description,
                    "ProtocolType": "WEBSOCKET",
                    "Tags": usesTags ? provider["tags"]?.truthyJSON : nil,
                ]),
            ]
        )
        template.addRoleStatements([
            [
                "Effect": "Allow",
                "Action": ["execute-api:ManageConnections"],
                "Resource": [.sub("arn:${AWS::Partition}:execute-api:*:*:*/@connections/*")],
            ]
        ])
    }

    /// Adds the stage, with its logs.
    func addStage(into template: inout Template) throws(DiagnosticError) {
        var properties: OrderedMap<TemplateValue> = [
            "ApiId": id, "StageName": .string(context.service.stage), "Description": description,
        ]
        if let logs = provider[path: "logs", "websocket"], logs.isTruthy {
            properties["DefaultRouteSettings"] = [
                "DataTraceEnabled": logs["fullExecutionData"]?.json ?? true, "LoggingLevel": try level(logs),
            ]
            if logs["accessLogging"]?.isTruthy ?? true {
                properties["AccessLogSettings"] = [
                    "DestinationArn": .sub(
                        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${WebsocketsLogGroup}"
                    ),
                    "Format": logs["format"]?.truthyJSON ?? Self.standardLogFormat,
                ]
            }
            let name = "/aws/websocket/\(context.service.name)-\(context.service.stage)"
            template.resources["WebsocketsLogGroup"] = Gateway.logGroup(name, context)
            Gateway.ensureLogRole(context, into: &template)
        }
        template.resources[Self.stageID] = ["Type": "AWS::ApiGatewayV2::Stage", "Properties": .object(properties)]
    }

    private func level(_ logs: ConfigurationValue) throws(DiagnosticError) -> TemplateValue {
        guard logs["executionLogging"]?.isTruthy ?? true else { return "OFF" }
        guard let level = logs["level"], level.isTruthy else { return "INFO" }
        guard ["INFO", "ERROR"].contains(level.string ?? "") else {
            throw DiagnosticError(
                .invalidValue,
                "invalid value '\(level.json.text)' of 'provider.logs.websocket.level'",
                at: level.place,
                help: ["use INFO or ERROR"]
            )
        }
        return level.json
    }

    private static let standardLogFormat: TemplateValue = .string(
        "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "
            + "\"$context.eventType $context.routeKey $context.connectionId\" $context.requestId"
    )

    /// Adds the deployment, whose logical ID changes with the API, so that a change is deployed.
    func addDeployment(of routes: [WebSocketRoute], into template: inout Template) {
        let dependencies = routes.flatMap { ($0.selectsResponse ? [$0.responseID] : []) + [$0.logicalID] }
        let parts = template.resources.filter { name, resource in
            name == Self.logicalID || resource["Properties"]?["ApiId"]?["Ref"]?.stringValue == Self.logicalID
                || resource["DependsOn"]?.arrayValue?.contains(.string(Self.logicalID)) == true
        }
        let digest = SHA256.digest(of: JSONWriter().text(of: .object(OrderedMap(parts.map { ($0.key, $0.value) }))))
        let deploymentID = "WebsocketsDeployment" + Naming.alphanumeric(digest.base64)
        template.resources[deploymentID] = [
            "Type": "AWS::ApiGatewayV2::Deployment",
            "DependsOn": .array(dependencies.map { .string($0) }),
            "Properties": .object(of: [
                "ApiId": id, "Description": description,
                "StageName": externalID == nil ? nil : .string(context.service.stage),
            ]),
        ]
        template.outputs["ServiceEndpointWebsocket"] = [
            "Description": "URL of the service endpoint",
            "Value": Gateway.url("wss", id, "/\(context.service.stage)"),
        ]
        if template.resources[Self.stageID] != nil {
            template.resources[Self.stageID]?["Properties"]?["DeploymentId"] = .ref(deploymentID)
        }
    }
}
