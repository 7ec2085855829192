import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// An `http` event: a method of a path in the REST API, with the defaults of its integration.
struct RestEvent {
    let function: CompiledFunction
    /// The settings of the event; a string such as `GET /path` only has a path and a method.
    let node: ConfigurationValue
    /// The path without slashes at the ends; empty for `/`.
    let path: String
    /// The method in lower case, such as `get` or `any`.
    let method: String
    /// The type of the integration in CloudFormation, such as `AWS_PROXY`.
    let integration: String
    let authorizer: RestAuthorizer?
    let cors: RestCors?
    /// The parameters of requests by name, such as `method.request.path.id`.
    let parameters: [(name: String, setting: ConfigurationValue)]
    /// The mapping of responses, or `nil` if the integration does not map them.
    let response: RestResponse?

    /// Reads an `http` event.
    init(_ event: FunctionEvent, of function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        self.function = function
        node = event.node
        let words = event.node.string?.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let method = words?.first ?? event["method"]?.string
        let path = words.map { $0.count > 1 ? $0[1] : nil } ?? event["path"]?.string
        guard let method, let path else {
            throw DiagnosticError(
                .missingProperty,
                "missing \(method == nil ? "method" : "path") of \(event.label(of: function))",
                at: event.node.place,
                help: ["write it as 'METHOD /path', or set 'method' and 'path'"]
            )
        }
        self.method = method.lowercased()
        self.path = Self.trimmed(path)
        integration = Self.integration(event.node)
        authorizer = try event["authorizer"].flatMap { $0.isTruthy ? $0 : nil }
            .map { (node) throws(DiagnosticError) in try RestAuthorizer(node, event, context) }
        cors = event["cors"].flatMap { $0.isTruthy ? RestCors($0, method: method) : nil }
        let request = event["request"]
        parameters = Self.parameters(request?["parameters"], asWritten: integration == "MOCK")
        response = try RestResponse(event["response"], integration, of: function)
        try check(event)
    }

    private func check(_ event: FunctionEvent) throws(DiagnosticError) {
        if let authorizer, integration == "AWS_PROXY", authorizer.arnIsUserPool, !authorizer.claims.isEmpty {
            throw DiagnosticError(
                .unsupportedCombination,
                "'claims' cannot be used with the integration 'lambda-proxy', in \(event.label(of: function))",
                at: event["authorizer"]?["claims"]?.place ?? event.node.place,
                notes: ["with 'lambda-proxy', the function gets all claims"],
                help: ["remove 'claims', or use 'integration: lambda'"]
            )
        }
        guard integration == "HTTP" || integration == "HTTP_PROXY" else { return }
        if event["request"]?["uri"]?.isTruthy != true {
            throw DiagnosticError(
                .missingProperty,
                "missing 'request.uri' of \(event.label(of: function)), which the integration \(integration) requires",
                at: event["request"]?.place ?? event["integration"]?.place ?? event.node.place,
                help: ["set 'request.uri' to the URL that gets the requests"]
            )
        }
        if connectionType == "VPC_LINK", event["connectionId"]?.isTruthy != true {
            throw DiagnosticError(
                .missingProperty,
                "missing 'connectionId' of \(event.label(of: function)), which the connection type VPC_LINK requires",
                at: event["connectionType"]?.place ?? event.node.place,
                help: ["set 'connectionId' to the ID of the VPC link"]
            )
        }
    }

    /// The type of connection to a back end, or `nil` for the public network.
    var connectionType: String? {
        node["connectionType"]?.string.flatMap { $0.isEmpty ? nil : Self.constant($0) }
    }

    /// Whether the function is invoked asynchronously.
    var isAsynchronous: Bool { node["async"]?.isTruthy == true }

    /// The settings without effect, as the integration passes requests and responses through.
    var ignoredSettings: [Diagnostic] {
        guard integration == "AWS_PROXY" || integration == "HTTP_PROXY" else { return [] }
        let used: [(String, Set<String>)] = [
            ("request", Set(["parameters", "schema", "schemas"]).union(integration == "HTTP_PROXY" ? ["uri"] : [])),
            ("response", ["transferMode"]),
        ]
        return used.flatMap { group, known in
            (node[group]?.map ?? [:]).filter { !known.contains($0.key) && !$0.value.isNull }
                .map { key, setting in
                    Diagnostic(
                        .warning,
                        .ineffectiveProperty,
                        "'\(group).\(key)' of an event 'http' of \(function.label) has no effect with the "
                            + "integration \(integration)",
                        at: setting.keyPlace ?? setting.place,
                        help: [
                            "remove it, or use the integration '\(integration == "AWS_PROXY" ? "lambda" : "http")'"
                        ]
                    )
                }
        }
    }

    /// The origin of the resources for this event.
    var origin: ResourceOrigin { .event("http", node, of: function) }

    /// The logical ID of the method.
    var methodID: String { RestNaming.methodID(path, method) }

    /// A path without one slash at its start and its end.
    static func trimmed(_ path: String) -> String {
        var path = Substring(path)
        if path.first == "/" { path.removeFirst() }
        if path.last == "/" { path.removeLast() }
        return String(path)
    }

