import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `websocket` events: a WebSocket API with a route for each event (`AWS::ApiGatewayV2`).
enum WebSocketEvents: ResourceFamily {
    static let sources: Set<String> = ["websocket"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let api = WebSocketApi(context)
        var routes: [WebSocketRoute] = []
        for (function, event) in context.events("websocket") where event.isSet {
            routes.append(try WebSocketRoute(event, of: function, context))
        }
        guard !routes.isEmpty else { return }
        if api.externalID == nil { api.add(into: &template) }
        for route in routes {
            template.begin(route.origin)
            route.addIntegration(api, into: &template)
        }
        for route in routes where route.selectsResponse {
            template.begin(route.origin)
            route.addResponse(api, into: &template)
        }
        for route in routes {
            template.begin(route.origin)
            route.authorizer?.add(api, into: &template)
        }
        for route in routes {
            template.begin(route.origin)
            route.addPermissions(api, into: &template)
        }
        for route in routes {
            template.begin(route.origin)
            route.add(api, into: &template)
        }
        template.begin(routes.first?.origin)
        if api.externalID == nil { try api.addStage(into: &template) }
        api.addDeployment(of: routes, into: &template)
    }
}
