import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The HTTP API of a service: its settings, authorizers and routes.
struct HttpApi {
    /// The logical ID of the API if it is in this stack.
    static let logicalID = "HttpApi"

    /// A route and its function.
    struct Route {
        /// The route key, such as `GET /orders/{id}`, or `*` for all other requests.
        let key: String
        let function: CompiledFunction
        /// The properties of the route for authorization.
        let authorization: OrderedMap<TemplateValue>
        /// The event of the route.
        let origin: ResourceOrigin
    }

    /// The settings in `provider.httpApi`.
    let settings: ConfigurationValue?
    /// The name of the API in AWS.
    let name: String
    /// The ID of an existing API, or `nil` for an API in this stack.
    let externalID: TemplateValue?
    /// The CORS settings, or `nil` for no CORS.
    private(set) var cors: HttpApiCORS?
    private(set) var authorizers: OrderedMap<HttpApiAuthorizer> = [:]
    /// The format of access logs, or `nil` for no access logs.
    let accessLogFormat: TemplateValue?
    private(set) var routes: [Route] = []

    /// The ID of the API, or a reference to it.
    var id: TemplateValue { externalID ?? .ref(Self.logicalID) }

    /// Reads the API of a service.
    init(_ context: CompileContext) throws(DiagnosticError) {
        let service = context.service
        settings = service.provider["httpApi"]
        externalID = settings?["id"]?.truthyJSON
        let startsWithService = settings?["shouldStartNameWithService"]?.isTruthy == true
        name =
            settings?["name"]?.truthyJSON?.text
            ?? (startsWithService ? "\(service.name)-\(service.stage)" : "\(service.stage)-\(service.name)")
        let logs = service.provider[path: "logs", "httpApi"].flatMap { $0.isTruthy ? $0 : nil }
        accessLogFormat = logs.map { $0["format"]?.truthyJSON ?? Self.standardLogFormat }
        for (key, setting) in [("cors", settings?["cors"]), ("authorizers", settings?["authorizers"]), ("logs", logs)] {
            guard externalID != nil, let setting, setting.isTruthy else { continue }
            throw DiagnosticError(
                .unsupportedCombination,
                "'\(key)' cannot be used with 'provider.httpApi.id'",
                at: setting.keyPlace ?? setting.place,
                help: ["remove '\(key)', or remove 'provider.httpApi.id'"]
            )
        }
        cors = settings?["cors"].flatMap { $0.isTruthy ? HttpApiCORS($0) : nil }
        for (name, node) in settings?["authorizers"]?.map ?? [:] {
            authorizers[name] = try HttpApiAuthorizer(name, node, context)
        }
        var keys: Set<String> = []
        for (function, event) in context.events("httpApi") where event.isSet {
            try add(event, function, &keys)
        }
    }

    private mutating func add(
        _ event: FunctionEvent,
        _ function: CompiledFunction,
        _ keys: inout Set<String>
    ) throws(DiagnosticError) {
        let (method, path) = try Self.methodAndPath(event, function)
        let key = path == "*" ? "*" : "\(method) \(path)"
        if key != "*", !keys.insert(key).inserted {
            throw DiagnosticError(
                .duplicateRoute,
                "duplicate route '\(key)' of \(function.label)",
                at: event.node.place,
                help: ["use each method and path for one event only"]
            )
        }
        if key == "*" { routes.removeAll { $0.key == "*" } }
        routes.append(
            Route(
                key: key,
                function: function,
                authorization: try authorization(event),
                origin: .event(event, of: function)
            )
        )
        cors?.answer(path == "*" ? "ANY" : method)
    }

    private static let methods: Set<String> = ["ANY", "GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"]