    private static func integration(_ node: ConfigurationValue) -> String {
        guard let text = node["integration"]?.string, !text.isEmpty else {
            return node["async"]?.isTruthy == true ? "AWS" : "AWS_PROXY"
        }
        switch constant(text) {
        case "LAMBDA": return "AWS"
        case "LAMBDA_PROXY": return "AWS_PROXY"
        case let other: return other
        }
    }

    /// A name in the form of CloudFormation constants: upper case with `_`.
    private static func constant(_ text: String) -> String {
        text.uppercased().replacing("-", with: "_", maxReplacements: 1)
    }

    private static func parameters(
        _ node: ConfigurationValue?,
        asWritten: Bool
    ) -> [(name: String, setting: ConfigurationValue)] {
        guard let node, node.isTruthy else { return [] }
        if asWritten { return node.members.map { ($0.key, $0.value) } }
        return [("querystrings", "querystring"), ("paths", "path"), ("headers", "header")]
            .flatMap { location, singular in
                (node[location]?.members ?? []).map { ("method.request.\(singular).\($0.key)", $0.value) }
            }
    }
}

/// The mapping of a method's responses.
struct RestResponse {
    /// The statuses with their patterns, or `nil` if only the transfer mode is set.
    let statusCodes: [(code: String, setting: ConfigurationValue)]?
    let headers: OrderedMap<ConfigurationValue>
    let template: TemplateValue?
    let contentHandling: TemplateValue?
    /// The transfer mode `STREAM` or `BUFFERED`, or `nil` if it is not set.
    let transferMode: String?

    /// Reads the setting `response` of an event.
    init?(_ node: ConfigurationValue?, _ integration: String, of function: CompiledFunction) throws(DiagnosticError) {
        let isProxy = integration == "AWS_PROXY" || integration == "HTTP_PROXY"
        transferMode = try Self.transferMode(node?["transferMode"], integration, isProxy: isProxy, function)
        let isSet = node?.isTruthy == true
        if isProxy {
            guard transferMode != nil else { return nil }
            (statusCodes, headers, template, contentHandling) = (nil, [:], nil, nil)
            return
        }
        let codes = node?["statusCodes"].flatMap { $0.isTruthy ? $0 : nil }
        switch (integration, isSet, codes) {
        case ("AWS", _, nil), ("HTTP", true, nil):
            statusCodes = Self.defaultStatusCodes
        case ("AWS", _, let codes?), ("HTTP", _, let codes?):
            statusCodes = Self.withDefault(codes)
        case (_, _, let codes?):
            statusCodes = codes.members.map { ($0.key, $0.value) }
        case ("HTTP", false, nil), (_, true, nil):
            throw DiagnosticError(
                .missingProperty,
                "missing '\(isSet ? "response.statusCodes" : "response")' of \(FunctionEvent.label("http", of: function)), "
                    + "which the integration \(integration) requires",
                at: node?.place ?? function.node["events"]?.place,
                help: ["set 'response.statusCodes', or use 'http-proxy' to pass responses unchanged"]
            )
        default: return nil
        }
        headers = node?["headers"]?.map ?? [:]
        template = node?["template"]?.truthyJSON
        contentHandling = node?["contentHandling"]?.json
    }

    private static func transferMode(
        _ node: ConfigurationValue?,
        _ integration: String,
        isProxy: Bool,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> String? {
        guard let text = node?.string, !text.isEmpty else { return nil }
        let mode = text.uppercased()
        guard mode == "STREAM" || mode == "BUFFERED" else {
            throw DiagnosticError(
                .invalidValue,
                "unknown transfer mode '\(text)' of \(FunctionEvent.label("http", of: function))",
                at: node?.place,
                help: ["set 'response.transferMode' to BUFFERED or STREAM"]
            )
        }
        guard isProxy else {
            throw DiagnosticError(
                .unsupportedCombination,
                "'response.transferMode' cannot be used with the integration \(integration), in "
                    + FunctionEvent.label("http", of: function),
                at: node?.place,
                notes: ["only the integrations 'lambda-proxy' and 'http-proxy' can stream responses"],
                help: ["remove 'transferMode', or use one of these integrations"]
            )
        }
        return mode
    }

    /// The statuses of a service, including a default one without a pattern, which is 200 unless set.
    private static func withDefault(_ codes: ConfigurationValue) -> [(code: String, setting: ConfigurationValue)] {
        if codes.map?.values.contains(where: { $0["pattern"]?.string == "" }) == true {
            return codes.members.map { ($0.key, $0.value) }
        }
        var codes = codes
        codes["200"] = ConfigurationValue(["pattern": ""])
        return codes.members.map { ($0.key, $0.value) }
    }

    /// The default statuses of Serverless: handlers select one with `[404]` in the message of an error.
    private static let defaultStatusCodes: [(code: String, setting: ConfigurationValue)] = {
        func bracketed(_ code: String) -> String { "[\\s\\S]*\\[\(code)\\][\\s\\S]*" }
        var result = [("200", "")] + ["400", "401", "403", "404", "422"].map { ($0, bracketed($0)) }
        result += [
            ("500", "[\\s\\S]*(Process\\s?exited\\s?before\\s?completing\\s?request|\\[500\\])[\\s\\S]*"),
            ("502", bracketed("502")),
            ("504", "(\(bracketed("504")))|(.*Task timed out after \\d+\\.\\d+ seconds$)"),
        ]
        return result.map { ($0.0, ConfigurationValue(["pattern": .string($0.1)])) }
    }()
}
