import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// A route of a WebSocket API, with its function.
struct WebSocketRoute {
    /// The route key, such as `$connect`.
    let key: String
    let function: CompiledFunction
    /// The event of the route.
    let origin: ResourceOrigin
    /// The expression that selects the response, or `nil` for no response.
    let responseSelection: TemplateValue?
    /// Whether the result of the function is sent to the client.
    var selectsResponse: Bool { responseSelection != nil }
    /// The authorizer of connections, or `nil` for none.
    let authorizer: WebSocketAuthorizer?

    init(_ event: FunctionEvent, of function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        key = event.node.string ?? event["route"]?.string ?? ""
        self.function = function
        origin = .event(event, of: function)
        responseSelection = event["routeResponseSelectionExpression"]?.truthyJSON
        let node = event["authorizer"].flatMap { $0.isTruthy ? $0 : nil }
        if let node { authorizer = try WebSocketAuthorizer(node, context) } else { authorizer = nil }
    }

    /// The logical ID of the route.
    var logicalID: String {
        let name = key.replacing("$", with: "S").replacing("/", with: "Slash").replacing("-", with: "Dash")
            .replacing("_", with: "Underscore").replacing(".", with: "Period")
        return name + "WebsocketsRoute"
    }

    /// The logical ID of the route's response.
    var responseID: String { logicalID + "Response" }

    private var integrationID: String { function.normalizedName + "WebsocketsIntegration" }

    func addIntegration(_ api: WebSocketApi, into template: inout Template) {
        template.merge(
            integrationID,
            .object(of: [
                "Type": "AWS::ApiGatewayV2::Integration",
                "DependsOn": function.aliasDependency,
                "Properties": [
                    "ApiId": api.id, "IntegrationType": "AWS_PROXY",
                    "IntegrationUri": Gateway.invocationURI(function.target),
                ],
            ])
        )
    }

    func addResponse(_ api: WebSocketApi, into template: inout Template) {
        template.add(
            responseID,
            type: "AWS::ApiGatewayV2::RouteResponse",
            properties: ["ApiId": api.id, "RouteId": .ref(logicalID), "RouteResponseKey": "$default"]
        )
    }

    func addPermissions(_ api: WebSocketApi, into template: inout Template) {
        var permission = function.permission(for: "apigateway.amazonaws.com")
        let dependencies = [api.dependency, function.alias?.logicalID ?? function.logicalID]
        permission["DependsOn"] = .array(dependencies.compactMap { $0.map { .string($0) } })
        template.merge("\(function.normalizedName)LambdaPermissionWebsockets", permission)
        guard let authorizer else { return }
        let own = [
            api.dependency, authorizer.function?.logicalID, authorizer.function?.alias?.logicalID,
        ]
        .compactMap { $0.map(TemplateValue.string) }
        template.merge(
            Naming.normalizedFunctionName(authorizer.name) + "LambdaPermissionWebsockets",
            [
                "Type": "AWS::Lambda::Permission",
                "DependsOn": .array(own),
                "Properties": [
                    "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
                    "FunctionName": authorizer.target,
                ],
            ]
        )
    }

    func add(_ api: WebSocketApi, into template: inout Template) {
        template.merge(
            logicalID,
            [
                "Type": "AWS::ApiGatewayV2::Route",
                "Properties": .object(of: [
                    "ApiId": api.id,
                    "RouteKey": .string(key),
                    "AuthorizationType": authorizer == nil ? "NONE" : "CUSTOM",
                    "AuthorizerId": authorizer.map { .ref($0.logicalID) },
                    "Target": .join("/", ["integrations", .ref(integrationID)]),
                    "RouteResponseSelectionExpression": responseSelection,
                ]),
            ]
        )
    }
}

/// The authorizer of a WebSocket API, which is a function.
struct WebSocketAuthorizer {
    /// The key of a function in this service, or the name at the end of an ARN.
    let name: String
    /// The ARN to invoke.
    let target: TemplateValue
    /// The function, or `nil` if it is in another service.
    let function: CompiledFunction?
    /// The dependency of the authorizer: the alias of the function with its name, even if it is given by ARN.
    private let dependency: TemplateValue?
    private let identitySource: TemplateValue

    init(_ node: ConfigurationValue, _ context: CompileContext) throws(DiagnosticError) {
        identitySource = node["identitySource"]?.truthyJSON ?? ["route.request.header.Auth"]
        let arn = node["arn"] ?? (node.string?.contains(":") == true ? node : nil)
        if let arn {
            function = nil
            target = arn.json
            if let text = arn.string {
                name = text.split(separator: ":").last.map(String.init) ?? ""
            } else if let given = node["name"]?.string {
                name = given
            } else {
                throw DiagnosticError(
                    .missingProperty,
                    "missing 'name' of an authorizer whose 'arn' is not a string",
                    at: arn.place,
                    help: ["set 'name' of the authorizer"]
                )
            }
            dependency = context.function(name)?.aliasDependency
            return
        }
        name = node.string ?? node["name"]?.string ?? ""
        guard let known = context.function(name) else {
            throw DiagnosticError(
                .unknownFunction,
                "the authorizer '\(name)' is not a function of this service",
                at: (node["name"] ?? node).place,
                help: NearestNames.help(
                    for: name,
                    among: context.functions.map(\.key),
                    else: ["set 'arn' for a function of another service"]
                )
            )
        }
        function = known
        target = known.target
        dependency = known.aliasDependency
    }

    /// The logical ID of the authorizer.
    var logicalID: String { Naming.normalizedFunctionName(name) + "WebsocketsAuthorizer" }

    func add(_ api: WebSocketApi, into template: inout Template) {
        template.merge(
            logicalID,
            .object(of: [
                "Type": "AWS::ApiGatewayV2::Authorizer",
                "DependsOn": dependency,
                "Properties": [
                    "ApiId": api.id, "Name": .string(name), "AuthorizerType": "REQUEST",
                    "AuthorizerUri": Gateway.invocationURI(target), "IdentitySource": identitySource,
                ],
            ])
        )
    }
}
