import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `httpApi` events: an HTTP API with a route for each event (`AWS::ApiGatewayV2`).
enum HttpApiEvents: ResourceFamily {
    static let sources: Set<String> = ["httpApi"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let api = try HttpApi(context)
        guard !api.routes.isEmpty else { return }
        if api.externalID == nil {
            addAPI(api, context, into: &template)
            addStage(api, context, into: &template)
        }
        for (key, authorizer) in api.authorizers {
            template.begin(.provider(of: context.service, "httpApi", "authorizers", key))
            authorizer.add(api, into: &template)
        }
        for route in api.routes {
            template.begin(route.origin)
            add(route, api, context, into: &template)
        }
        template.warnings += timeoutWarnings(api, context)
    }

    private static func addAPI(_ api: HttpApi, _ context: CompileContext, into template: inout Template) {
        template.resources[HttpApi.logicalID] = [
            "Type": "AWS::ApiGatewayV2::Api",
            "Properties": .object(of: [
                "Name": .string(api.name),
                "Description": api.settings?["description"]?.truthyJSON,
                "ProtocolType": "HTTP",
                "DisableExecuteApiEndpoint": api.settings?["disableDefaultEndpoint"]?.json,
                "Tags": context.service.provider["tags"]?.truthyJSON,
                "CorsConfiguration": api.cors?.configuration,
            ]),
        ]
    }

    private static func addStage(_ api: HttpApi, _ context: CompileContext, into template: inout Template) {
        if api.accessLogFormat != nil {
            template.resources["HttpApiLogGroup"] = Gateway.logGroup("/aws/http-api/\(context.stackName)", context)
        }
        template.resources["HttpApiStage"] = .object(of: [
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": .object(of: [
                "ApiId": .ref(HttpApi.logicalID),
                "StageName": "$default",
                "AutoDeploy": true,
                "DefaultRouteSettings": ["DetailedMetricsEnabled": api.settings?["metrics"]?.truthyJSON ?? false],
                "Tags": context.service.provider["tags"]?.truthyJSON,
                "AccessLogSettings": api.accessLogFormat.map {
                    ["DestinationArn": .getAtt("HttpApiLogGroup", "Arn"), "Format": $0]
                },
            ]),
            "DependsOn": api.accessLogFormat == nil ? nil : "HttpApiLogGroup",
        ])
        template.outputs["HttpApiId"] = ["Description": "Id of the HTTP API", "Value": .ref(HttpApi.logicalID)]
        template.outputs["HttpApiUrl"] = [
            "Description": "URL of the HTTP API", "Value": Gateway.url("https", .ref(HttpApi.logicalID)),
        ]
    }

    private static func add(
        _ route: HttpApi.Route,
        _ api: HttpApi,
        _ context: CompileContext,
        into template: inout Template
    ) {
        let function = route.function
        let integrationID = "HttpApiIntegration" + function.normalizedName
        if template.resources[integrationID] == nil {
            let source = Gateway.executionARN(api.id, "/*")
            template.resources["\(function.normalizedName)LambdaPermissionHttpApi"] =
                function.permission(for: "apigateway.amazonaws.com", ["SourceArn": source])
            let payload = function.node[path: "httpApi", "payload"] ?? api.settings?["payload"]
            template.resources[integrationID] = .object(of: [
                "Type": "AWS::ApiGatewayV2::Integration",
                "DependsOn": function.aliasDependency,
                "Properties": [
                    "ApiId": api.id, "IntegrationType": "AWS_PROXY", "IntegrationUri": function.target,
                    "PayloadFormatVersion": payload?.truthyJSON ?? "2.0", "TimeoutInMillis": 30000,
                ],
            ])
        }
        var properties: OrderedMap<TemplateValue> = [
            "ApiId": api.id,
            "RouteKey": .string(route.key == "*" ? "$default" : route.key),
            "Target": .join("/", ["integrations", .ref(integrationID)]),
        ]
        for (key, value) in route.authorization { properties[key] = value }
        let name = route.key == "*" ? "Default" : Naming.normalizedPath(route.key)
        template.resources["HttpApiRoute" + name] = [
            "Type": "AWS::ApiGatewayV2::Route", "Properties": .object(properties), "DependsOn": .string(integrationID),
        ]
    }

    /// Warns about functions with a longer timeout than the 30 seconds of HTTP APIs.
    private static func timeoutWarnings(_ api: HttpApi, _ context: CompileContext) -> [Diagnostic] {
        var seen: Set<String> = []
        return api.routes.map(\.function).filter { seen.insert($0.key).inserted }
            .compactMap { function in
                let setting = function.node["timeout"] ?? context.service.provider["timeout"]
                guard let setting, let timeout = setting.number, timeout >= 30 else { return nil }
                return Diagnostic(
                    .warning,
                    .timeoutExceedsAPI,
                    "\(function.label) has a timeout of \(setting.json.text) seconds, but its HTTP API responds "
                        + "after at most 30 seconds",
                    at: setting.place
                )
            }
    }
}
