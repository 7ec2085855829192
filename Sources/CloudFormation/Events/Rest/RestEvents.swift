import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `http` events: a REST API with its resources, methods, authorizers, keys and logs.
enum RestEvents: ResourceFamily {
    static let sources: Set<String> = ["http"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let api = try RestApi(context)
        let events = try events(context)
        guard !events.isEmpty else { return }
        template.warnings += events.flatMap(\.ignoredSettings)
        if let resource = try api.resource() { template.merge(RestNaming.apiID, resource) }
        let tree = try RestResourceTree(events, api, context, into: &template)
        var methodIDs = try addPreflights(events, tree, api, into: &template)
        let validation = RestValidation(api, context)
        for event in events {
            methodIDs.append(event.methodID)
            template.begin(event.origin)
            template.merge(event.methodID, event.methodResource(try tree.resourceID(event.path), api))
        }
        for event in events {
            template.begin(event.origin)
            validation.compile(event, into: &template)
        }
        for event in events {
            guard let authorizer = event.authorizer, let resource = authorizer.resource(api) else { continue }
            template.begin(event.origin)
            template.merge(RestNaming.authorizerID(authorizer.name ?? ""), resource)
        }
        template.begin(events.first?.origin)
        let deploymentID = addDeployment(after: methodIDs, api, context, into: &template)
        template.begin(.provider(of: context.service, "apiGateway"))
        try RestKeys(api, deploymentID: deploymentID, context).compile(into: &template)
        addPermissions(events, api, into: &template)
        template.begin(.provider(of: context.service, "logs", "restApi"))
        addLogs(context, into: &template)
    }

    /// Reads all events, and reports all errors in them together.
    private static func events(_ context: CompileContext) throws(DiagnosticError) -> [RestEvent] {
        var events: [RestEvent] = []
        var errors: [Diagnostic] = []
        for (function, event) in context.events("http") where event.isSet {
            do throws(DiagnosticError) {
                events.append(try RestEvent(event, of: function, context))
            } catch {
                errors += error.diagnostics
            }
        }
        let stage = context.service.stage
        let isValidStage = stage.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if !events.isEmpty, !isValidStage || stage.isEmpty {
            errors.append(
                Diagnostic(
                    .error,
                    .invalidStageName,
                    "invalid stage '\(stage)' for API Gateway",
                    at: context.service.provider["stage"]?.place,
                    notes: ["the names of stages with 'http' events contain letters, digits, '-' and '_' only"]
                )
            )
        }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        return events
    }

    /// Adds the methods for preflight requests, one for each path with CORS.
    ///
    /// - Returns: the logical IDs of the methods.
    private static func addPreflights(
        _ events: [RestEvent],
        _ tree: RestResourceTree,
        _ api: RestApi,
        into template: inout Template
    ) throws(DiagnosticError) -> [String] {
        var united: OrderedMap<RestCors> = [:]
        for event in events {
            if let cors = event.cors { united[event.path] = cors.united(with: united[event.path]) }
        }
        var methodIDs: [String] = []
        for (path, cors) in united {
            let methodID = RestNaming.methodID(path, "options")
            methodIDs.append(methodID)
            template.begin(events.first { $0.path == path && $0.cors != nil }?.origin)
            template.merge(methodID, cors.preflight(try tree.resourceID(path), api))
        }
        return methodIDs
    }

    /// Adds the deployment, with a new logical ID each time, as a deployment is an immutable snapshot.
    private static func addDeployment(
        after methodIDs: [String],
        _ api: RestApi,
        _ context: CompileContext,
        into template: inout Template
    ) -> String {
        let logicalID = "ApiGatewayDeployment\(context.milliseconds)"
        template.add(
            logicalID,
            type: "AWS::ApiGateway::Deployment",
            properties: .object(of: [
                "RestApiId": api.id,
                "StageName": .string(api.stage),
                "Description": api.settings?["description"]?.truthyJSON,
            ]),
            dependsOn: methodIDs
        )
        template.outputs["ServiceEndpoint"] = [
            "Description": "URL of the service endpoint",
            "Value": Gateway.url("https", api.id, "/\(context.service.stage)"),
        ]
        return logicalID
    }

    private static func addPermissions(_ events: [RestEvent], _ api: RestApi, into template: inout Template) {
        for event in events {
            template.begin(event.origin)
            template.resources[RestNaming.permissionID(event.function.key)] = event.function.permission(
                for: "apigateway.amazonaws.com",
                ["SourceArn": Gateway.executionARN(api.id, "/*/*")]
            )
            guard let authorizer = event.authorizer, let permission = authorizer.permission(api) else { continue }
            let logicalID = RestNaming.permissionID(authorizer.name ?? "")
            if template.resources[logicalID] == nil { template.resources[logicalID] = permission }
        }
    }

    /// Adds the log group of the access log; the stage is not in the stack, and is configured after the deployment.
    private static func addLogs(_ context: CompileContext, into template: inout Template) {
        let service = context.service
        guard let logs = service.provider[path: "logs", "restApi"], logs.isTruthy,
            logs["accessLogging"]?.isTruthy != false
        else { return }
        let name = "/aws/api-gateway/\(service.name)-\(service.stage)"
        template.merge("ApiGatewayLogGroup", Gateway.logGroup(name, context))
        Gateway.ensureLogRole(context, into: &template)
    }
}