    private static func methodAndPath(
        _ event: FunctionEvent,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> (method: String, path: String) {
        var method = event["method"]?.string
        // Serverless converts a missing path to a string; the route key must not change.
        var path = event.node.map?["path"].map(JavaScriptText.text(of:)) ?? "undefined"
        if let text = event.node.string {
            let words = text.split(separator: " ", maxSplits: 1).map(String.init)
            (method, path) = words.count == 2 ? (words[0], words[1]) : (nil, text)
            guard text == "*" || (words.count == 2 && path.hasPrefix("/") && !path.contains(where: \.isWhitespace))
            else {
                throw DiagnosticError(
                    .invalidRoute,
                    "invalid route '\(text)' of \(event.label(of: function))",
                    at: event.node.place,
                    help: ["write a method and a path, such as 'GET /items/{id}', or '*' for all requests"]
                )
            }
        }
        if path == "*" {
            guard method == nil || method == "*" else {
                throw DiagnosticError(
                    .invalidRoute,
                    "the route '*' of \(function.label) cannot have the method '\(method ?? "")'",
                    at: event["method"]?.place ?? event.node.place,
                    help: ["remove 'method', or set a path"]
                )
            }
            return ("ANY", path)
        }
        guard let method else {
            throw DiagnosticError(
                .missingProperty,
                "missing 'method' of the route '\(path)' of \(function.label)",
                at: event.node.place,
                help: ["set 'method', or '*' for all methods"]
            )
        }
        let upper = method == "*" ? "ANY" : method.uppercased()
        guard methods.contains(upper) else {
            throw DiagnosticError(
                .invalidRoute,
                "unknown method '\(method)' of the route '\(path)' of \(function.label)",
                at: event["method"]?.place ?? event.node.place,
                help: ["use one of \(methods.sorted().joined(separator: ", "))"]
            )
        }
        return (upper, path)
    }

    private func authorization(_ event: FunctionEvent) throws(DiagnosticError) -> OrderedMap<TemplateValue> {
        guard let authorizer = event["authorizer"], authorizer.isTruthy else { return [:] }
        let name = authorizer.string ?? authorizer["name"]?.string
        let type = authorizer["type"]?.string
        let id = authorizer["id"]
        if type == "aws_iam" {
            if let other = ["name", "id", "scopes"].first(where: { authorizer[$0] != nil }) {
                throw DiagnosticError(
                    .unsupportedCombination,
                    "'\(other)' cannot be used with an authorizer of type 'aws_iam'",
                    at: authorizer[other]?.keyPlace ?? authorizer.place,
                    help: ["remove '\(other)'"]
                )
            }
            return ["AuthorizationType": "AWS_IAM"]
        }
        var result: OrderedMap<TemplateValue>
        if let id {
            guard externalID != nil else {
                throw DiagnosticError(
                    .unsupportedCombination,
                    "an authorizer with an 'id' can only be used with an HTTP API of another stack",
                    at: id.place,
                    help: ["use an authorizer of 'provider.httpApi.authorizers', or set 'provider.httpApi.id'"]
                )
            }
            result = ["AuthorizationType": type == "request" ? "CUSTOM" : "JWT", "AuthorizerId": id.json]
        } else {
            guard let name else {
                throw DiagnosticError(
                    .missingProperty,
                    "missing 'name' or 'id' of an authorizer of type '\(type ?? "jwt")'",
                    at: authorizer.place,
                    help: ["set 'name' to one of 'provider.httpApi.authorizers'"]
                )
            }
            guard let known = authorizers[name] else {
                throw DiagnosticError(
                    .unknownAuthorizer,
                    "unknown authorizer '\(name)'",
                    at: (authorizer["name"] ?? authorizer).place,
                    help: NearestNames.help(
                        for: name,
                        among: authorizers.keys,
                        else: ["define it below 'provider.httpApi.authorizers'"]
                    )
                )
            }
            result = [
                "AuthorizationType": known.isFunction ? "CUSTOM" : "JWT", "AuthorizerId": .ref(known.logicalID),
            ]
        }
        result["AuthorizationScopes"] = authorizer["scopes"]?.list.map { .array($0.map(\.json).withoutRepetitions) }
        return result
    }

    private static let standardLogFormat: TemplateValue =
        TemplateValue.object([
            "requestId": "$context.requestId",
            "ip": "$context.identity.sourceIp",
            "requestTime": "$context.requestTime",
            "httpMethod": "$context.httpMethod",
            "routeKey": "$context.routeKey",
            "status": "$context.status",
            "protocol": "$context.protocol",
            "responseLength": "$context.responseLength",
        ])
        .jsonText
}

/// The CORS settings of an HTTP API.
struct HttpApiCORS {
    private let settings: ConfigurationValue
    private var methods: [TemplateValue]
    private let followsRoutes: Bool

    init(_ settings: ConfigurationValue) {
        self.settings = settings
        let own = settings["allowedMethods"]?.list
        followsRoutes = own == nil
        methods = own?.map(\.json).withoutRepetitions ?? ["OPTIONS"]
    }

    /// Allows the method of a route, unless the configuration lists the methods.
    mutating func answer(_ method: String) {
        guard followsRoutes else { return }
        let added = method == "ANY" ? ["GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"] : [method]
        methods = (methods + added.map { .string($0) }).withoutRepetitions
    }

    /// The value of `CorsConfiguration`.
    var configuration: TemplateValue {
        func list(_ key: String) -> TemplateValue? {
            settings[key]?.list.map { .array($0.map(\.json).withoutRepetitions) }
        }
        return .object(of: [
            "AllowCredentials": settings["allowCredentials"]?.isTruthy == true ? true : nil,
            "AllowHeaders": list("allowedHeaders") ?? Self.standardHeaders,
            "AllowMethods": .array(methods),
            "AllowOrigins": list("allowedOrigins") ?? ["*"],
            "ExposeHeaders": list("exposedResponseHeaders"),
            "MaxAge": settings["maxAge"]?.json,
        ])
    }

    private static let standardHeaders: TemplateValue = [
        "Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amz-User-Agent",
        "X-Amzn-Trace-Id",
    ]
}
